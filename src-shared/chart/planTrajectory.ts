import type { EChartsOption, LineSeriesOption } from 'echarts'
import type { Assessment, EndOfLife } from '../forecast/assessment.ts'
import { formatCapacity, formatCount, formatThreshold } from '../units/labels.ts'
import type { AmpereHour } from '../units/quantities.ts'
import { roomyRange } from './frame.ts'
import { crowdedLines } from './multiples.ts'
import type { Table } from './table.ts'
import { type ChartTheme, seriesColour } from './theme.ts'
import { trajectoryOption } from './trajectory.ts'
import { describeTrajectory, trajectoryTable } from './trajectoryWords.ts'

/** Another cell under the same plan: a line without a band. */
export interface FollowingLine {
  readonly label: string
  /** (steps), by cycles ahead from 0. */
  readonly capacity_Ah: readonly AmpereHour[]
  /** Steps from the first on that are not extrapolated. */
  readonly estimatedSteps: number
  readonly endOfLife: EndOfLife
  readonly simulated: boolean
  /** Whether it is brought forward. */
  readonly isForward: boolean
}

export interface PlanTrajectory {
  readonly assessment: Assessment
  readonly others: readonly FollowingLine[]
  /** As it was before the edge was taken hold of; drawn pale. */
  readonly before: Assessment | null
  /** Cycles ahead that the timeline beside it covers. */
  readonly span: number
  /** Where blocks end, cycles ahead. */
  readonly edges: readonly number[]
}

/** Room beside the axis, px: the timeline's own. */
const sides = { left: 92, right: 18 }

/** Trajectories on the axis of the plan's timeline, a fine line at every edge of a block; one of them with its band. */
export function planTrajectoryOption(
  { assessment, others, before, span, edges }: PlanTrajectory,
  theme: ChartTheme,
): EChartsOption {
  const series = [{ label: assessment.cell, assessment }]
  const option = trajectoryOption({ series, threshold: assessment.endOfLife.threshold }, theme)
  const own = Array.isArray(option.series) ? option.series : []
  return {
    ...option,
    grid: { ...single(option.grid), ...sides },
    xAxis: { ...single(option.xAxis), min: 0, max: span },
    yAxis: { ...single(option.yAxis), ...widened(option.yAxis, before, others) },
    series: [
      ...(before === null ? [] : [ghost(before, theme)]),
      ...(others.length === 0 ? [] : [otherLines(others, theme)]),
      ...own,
      edgeLines(edges, span, theme),
    ],
  }
}

/** So many lines can be told apart by their colour. */
const colourful = 7

/** While they can be told apart each has its colour; then only what is brought forward. */
export function followerColour(others: readonly FollowingLine[], index: number, theme: ChartTheme): string {
  const place = followerPlace(others, index)
  return place === null ? theme.pale : seriesColour(theme, place)
}

/** Which of the theme's colours; null: pale. */
export function followerPlace(others: readonly FollowingLine[], index: number): number | null {
  if (others.length <= colourful) return index + 1
  return others[index].isForward ? 1 : null
}

/** The sentence under the figure. */
export function describePlanTrajectory({ assessment, others }: PlanTrajectory): string {
  const { threshold } = assessment.endOfLife
  const own = describeTrajectory({ series: [{ label: assessment.cell, assessment }], threshold })
  const ends = others.flatMap(({ capacity_Ah }) => capacity_Ah.at(-1) ?? [])
  if (ends.length === 0) return own
  const [least, most] = [Math.min(...ends), Math.max(...ends)].map(formatCapacity)
  const crossing = others.filter(({ endOfLife }) => endOfLife.p50 !== null).length
  const kept = ends.length === 1 ? most : `${least} to ${most}`
  const [, simulated = '', words = ''] = /^(SIMULATED\. )?(.*)$/.exec(own) ?? []
  return (
    `${simulated}${assessment.cell}: ${words} With it ${formatCount(others.length, 'other cell')}, ${kept} at the end; ` +
    `${crossing} of ${others.length} reach ${formatThreshold(threshold)}.`
  )
}

/** Every line of the figure, a row a cycle. */
export function planTrajectoryTable({ assessment, others }: PlanTrajectory): Table {
  const table = trajectoryTable({ series: [{ label: assessment.cell, assessment }] })
  const rows = others.flatMap(({ label, capacity_Ah, estimatedSteps, simulated }) =>
    capacity_Ah.map((capacity, cycle) => [
      label,
      cycle,
      capacity,
      null,
      null,
      cycle < estimatedSteps ? 'estimated' : 'extrapolated',
      String(simulated),
    ]),
  )
  return { ...table, rows: [...table.rows, ...rows] }
}

function otherLines(others: readonly FollowingLine[], theme: ChartTheme) {
  return crowdedLines(
    others.map(({ capacity_Ah, estimatedSteps, isForward }, index) => ({
      points: capacity_Ah.map((capacity, cycle) => ({
        cycle,
        capacity_Ah: capacity,
        low_Ah: null,
        high_Ah: null,
        evidence: cycle < estimatedSteps ? ('estimated' as const) : ('extrapolated' as const),
      })),
      colour: followerColour(others, index, theme),
      isForward,
    })),
  )
}

/** The one of its kind: ECharts takes a list as well. */
function single<T extends object>(part: T | T[] | undefined): T | undefined {
  return Array.isArray(part) ? part[0] : part
}

function ghost({ trajectory }: Assessment, theme: ChartTheme): LineSeriesOption {
  return {
    type: 'line',
    name: 'Before',
    data: trajectory.map((point) => [point.cycle, point.capacity_Ah]),
    silent: true,
    showSymbol: false,
    z: 1,
    lineStyle: { color: theme.axis, width: 1.5, type: 'dashed' },
    itemStyle: { color: theme.axis },
    emphasis: { disabled: true },
    tooltip: { show: false },
  }
}

function edgeLines(edges: readonly number[], span: number, theme: ChartTheme): LineSeriesOption {
  return {
    type: 'line',
    name: 'Edges',
    data: [],
    silent: true,
    markLine: {
      silent: true,
      symbol: 'none',
      label: { show: false },
      lineStyle: { type: 'solid', color: theme.axis, width: 1, opacity: 0.6 },
      data: edges.filter((edge) => edge < span).map((edge) => ({ xAxis: edge })),
    },
  }
}

/** Room for what was there before, so that the axis stands as still as it can, and for the other cells. */
function widened(
  axis: EChartsOption['yAxis'],
  before: Assessment | null,
  others: readonly FollowingLine[],
): { min?: number; max?: number } {
  if (axis === undefined || Array.isArray(axis)) return {}
  const earlier = before?.trajectory ?? []
  const range = roomyRange([
    ...earlier.flatMap((point) => [point.low_Ah ?? NaN, point.high_Ah ?? NaN, point.capacity_Ah]),
    ...others.flatMap(({ capacity_Ah }) => [...capacity_Ah]),
  ])
  const { min, max } = axis
  if (range === null || typeof min !== 'number' || typeof max !== 'number') return {}
  return { min: Math.min(min, range.low), max: Math.max(max, range.high) }
}
