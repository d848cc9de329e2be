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
import type { Finding } from '../../../src-shared/cell/finding.ts'
import type { EpochReport } from '../../../src-shared/contract/run.ts'
import { Failure } from '../../../src-shared/failure/failure.ts'
import type { RandomState } from '../../../src-shared/network/seededRandom.ts'
import { canonicalJson } from '../../checkpoints/canonicalJson.ts'
import type { NetworkRunState } from './networkRun.ts'
import type { TrainedNetwork } from './predict.ts'
import type { TrainingConfig } from '../problem/trainingConfig.ts'

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
  /** Networks of finished trainings that the run began with; absent: it trains one. */
  readonly finished?: readonly Readonly<Record<string, Float32Array>>[]
}

interface StoredState extends RunState {
  readonly schema: typeof schema
  readonly fingerprint: string
}

/** A state to go on from, and what must be said of it. */
export interface ResumedState {
  readonly state: RunState
  readonly findings: readonly Finding[]
}

/** What whoever follows a resumed run is told first. */
export interface RunResumption extends Pick<ResumedState, 'findings'> {
  readonly history: readonly EpochReport[]
}

const schema = 'pimoe-run/1'
const hashLength = 64

/**
 * Where a run starts: null at its beginning, else the state it is to go on from: the newest, or the one before it where
 * the newest is damaged.
 *
 * Throws `run-unfinished` where a new run would lose an old one, `no-checkpoint`, `checkpoint-damaged` or
 * `checkpoint-foreign`.
 */
export function startingState(config: TrainingConfig): ResumedState | null {
  const { checkpoint } = config
  if (checkpoint === undefined) return null
  if (checkpoint.resume) return readRunState(checkpoint.folder, fingerprintOf(config))
  refuseUnfinished(checkpoint.folder)
  return null
}

/** Throws `run-unfinished` where a folder holds the state of a run: a new one would lose it. */
export function refuseUnfinished(folder: string): void {
  if (!hasRunState(folder)) return
  throw new Failure('usage', 'run-unfinished', 'An unfinished run stands in this folder.', {
    advice: 'Resume it (--resume on the command line), give it up, or choose another folder or name.',
    file: newestFile(folder),
  })
}

export function hasRunState(folder: string): boolean {
  return existsSync(newestFile(folder)) || existsSync(olderFile(folder))
}

/**
 * Stores a state in one move and keeps the one before it. Throws `checkpoint-not-written`; the state before it then
 * still stands.
 */
export function writeRunState(folder: string, config: TrainingConfig, state: RunState): void {
  const stored: StoredState = { ...state, schema, fingerprint: fingerprintOf(config) }
  const bytes = serialize(stored)
  const file = newestFile(folder)
  const temporary = `${file}.new`
  try {
    mkdirSync(folder, { recursive: true })
    writeFlushed(temporary, Buffer.concat([Buffer.from(sha256(bytes), 'latin1'), bytes]))
    if (existsSync(file)) renameSync(file, olderFile(folder))
    renameSync(temporary, file)
  } catch (error) {
    if (existsSync(temporary)) rmSync(temporary)
    throw notWritten(error, file)
  }
}

function newestFile(folder: string): string {
  return join(folder, 'state.bin')
}

function olderFile(folder: string): string {
  return join(folder, 'state-before.bin')
}

/** Settings, seed and data: a state belongs to the run that has the same. */
function fingerprintOf({ preset, settings, seed, cells }: TrainingConfig): string {
  const files = cells.map((cell) => [cell.sha256, cell.role])
  return sha256(canonicalJson({ preset, settings, seed, files }))
}

function readRunState(folder: string, fingerprint: string): ResumedState {
  const newest = newestFile(folder)
  const state = readState(newest, fingerprint)
  if (state !== null) return { state, findings: [] }
  const before = readState(olderFile(folder), fingerprint)
  if (before !== null) return { state: before, findings: [fellBack(before)] }
  if (hasRunState(folder)) throw damaged(newest)
  throw new Failure('usage', 'no-checkpoint', 'There is no unfinished run in this folder.', {
    advice: 'Start the run without --resume.',
    file: newest,
  })
}

/** Null where the file is missing or damaged. Throws `checkpoint-foreign`. */
function readState(file: string, fingerprint: string): RunState | null {
  if (!existsSync(file)) return null
  const content = readFileSync(file)
  const bytes = content.subarray(hashLength)
  if (content.toString('latin1', 0, hashLength) !== sha256(bytes)) return null
  const state = deserialize(bytes) as Partial<StoredState>
  if (state.schema !== schema) return null
  if (state.fingerprint === fingerprint) return state as StoredState
  throw new Failure('refused', 'checkpoint-foreign', 'The unfinished run had other settings, seed or data.', {
    advice: 'Resume with the preset, epochs, seed and data it was started with, or name another folder.',
    file,
  })
}

function fellBack({ history }: RunState): Finding {
  const epoch = history.at(-1)?.epoch ?? 0
  return {
    code: 'checkpoint-older',
    message: `The newest state of the run was damaged or missing: it went on from the one before, after epoch ${epoch}.`,
    isNote: true,
    proposal: 'The epochs after it were computed again, to the same weights.',
  }
}

function damaged(file: string): Failure {
  return new Failure('refused', 'checkpoint-damaged', 'No stored state of the unfinished run is whole.', {
    advice: 'Delete the folder of this file and start the run again without --resume.',
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
