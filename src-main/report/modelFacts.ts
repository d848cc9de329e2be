import type { Manifest } from '../../src-shared/forecast/package.ts'
import { formatCount, formatMeasured, formatPercent, formatThreshold } from '../../src-shared/units/labels.ts'
import type { CellReportInput } from './cellReportInput.ts'
import { type Fact, inHalves } from './paper.ts'

/** Which model answered, and how well it answered for cells it had never seen. */
export function modelFacts({ assessment, manifest }: CellReportInput): Fact[] {
  return [
    {
      name: 'Name',
      value: assessment.model.name + (manifest.simulated ? ' (SIMULATED training data)' : ''),
      lines: 2,
      isWarning: manifest.simulated,
    },
    { name: 'SHA-256', value: inHalves(assessment.model.sha256), lines: 2 },
    { name: 'Trained on', value: trainedOn(manifest) },
    { name: 'Held-out error', value: heldOutError(manifest.metrics), lines: 2 },
    { name: 'Coverage', value: coverage(manifest), lines: 2 },
    { name: 'Training', value: training(manifest) },
  ]
}

function trainedOn({ domain, training: run }: Manifest): string {
  if (domain === null || run === null) return 'unknown'
  const cells = run.data.filter(({ role }) => role === 'train').length
  return `${formatCount(cells, 'cell')}, ${formatCount(domain.conditions.length, 'condition')}`
}

/** Errors carry the names of `evaluate`: percent for those that say so, Ah for the others. */
const errorLabels: readonly (readonly [string, string, string])[] = [
  ['mape', 'MAPE', '%'],
  ['rmse_Ah', 'RMSE', 'Ah'],
  ['mae_Ah', 'MAE', 'Ah'],
  ['step1Mape', 'first step', '%'],
]

function heldOutError(metrics: Manifest['metrics']): string {
  const stated = errorLabels.flatMap(([key, label, unit]) => {
    const value = metrics?.[key]
    return value === undefined ? [] : [`${label} ${formatMeasured(value)} ${unit}`]
  })
  return stated.length === 0 ? 'unknown' : stated.slice(0, 3).join(', ')
}

function coverage({ interval }: Manifest): string {
  if (interval === null) return 'no interval: the model brings no held-out cells'
  const level = formatThreshold(interval.level)
  return `${level} interval held ${formatPercent(interval.coverage)} of values on ${formatCount(interval.cells, 'unseen cell')}`
}

function training({ training: run, created }: Manifest): string {
  const date = created.slice(0, 10)
  return run === null
    ? `imported ${date}, unknown`
    : `${run.preset}, seed ${run.seed}, ${run.epochs} epochs, ${date}`
}
