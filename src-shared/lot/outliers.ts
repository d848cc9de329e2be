import { formatPercent } from '../units/labels.ts'
import type { LotBattery } from './lotBattery.ts'

export interface Outlier {
  readonly battery: LotBattery
  readonly reason: string
}

/** Modified z-score above which a value is an outlier, and the least number of batteries that have a spread. */
const [limit, least] = [3.5, 5]

/**
 * Batteries whose state of health, or the width of whose interval, is far from the lot's median.
 *
 * Modified z-score of Iglewicz and Hoaglin, How to Detect and Handle Outliers, ASQC 1993: 0.6745 |x − median| / MAD
 * above 3.5.
 */
export function outliersOf(batteries: readonly LotBattery[]): Outlier[] {
  const health = scoresOf(batteries, ({ answer }) => answer?.stateOfHealth.value ?? null)
  const width = scoresOf(batteries, ({ answer }) => widthOf(answer))
  return batteries.flatMap((battery): Outlier[] => {
    const [far, wide] = [health(battery), width(battery)]
    const reasons = [
      ...(far === null || Math.abs(far.score) <= limit ? [] : [farReason(far)]),
      ...(wide === null || wide.score <= limit ? [] : [wideReason(wide)]),
    ]
    return reasons.length === 0 ? [] : [{ battery, reason: reasons.join(' ') }]
  })
}

interface Score {
  readonly value: number
  readonly median: number
  readonly score: number
}

function scoresOf(
  batteries: readonly LotBattery[],
  of: (battery: LotBattery) => number | null,
): (battery: LotBattery) => Score | null {
  const values = batteries.flatMap((battery) => of(battery) ?? [])
  const median = medianOf(values)
  const spread = medianOf(values.map((value) => Math.abs(value - median)))
  return (battery) => {
    const value = of(battery)
    if (value === null || values.length < least || !(spread > 0)) return null
    return { value, median, score: (0.6745 * (value - median)) / spread }
  }
}

export function medianOf(values: readonly number[]): number {
  const sorted = Float64Array.from(values).sort()
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}

function widthOf(answer: LotBattery['answer']): number | null {
  const { low = null, high = null } = answer?.stateOfHealth ?? {}
  return low === null || high === null ? null : high - low
}

function farReason({ value, median, score }: Score): string {
  const side = score < 0 ? 'below' : 'above'
  return `State of health ${formatPercent(value)} is far ${side} the lot's median of ${formatPercent(median)}.`
}

function wideReason({ value, median }: Score): string {
  return `Its interval is ${formatPercent(value)} wide, the lot's median ${formatPercent(median)}.`
}
