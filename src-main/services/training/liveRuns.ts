import type { RunSummary } from '../../../src-shared/contract/run.ts'
import type { Library } from '../../library/openLibrary.ts'
import type { Parts } from '../parts.ts'
import { createPauseSwitch, type PauseSwitch } from './pauseSwitch.ts'
import { discarded, recordedRun, type RecordedRun } from './recordedRun.ts'
import { runSummary } from './runSummary.ts'

/** Runs of this process. They go on whether or not anyone watches. */
export interface LiveRuns {
  readonly start: (library: Library, run: RecordedRun) => void
  readonly find: (id: string) => LiveRun | null
  readonly ids: () => ReadonlySet<string>
  /** Names of the models being trained. */
  readonly names: () => string[]
  /** Stops every run; the library notes them as interrupted. */
  readonly close: () => Promise<void>
}

export interface LiveRun {
  /** Resolves when the library knows how it ended; never rejects. */
  readonly ended: Promise<void>
  /** Holds the run after its present epoch, or lets it go on. */
  readonly hold: (isHeld: boolean) => void
  /** Ends it for good. */
  readonly discard: () => Promise<void>
  /** Calls back at each change until the returned function is called. */
  readonly watch: (tell: (run: RunSummary) => void) => () => void
}

interface KnownRun extends LiveRun {
  readonly name: string
  readonly stop: AbortController
}

export function createLiveRuns(parts: Parts): LiveRuns {
  const runs = new Map<string, KnownRun>()
  return {
    start: (library, run) => {
      const live = startRun(parts, library, run)
      runs.set(run.id, live)
      void live.ended.then(() => runs.delete(run.id))
    },
    find: (id) => runs.get(id) ?? null,
    ids: () => new Set(runs.keys()),
    names: () => [...runs.values()].map(({ name }) => name),
    close: async () => {
      for (const { stop } of runs.values()) stop.abort()
      await Promise.all([...runs.values()].map(({ ended }) => ended))
    },
  }
}

/** A page has no use for more: each message carries the whole history of the run. */
const notifyEvery_ms = 500

function startRun(parts: Parts, library: Library, run: RecordedRun): KnownRun {
  const stop = new AbortController()
  const pause = createPauseSwitch()
  const watchers = new Set<(run: RunSummary) => void>()
  function notify(): void {
    const summary = library.runs.find(run.id)
    if (summary !== null) watchers.forEach((tell) => tell(runSummary(summary)))
  }
  let told = -Infinity
  const ended = recordedRun(parts, library, run, {
    signal: stop.signal,
    held: pause.held,
    onResume: notify,
    onEpoch: () => {
      if (performance.now() - told < notifyEvery_ms) return
      told = performance.now()
      notify()
    },
  }).then(
    () => undefined,
    // The library says how it ended; where it could not be told, the next start of the program finds the run interrupted.
    () => undefined,
  )
  const hold = (isHeld: boolean): void => {
    holdThread(pause, isHeld)
    library.runs.hold(run.id, isHeld)
    notify()
  }
  const discard = (): Promise<void> => {
    stop.abort(discarded)
    return ended
  }
  const watch = (tell: (run: RunSummary) => void) => {
    watchers.add(tell)
    return () => watchers.delete(tell)
  }
  return { name: run.order.name, stop, ended, hold, discard, watch }
}

function holdThread(pause: PauseSwitch, isHeld: boolean): void {
  if (isHeld) pause.pause()
  else pause.release()
}
