import { formatCount, formatMeasured, formatPercent } from '../../../src-shared/units/labels.ts'
import { t } from '../../locales/en.ts'

/** A package's metrics in words and with their units; one of another program keeps its own name. */
export function metricRows(metrics: Readonly<Record<string, number>>): { name: string; value: string }[] {
  return Object.entries(metrics).map(([name, value]) => ({ name: wordsOf(name), value: valueOf(name, value) }))
}

function wordsOf(name: string): string {
  const [, key, condition] = /^validation (\w+) % (.+)$/.exec(name) ?? []
  if (key === undefined || condition === undefined) return t.models.metricNames[name] ?? name
  return `${t.models.metricNames[key] ?? key}, ${condition}`
}

function valueOf(name: string, value: number): string {
  if (/mape/i.test(name)) return `${formatMeasured(value)} %`
  if (name === 'coverage90') return formatPercent(value)
  return name === 'calibrationCells' ? formatCount(value, 'cell') : formatMeasured(value)
}
