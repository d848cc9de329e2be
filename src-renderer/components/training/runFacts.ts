import type { ComparedRun } from '../../../src-shared/contract/runComparison.ts'
import { formatMeasured } from '../../../src-shared/units/labels.ts'
import { t } from '../../locales/en.ts'

/** What is known of each run beside its data and settings, as rows of a table with a column a run. */
export function runFacts(runs: readonly ComparedRun[]): { name: string; values: string[] }[] {
  const names = t.runs.facts
  const row = (name: string, of: (one: ComparedRun) => string) => ({ name, values: runs.map(of) })
  return [
    row(names.state, ({ run }) => t.training.states[run.state]),
    row(names.started, ({ run }) => t.common.at(run.startedAt)),
    row(names.time, ({ seconds }) => t.runs.seconds(seconds)),
    row(names.perEpoch, ({ run, seconds }) =>
      run.history.length === 0 ? t.common.none : t.runs.seconds(seconds / run.history.length),
    ),
    row(names.epochs, ({ run }) => t.training.epochOf(run.history.length, run.epochs)),
    row(names.best, ({ run }) => (run.bestEpoch === null ? t.common.none : String(run.bestEpoch))),
    row(names.bestLoss, ({ run }) => bestLoss(run)),
    row(names.machine, ({ run }) =>
      run.threads === null ? run.machine : `${run.machine}, ${t.training.facts.threads(run.threads)}`,
    ),
    row(
      names.model,
      ({ model, modelProblem }) => modelProblem ?? model?.sha256.slice(0, 12) ?? t.common.none,
    ),
  ]
}

/** Of the epoch that was kept; until one is, of the last. */
export function bestLoss({ history, bestEpoch }: ComparedRun['run']): string {
  const best = history.find(({ epoch }) => epoch === bestEpoch) ?? history.at(-1)
  return best === undefined ? t.common.none : formatMeasured(best.validationLoss)
}
