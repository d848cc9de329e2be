import { createHash } from 'node:crypto'
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { deserialize, serialize } from 'node:v8'
import type { EpochReport } from '../../src-shared/contract/requests.ts'
import { Failure } from '../../src-shared/failure/failure.ts'
import type { RandomState } from '../../src-shared/network/seededRandom.ts'
import type { NetworkRunState } from './networkRun.ts'
import type { TrainedNetwork } from './predict.ts'
import type { TrainingConfig } from './trainingConfig.ts'

export interface BestEpoch {
  readonly loss: number
  readonly epoch: number
  readonly network: TrainedNetwork
}

/** All that a run needs to go on after an epoch as if nothing had happened. */
export interface RunState {
  readonly random: RandomState
  readonly run: NetworkRunState
  readonly best: BestEpoch
  /** One report for each epoch so far. */
  readonly history: readonly EpochReport[]
}

interface StoredState extends RunState {
  readonly schema: typeof schema
  readonly fingerprint: string
}

const schema = 'pimoe-run/1'
const hashLength = 64

/**
 * Where a run starts: null at its beginning, else the state it is to go on from.
 *
 * Throws `run-unfinished` where a new run would lose an old one, `no-checkpoint`, `checkpoint-damaged` or
 * `checkpoint-foreign`.
 */
export function startingState(config: TrainingConfig): RunState | null {
  const { checkpoint } = config
  if (checkpoint === undefined) return null
  const file = stateFile(checkpoint.folder)
  if (checkpoint.resume) return readRunState(file, fingerprintOf(config))
  if (!existsSync(file)) return null
  throw new Failure('usage', 'run-unfinished', 'An unfinished run stands in this folder.', {
    advice: 'Add --resume to go on with it, or name another folder.',
    file,
  })
}

/** Replaces the stored state in one move. Throws `checkpoint-not-written`; the state before it then still stands. */
export function writeRunState(folder: string, config: TrainingConfig, state: RunState): void {
  const stored: StoredState = { ...state, schema, fingerprint: fingerprintOf(config) }
  const bytes = serialize(stored)
  const file = stateFile(folder)
  const temporary = `${file}.new`
  try {
    mkdirSync(folder, { recursive: true })
    writeFlushed(temporary, Buffer.concat([Buffer.from(sha256(bytes), 'latin1'), bytes]))
    renameSync(temporary, file)
  } catch (error) {
    if (existsSync(temporary)) rmSync(temporary)
    throw notWritten(error, file)
  }
}

function stateFile(folder: string): string {
  return join(folder, 'state.bin')
}

/** Settings, seed and data: a state belongs to the run that has the same. */
function fingerprintOf({ preset, settings, seed, cells }: TrainingConfig): string {
  const files = cells.map((cell) => [cell.sha256, cell.role])
  return sha256(JSON.stringify({ preset, settings, seed, files }))
}

function readRunState(file: string, fingerprint: string): RunState {
  if (!existsSync(file)) {
    throw new Failure('usage', 'no-checkpoint', 'There is no unfinished run in this folder.', {
      advice: 'Start the run without --resume.',
      file,
    })
  }
  const content = readFileSync(file)
  const bytes = content.subarray(hashLength)
  if (content.toString('latin1', 0, hashLength) !== sha256(bytes)) throw damaged(file)
  const state = deserialize(bytes) as Partial<StoredState>
  if (state.schema !== schema) throw damaged(file)
  if (state.fingerprint !== fingerprint) {
    throw new Failure(
      'refused',
      'checkpoint-foreign',
      'The unfinished run had other settings, seed or data.',
      {
        advice: 'Resume with the preset, epochs, seed and data it was started with, or name another folder.',
        file,
      },
    )
  }
  return state as StoredState
}

function damaged(file: string): Failure {
  return new Failure('refused', 'checkpoint-damaged', 'The state of the unfinished run is damaged.', {
    advice: 'Delete this file and start the run again without --resume.',
    file,
  })
}

function notWritten(error: unknown, file: string): unknown {
  if (!(error instanceof Error) || !('code' in error)) return error
  return new Failure(
    'usage',
    'checkpoint-not-written',
    `The state of the run cannot be written: ${error.message}`,
    { advice: 'Make room on the disk, then go on with --resume: the state before this one is kept.', file },
  )
}

function writeFlushed(path: string, bytes: Uint8Array): void {
  const file = openSync(path, 'w')
  try {
    for (let at = 0; at < bytes.length;) at += writeSync(file, bytes, at)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}

function sha256(content: Uint8Array | string): string {
  return createHash('sha256').update(content).digest('hex')
}
