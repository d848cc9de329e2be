import { setTimeout } from 'node:timers/promises'
import { join } from 'node:path'
import type { Application, CallContext, RequestInput } from '../../../src-shared/contract/requests.ts'
import type { RunSummary } from '../../../src-shared/contract/run.ts'
import { cancelled, Failure } from '../../../src-shared/failure/failure.ts'
import type { Library } from '../../library/openLibrary.ts'
import { abortSignal } from '../abortSignal.ts'
import { compareRuns } from './comparingRuns.ts'
import { deleteRuns, runDeletion } from './deletingRuns.ts'
import { endInterruptedRuns } from '../library/interruptedRuns.ts'
import { createLiveRuns, type LiveRun, type LiveRuns } from './liveRuns.ts'
import { newPackageFolder } from '../modelShelf/modelFolder.ts'
import type { ModelShelf } from '../modelShelf/models.ts'
import type { Parts } from '../parts.ts'
import { presetSummaries } from './presetSummaries.ts'
import { enterRun, removeRunState, resumedRun } from './recordedRun.ts'
import { runSummary } from './runSummary.ts'
import { runFiles } from './trainingCells.ts'
import { unknownName } from '../unknownName.ts'

type TrainingRequests = Pick<Application, Extract<keyof Application, `training/${string}`>>

export interface TrainingService {
  readonly requests: TrainingRequests
  /** Stops this process's runs; the library notes them as interrupted. */
  readonly close: () => Promise<void>
}

export function trainingService(parts: Parts, models: ModelShelf): TrainingService {
  const live = createLiveRuns(parts)
  return {
    requests: {
      'training/presets': ({ data }) => presetSummaries(parts, data ?? parts.places.samples),
      'training/start': (input) => startRun(parts, { models, live }, input),
      'training/list': async () => {
        const library = await parts.library()
        endInterruptedRuns(library, live.ids())
        return library.runs.list().map(runSummary)
      },
      'training/watch': async ({ id }, context) => watchRun(await parts.library(), live, { id, context }),
      'training/pause': async ({ id }) => holdRun(await parts.library(), live.find(id), { id, isHeld: true }),
      'training/continue': async ({ id }) =>
        holdRun(await parts.library(), live.find(id), { id, isHeld: false }),
      'training/resume': ({ id }) => resumeRun(parts, live, id),
      'training/cancel': async ({ id }) => cancelRun(await parts.library(), live.find(id), id),
      'training/compare': async ({ ids }) => compareRuns(await parts.library(), models, ids),
      'training/deletion': async ({ ids }) => {
        const library = await parts.library()
        endInterruptedRuns(library, live.ids())
        return runDeletion(library, models, ids)
      },
      'training/delete': async ({ ids }) => {
        const library = await parts.library()
        endInterruptedRuns(library, live.ids())
        return deleteRuns(library, models, ids)
      },
      'training/note': async ({ id, notes }) => {
        const library = await parts.library()
        library.runs.note(id, notes)
        return summaryOf(library, id)
      },
    },
    close: live.close,
  }
}

async function startRun(
  parts: Parts,
  { models, live }: { models: ModelShelf; live: LiveRuns },
  { preset, name, data = parts.places.samples, ...changes }: RequestInput<'training/start'>,
): Promise<{ id: string }> {
  const { presetConfig } = await parts.runConfigs()
  const config = presetConfig(preset, { data, ...changes })
  await runFiles(parts, config)
  const library = await parts.library()
  // Nothing waits from here on: of two starts at once only one may find the name free.
  const taken = [...models.names(), ...live.names()]
  const folder = newPackageFolder(join(parts.libraryFolder, 'models'), name, taken)
  const run = enterRun(library, { config, folder, name, state: 'new' })
  live.start(library, run)
  return { id: run.id }
}

async function resumeRun(parts: Parts, live: LiveRuns, id: string): Promise<RunSummary> {
  const library = await parts.library()
  endInterruptedRuns(library, live.ids())
  live.start(library, await resumedRun(parts, library, id))
  return summaryOf(library, id)
}

interface Watch {
  readonly id: string
  readonly context: CallContext<'training/watch'>
}

async function watchRun(library: Library, live: LiveRuns, { id, context }: Watch): Promise<RunSummary> {
  const run = live.find(id)
  if (run === null) return watchElsewhere(library, live, { id, context })
  context.progress(summaryOf(library, id))
  const leave = run.watch(context.progress)
  try {
    await Promise.race([run.ended, untilAborted(context)])
  } finally {
    leave()
  }
  if (context.signal.aborted) throw cancelled()
  return summaryOf(library, id)
}

/** A run of another process, the command line's say, is followed through the library. */
async function watchElsewhere(library: Library, live: LiveRuns, { id, context }: Watch): Promise<RunSummary> {
  for (let seen = -1; ;) {
    endInterruptedRuns(library, live.ids())
    const summary = summaryOf(library, id)
    if (!goesOn(summary)) return summary
    if (context.signal.aborted) throw cancelled()
    if (summary.history.length > seen) context.progress(summary)
    seen = summary.history.length
    await setTimeout(500)
  }
}

function untilAborted({ signal }: Watch['context']): Promise<void> {
  const aborted = abortSignal(signal)
  return new Promise((resolve) => {
    if (aborted.aborted) resolve()
    else aborted.addEventListener('abort', () => resolve(), { once: true })
  })
}

/** An interrupted or failed run is given up: its name is free again. */
async function cancelRun(library: Library, run: LiveRun | null, id: string): Promise<RunSummary> {
  if (run !== null) {
    await run.discard()
    return summaryOf(library, id)
  }
  const summary = endedRun(library, id)
  const folder = library.runs.request(id)?.folder
  if (folder === undefined || (summary.state !== 'interrupted' && summary.state !== 'failed')) return summary
  await removeRunState(folder)
  const { bestEpoch, error } = summary
  library.runs.end(id, { state: 'cancelled', endedAt: new Date().toISOString(), bestEpoch, error })
  return summaryOf(library, id)
}

/** A run that has ended stays as it is. */
function holdRun(
  library: Library,
  run: LiveRun | null,
  { id, isHeld }: { id: string; isHeld: boolean },
): RunSummary {
  if (run === null) return endedRun(library, id)
  run.hold(isHeld)
  return summaryOf(library, id)
}

/** A run that is not this process's, if it has ended; throws `run-elsewhere` where it goes on. */
function endedRun(library: Library, id: string): RunSummary {
  const summary = summaryOf(library, id)
  if (!goesOn(summary)) return summary
  throw new Failure('usage', 'run-elsewhere', 'The run belongs to another program.', {
    advice: 'Stop it there.',
    found: id,
  })
}

function goesOn({ state }: RunSummary): boolean {
  return state === 'running' || state === 'paused'
}

function summaryOf(library: Library, id: string): RunSummary {
  const run = library.runs.find(id)
  if (run === null) throw unknownName('run', id, [])
  return runSummary(run)
}
