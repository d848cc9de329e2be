import { randomUUID } from 'node:crypto'
import { rm, rmdir } from 'node:fs/promises'
import { availableParallelism, cpus } from 'node:os'
import { join } from 'node:path'
import type { Finding } from '../../../src-shared/cell/finding.ts'
import type { RunFile } from '../../../src-shared/contract/run.ts'
import { Failure } from '../../../src-shared/failure/failure.ts'
import type { Library } from '../../library/openLibrary.ts'
import type { RunEnd, RunProcess, RunStart } from '../../library/runs.ts'
import type { RunConfig } from '../../training/presets/runConfig.ts'
import { hasRunState, refuseUnfinished } from '../../training/network/runState.ts'
import { settingsRecord } from '../../training/problem/settings.ts'
import { stateFolder } from '../modelShelf/modelFolder.ts'
import type { Parts } from '../parts.ts'
import {
  trainPackage,
  type FinishedTraining,
  type StartedTraining,
  type TrainingContext,
  type TrainingOrder,
} from './trainingRun.ts'
import { unknownName } from '../unknownName.ts'

/** Why a run is stopped, as the abort signal's reason, where it is not to be resumed; any other reason interrupts it. */
export const discarded = 'discarded'

export interface RecordedRun {
  readonly id: string
  readonly order: TrainingOrder
}

/**
 * Enters a run in the history, or takes up the one that stands unfinished in its folder.
 *
 * Throws `run-elsewhere` where another program trains into the folder, `run-unfinished` where a new run would lose the
 * state of an old one.
 */
export function enterRun(library: Library, order: TrainingOrder): RecordedRun {
  const { config, folder, name } = order
  const known = library.runs.inFolder(folder)
  if (known?.state === 'running' || known?.state === 'paused') throw runElsewhere(known.id)
  if (order.state === 'new') refuseUnfinished(join(folder, stateFolder))
  else if (known !== null && library.runs.takeUp(known.id, thisProcess())) return { id: known.id, order }
  const { preset, seed, settings } = config
  const id = randomUUID()
  library.runs.insert({
    ...thisProcess(),
    id,
    preset,
    name,
    folder,
    seed,
    epochs: settings.epochs,
    settings: settingsRecord(settings),
    request: config,
  })
  return { id, order }
}

/** An interrupted or failed run as its history knows it. Throws `no-such-run` or `run-not-resumable`. */
export async function resumedRun(parts: Parts, library: Library, id: string): Promise<RecordedRun> {
  const found = library.runs.request(id)
  const run = library.runs.find(id)
  if (found === null || run === null) throw unknownName('run', id, [])
  const { parseRunConfig } = await parts.runConfigs()
  const config: RunConfig = parseRunConfig(found.request)
  const { folder } = found
  const state = hasRunState(join(folder, stateFolder)) ? 'resume' : 'new'
  if (library.runs.takeUp(id, thisProcess())) return { id, order: { config, folder, name: run.name, state } }
  throw new Failure('usage', 'run-not-resumable', `The run ${run.name} is ${run.state}.`, {
    advice: 'Only an interrupted or failed run can be resumed.',
    found: id,
  })
}

/** As trainPackage; how the run goes and how it ended stands in the library. */
export async function recordedRun(
  parts: Parts,
  library: Library,
  { id, order }: RecordedRun,
  context: TrainingContext,
): Promise<FinishedTraining> {
  const { runs } = library
  try {
    const finished = await trainPackage(parts, order, {
      ...context,
      onStart: (start) => runs.begin(id, startOf(start)),
      onResume: (from) => {
        for (const report of from.history) runs.addEpoch(id, report)
        runs.addFindings(id, from.findings)
        context.onResume?.(from)
      },
      onEpoch: (report) => {
        runs.addEpoch(id, report)
        context.onEpoch(report)
      },
    })
    const { bestEpoch } = finished
    runs.end(id, { state: 'finished', endedAt: new Date().toISOString(), bestEpoch, error: null })
    return finished
  } catch (error) {
    const reason: unknown = context.signal.reason
    const ending = unfinished(error, reason)
    if (ending.state === 'cancelled') await removeRunState(order.folder)
    runs.end(id, { ...ending, endedAt: new Date().toISOString(), bestEpoch: null })
    throw error
  }
}

/** Removes what was stored to resume a run, and the folder of its package where that is then empty. */
export async function removeRunState(folder: string): Promise<void> {
  await rm(join(folder, stateFolder), { recursive: true, force: true })
  // A package that stands there already stays.
  await rmdir(folder).catch(() => undefined)
}

function unfinished(error: unknown, reason: unknown): Pick<RunEnd, 'state' | 'error'> {
  if (!(error instanceof Failure)) {
    return { state: 'failed', error: error instanceof Error ? error.message : String(error) }
  }
  if (error.kind !== 'cancelled') return { state: 'failed', error: `${error.message} ${error.detail.advice}` }
  return { state: reason === discarded ? 'cancelled' : 'interrupted', error: null }
}

function startOf({ cells, notes, threads }: StartedTraining): RunStart {
  return {
    threads,
    data: cells.map(({ path, sha256, role }): RunFile => ({ path, sha256, role })),
    findings: notes.map((message): Finding => ({ code: 'cells', message, isNote: true })),
  }
}

function runElsewhere(id: string): Failure {
  return new Failure('usage', 'run-elsewhere', 'A run that goes on writes to this folder.', {
    advice: 'Wait for it, stop it where it was started, or name another folder.',
    found: id,
  })
}

function thisProcess(): RunProcess {
  const model = cpus().at(0)?.model.trim() ?? 'unknown processor'
  const system = `${process.platform} ${process.arch}`
  return {
    process: process.pid,
    machine: `${model}, ${availableParallelism()} cores, ${system}, Node ${process.versions.node}`,
    takenAt: new Date().toISOString(),
  }
}
