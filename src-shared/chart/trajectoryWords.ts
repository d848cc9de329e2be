import type { Assessment, EndOfLife, TrajectoryPoint } from '../forecast/assessment.ts'
import {
  formatCapacity,
  formatCapacityInterval,
  formatCycles,
  formatRating,
  formatThreshold,
} from '../units/labels.ts'
import { briefName } from './briefName.ts'
import { describeEarlier, type EarlierForecast } from './earlierForecasts.ts'
import type { Table } from './table.ts'
import type { TrajectoryChart } from './trajectory.ts'
import { banded } from './trajectorySeries.ts'

/** The sentence under a trajectory chart; also its alternative text. */
export function describeTrajectory(chart: TrajectoryChart): string {
  const only = chart.series.at(0)
  if (only === undefined) return 'No trajectory to show.'
  if (chart.series.length > 1) return describeSeveral(chart)
  const { assessment } = only
  const isKnown = assessment.trajectory.some((point) => Number.isFinite(point.capacity_Ah))
  if (!isKnown) return 'The trajectory is not determinable.'
  const parts = [
    describeCourse(assessment.trajectory),
    describeEndOfLife(assessment.endOfLife, assessment.nominalCapacity_Ah),
    describeExtrapolation(assessment.trajectory),
    describeEarlier(chart.earlier ?? []),
  ]
  return [...(assessment.simulated ? ['SIMULATED.'] : []), ...parts].filter((part) => part !== '').join(' ')
}

/** Median and interval of every series, one row a cycle. */
export function trajectoryTable({
  series,
  earlier = [],
}: Pick<TrajectoryChart, 'series' | 'earlier'>): Table {
  return {
    columns: [
      { name: 'Series', unit: null },
      { name: 'Cycles ahead', unit: null },
      { name: 'Capacity', unit: 'Ah' },
      { name: 'Interval low', unit: 'Ah' },
      { name: 'Interval high', unit: 'Ah' },
      { name: 'Evidence', unit: null },
      { name: 'Simulated', unit: null },
    ],
    rows: [
      ...series.flatMap((one) => [...measuredRows(one), ...forecastRows(one)]),
      ...earlier.flatMap((one) => earlierRows(one, String(series.some(isSimulated)))),
    ],
  }
}

function measuredRows({ label, assessment, measured = [] }: TrajectoryChart['series'][number]) {
  const simulated = String(assessment.simulated)
  return measured.map((point) => [label, point.cycle, point.capacity_Ah, null, null, 'measured', simulated])
}

function isSimulated({ assessment }: TrajectoryChart['series'][number]): boolean {
  return assessment.simulated
}

function earlierRows({ cycle, points }: EarlierForecast, simulated: string) {
  return points.map((point) => [
    `Forecast from cycle ${cycle}`,
    point.cycle,
    point.capacity_Ah,
    point.low_Ah,
    point.high_Ah,
    point.evidence,
    simulated,
  ])
}

function forecastRows({ label, assessment }: TrajectoryChart['series'][number]) {
  const simulated = String(assessment.simulated)
  return assessment.trajectory.map((point) => [
    label,
    point.cycle,
    point.capacity_Ah,
    point.low_Ah,
    point.high_Ah,
    point.evidence,
    simulated,
  ])
}

function describeCourse(points: readonly TrajectoryPoint[]): string {
  const first = points.at(0)
  const last = points.at(-1)
  if (first === undefined || last === undefined) return ''
  const verb = last.capacity_Ah < first.capacity_Ah ? 'falls' : 'goes'
  const ahead = formatCycles(last.cycle)
  return `Capacity ${verb} from ${withInterval(first)} to ${withInterval(last)} in ${ahead}.`
}

function withInterval(point: TrajectoryPoint): string {
  const value = formatCapacity(point.capacity_Ah)
  const known = banded([point]).at(0)
  return known === undefined ? value : `${value} (${formatCapacityInterval(known.low_Ah, known.high_Ah)})`
}

function describeEndOfLife({ threshold, p10, p50, p90 }: EndOfLife, nominal: number): string {
  const level = `${formatThreshold(threshold)} of ${formatRating(nominal)}`
  if (p50 === null) return `It does not reach ${level} within the horizon${earliest(p10)}.`
  if (p50 === 0) return `It lies below ${level} already.`
  const spread = `P10 ${wholeOrBeyond(p10)}, P90 ${wholeOrBeyond(p90)}`
  return `It reaches ${level} after ${formatCycles(p50)} (${spread}).`
}

function earliest(p10: number | null): string {
  return p10 === null ? '' : ` in the median, P10 after ${formatCycles(p10)}`
}

function wholeOrBeyond(cycles: number | null): string {
  if (cycles === null) return 'beyond the horizon'
  return Math.round(cycles) <= 0 ? 'now' : String(Math.round(cycles))
}

function describeExtrapolation(points: readonly TrajectoryPoint[]): string {
  const first = points.find((point) => point.evidence === 'extrapolated')
  if (first === undefined) return ''
  return `From cycle ${Math.round(first.cycle)} on it is extrapolated (dotted).`
}

function describeSeveral({ series, threshold, selected }: TrajectoryChart): string {
  const ends = series.flatMap(({ label, assessment }) => {
    const last = assessment.trajectory.at(-1)
    return last === undefined ? [] : [{ label, capacity: last.capacity_Ah, cycle: last.cycle }]
  })
  const sorted = ends.sort((a, b) => b.capacity - a.capacity)
  const [best, worst] = [sorted.at(0), sorted.at(-1)]
  if (best === undefined || worst === undefined) return `${series.length} trajectories, none determinable.`
  const crossing = series.filter(({ assessment }) => assessment.endOfLife.p50 !== null).length
  const simulated = series.some(({ assessment }) => assessment.simulated)
    ? 'SIMULATED in part or whole. '
    : ''
  return (
    `${simulated}${series.length} trajectories: ${briefName(best.label)} keeps most, ${atCycle(best)}; ` +
    `${briefName(worst.label)} least, ${atCycle(worst)}. ` +
    `${crossing} of ${series.length} reach ${formatThreshold(threshold)} within the horizon.${bandWords(series, selected)}`
  )
}

/** One band at a time is drawn where a series is brought forward. */
function bandWords(series: TrajectoryChart['series'], selected: number | undefined): string {
  const one = selected === undefined ? undefined : series.at(selected)
  if (one === undefined || banded(one.assessment.trajectory).length === 0) return ''
  return ` The band is the interval of ${briefName(one.label)}.`
}

function atCycle({ capacity, cycle }: { capacity: number; cycle: number }): string {
  return `${formatCapacity(capacity)} after ${formatCycles(cycle)}`
}

/** What a number rests on, in words. */
export function evidenceWords(evidence: Assessment['presentCapacity']['evidence']): string {
  return evidence === 'not-determinable' ? 'not determinable' : evidence
}
