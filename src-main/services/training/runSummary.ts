import type { EpochReport, RunSummary } from '../../../src-shared/contract/run.ts'
import type { StoredRun } from '../../library/runs.ts'

export function runSummary(run: StoredRun): RunSummary {
  return { ...run, secondsLeft: run.state === 'running' ? secondsLeft(run.history, run.epochs) : null }
}

/** How long the epochs still to come take at the pace of the last ten; null before the first has ended. */
export function secondsLeft(history: readonly EpochReport[], epochs: number): number | null {
  const last = history.at(-1)
  if (last === undefined) return null
  const recent = history.slice(-10)
  const pace = recent.reduce((sum, { seconds }) => sum + seconds, 0) / recent.length
  return Math.max(0, epochs - last.epoch) * pace
}
