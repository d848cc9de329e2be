import { randomUUID } from 'node:crypto'
import { setTimeout } from 'node:timers/promises'
import { join } from 'node:path'
import type {
  Application,
  CallContext,
  EpochReport,
  PresetSummary,
  RequestInput,
  RunSummary,
} from '../../src-shared/contract/requests.ts'
import { cancelled, Failure } from '../../src-shared/failure/failure.ts'
import type { Library } from '../library/openLibrary.ts'
import type { RunEnd } from '../library/runs.ts'
import type { presetCells } from '../training/presets.ts'
import { abortSignal } from './abortSignal.ts'
import { newPackageFolder } from './modelFolder.ts'
import type { ModelShelf } from './models.ts'
import type { Parts } from './parts.ts'
import { createPauseSwitch, type PauseSwitch } from './pauseSwitch.ts'
import { presetFiles } from './trainingCells.ts'
import { trainPackage, type TrainingOrder } from './trainingRun.ts'
import { unknownName } from './unknownName.ts'

type TrainingRequests = Pick<
  Application,
  | 'training/presets'
  | 'training/start'
  | 'training/list'
  | 'training/watch'
  | 'training/pause'
  | 'training/continue'
  | 'training/cancel'
>

export interface TrainingService {
  readonly requests: TrainingRequests
  /** Stops this process's runs; the library notes them as interrupted. */
  readonly close: () => Promise<void>
}

/** A run of this process. It goes on whether or not anyone watches. */
interface LiveRun {
  readonly name: string
  readonly stop: AbortController
  readonly pause: PauseSwitch
  readonly watchers: Set<() => void>
  readonly ended: Promise<void>
}

/** Why a run was stopped, as the abort signal's reason. */
const closing = 'closing'

export function trainingService(parts: Parts, models: ModelShelf): TrainingService {
  const live = new Map<string, LiveRun>()
  return {
    requests: {
      'training/presets': ({ data }) => presetSummaries(parts, data ?? parts.places.samples),
      'training/start': (input) => startRun(parts, { models, live }, input),
      'training/list': async () => {
        const library = await parts.library()
        return library.runs.list().map(({ id }) => liveSummary(library, live, id))
      },
      'training/watch': async ({ id }, context) => watchRun(await parts.library(), live, { id, context }),
      'training/pause': async ({ id }) => holdRun(await parts.library(), live, { id, isPaused: true }),
      'training/continue': async ({ id }) => holdRun(await parts.library(), live, { id, isPaused: false }),
      'training/cancel': async ({ id }) => cancelRun(await parts.library(), live, id),
    },
    close: async () => {
      for (const { stop } of live.values()) stop.abort(closing)
      await Promise.allSettled([...live.values()].map(({ ended }) => ended))
    },
  }
}

async function presetSummaries(parts: Parts, folder: string): Promise<PresetSummary[]> {
  const { presets, presetCells: cellsOf } = await parts.presets()
  return presets.map((preset) => {
    const { name, title, simulated, settings } = preset
    const { found, missing } = cellsOrNone(() => cellsOf(preset, folder))
    return { name, title, simulated, epochs: settings.epochs, cells: found.length + missing.length, missing }
  })
}

type PresetCells = ReturnType<typeof presetCells>

/** A folder without a list of cells has none of them. */
function cellsOrNone(look: () => PresetCells): PresetCells {
  try {
    return look()
  } catch (error) {
    if (error instanceof Failure) return { found: [], missing: ['splits.json'], notes: [] }
    throw error
  }
}

interface Runs {
  readonly models: ModelShelf
  readonly live: Map<string, LiveRun>
}

async function startRun(
  parts: Parts,
  { models, live }: Runs,
  { preset: presetName, name, data = parts.places.samples, epochs, seed = 1 }: RequestInput<'training/start'>,
): Promise<{ id: string }> {
  const { preset } = await presetFiles(parts, presetName, data)
  const library = await parts.library()
  // Nothing waits from here on: of two starts at once only one may find the name free.
  const taken = [...models.names(), ...[...live.values()].map((run) => run.name)]
  const folder = newPackageFolder(join(parts.libraryFolder, 'models'), name, taken)
  const id = randomUUID()
  const order = { preset: presetName, data, folder, name, seed, epochs: epochs ?? preset.settings.epochs }
  library.runs.insert({
    id,
    preset: preset.name,
    name,
    settings: { data, epochs: order.epochs, seed },
    startedAt: new Date().toISOString(),
    process: process.pid,
  })
  const stop = new AbortController()
  const watchers = new Set<() => void>()
  const pause = createPauseSwitch()
  const ended = executeRun(parts, order, {
    id,
    stop,
    held: pause.held,
    library,
    notify: () => watchers.forEach((tell) => tell()),
  }).finally(() => live.delete(id))
  // Rejected only where the library takes no more; whoever watches is told, else the next start ends the run.
  ended.catch(() => undefined)
  live.set(id, { name, stop, pause, watchers, ended })
  return { id }
}

interface Execution {
  readonly id: string
  readonly stop: AbortController
  readonly held: Int32Array
  readonly library: Library
  readonly notify: () => void
}

/** How a run ended stands in the library; rejects only where that cannot be written. */
async function executeRun(
  parts: Parts,
  order: TrainingOrder,
  { id, stop, held, library, notify }: Execution,
): Promise<void> {
  const onEpoch = (report: EpochReport): void => {
    if (stop.signal.aborted) return
    library.runs.addEpoch(id, report)
    notify()
  }
  const ending = await trainPackage(parts, order, { signal: stop.signal, onEpoch, held }).then(
    ({ bestEpoch }) => ({ state: 'done' as const, bestEpoch, modelFolder: order.folder, error: null }),
    (error: unknown) => ({ ...unfinished(error, stop.signal), bestEpoch: null, modelFolder: null }),
  )
  library.runs.end(id, { ...ending, endedAt: new Date().toISOString() })
  notify()
}

function unfinished(error: unknown, signal: AbortSignal): Pick<RunEnd, 'state' | 'error'> {
  if (signal.aborted && signal.reason === closing) {
    return { state: 'failed', error: 'Interrupted: the program was closed. Start the run again.' }
  }
  if (error instanceof Failure && error.kind === 'cancelled') return { state: 'cancelled', error: null }
  return { state: 'failed', error: error instanceof Error ? error.message : String(error) }
}

interface Watch {
  readonly id: string
  readonly context: CallContext<'training/watch'>
}

async function watchRun(
  library: Library,
  live: Map<string, LiveRun>,
  { id, context }: Watch,
): Promise<RunSummary> {
  const run = live.get(id)
  if (run === undefined) return watchElsewhere(library, { id, context })
  const tell = (): void => context.progress(liveSummary(library, live, id))
  tell()
  run.watchers.add(tell)
  try {
    await Promise.race([run.ended, untilAborted(context)])
  } finally {
    run.watchers.delete(tell)
  }
  if (context.signal.aborted) throw cancelled()
  return summaryOf(library, id)
}

/** A run of another process, the command line's say, is followed through the library. */
async function watchElsewhere(library: Library, { id, context }: Watch): Promise<RunSummary> {
  for (let seen = -1; ;) {
    const summary = summaryOf(library, id)
    if (summary.state !== 'running') return summary
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

async function cancelRun(library: Library, live: Map<string, LiveRun>, id: string): Promise<RunSummary> {
  const run = live.get(id)
  if (run === undefined) return endedRun(library, id)
  run.stop.abort()
  await run.ended
  return summaryOf(library, id)
}

/** Holds a run after its present epoch, or lets it go on; one that has ended stays as it is. */
function holdRun(
  library: Library,
  live: Map<string, LiveRun>,
  { id, isPaused }: { id: string; isPaused: boolean },
): RunSummary {
  const run = live.get(id)
  if (run === undefined) return endedRun(library, id)
  if (isPaused) run.pause.pause()
  else run.pause.release()
  run.watchers.forEach((tell) => tell())
  return liveSummary(library, live, id)
}

/** A run that is not this process's, if it has ended; throws `run-elsewhere` where it goes on. */
function endedRun(library: Library, id: string): RunSummary {
  const summary = summaryOf(library, id)
  if (summary.state !== 'running') return summary
  throw new Failure('usage', 'run-elsewhere', 'The run belongs to another program.', {
    advice: 'Stop it there.',
    found: id,
  })
}

function liveSummary(library: Library, live: ReadonlyMap<string, LiveRun>, id: string): RunSummary {
  const summary = summaryOf(library, id)
  const isHeld = summary.state === 'running' && live.get(id)?.pause.isPaused() === true
  return isHeld ? { ...summary, isPaused: true } : summary
}

function summaryOf(library: Library, id: string): RunSummary {
  const summary = library.runs.find(id)
  if (summary === null) throw unknownName('run', id, [])
  return summary
}
