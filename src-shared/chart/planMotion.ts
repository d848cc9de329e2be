import type { EChartsOption, SeriesOption } from 'echarts'
import type { Assessment, TrajectoryPoint } from '../forecast/assessment.ts'
import type { Range } from './frame.ts'
import {
  followerColour,
  planTrajectoryOption,
  type FollowingLine,
  type PlanTrajectory,
} from './planTrajectory.ts'
import { type ChartTheme, seriesColour } from './theme.ts'
import { banded, bandOpacity } from './trajectorySeries.ts'

/** What stands still while an edge is dragged, and what of it the moving lines need to know. */
export interface StandingFigure {
  readonly option: EChartsOption
  readonly box: PlanMotion['box']
  /** Cycles ahead that the axis covers. */
  readonly span: number
  /** Ah */
  readonly range: Range
}

/** What follows the edge, drawn over the standing figure. */
export type MovingPlan = Pick<PlanTrajectory, 'assessment' | 'others' | 'edges'>

/** Lines as SVG paths in a square of `motionSize`, which is stretched over the figure's grid. */
export interface PlanMotion {
  /** px from the sides of the figure. */
  readonly box: {
    readonly left: number
    readonly right: number
    readonly top: number
    readonly bottom: number
  }
  readonly paths: readonly MovingPath[]
  /** Places along the axis, 0 to `motionSize`. */
  readonly edges: readonly number[]
}

export interface MovingPath {
  readonly d: string
  readonly stroke: string
  readonly width: number
  readonly isDotted: boolean
  /** Of a band; 0 for a line. */
  readonly fillOpacity: number
}

export const motionSize = 1000

/**
 * Axes, threshold and what was there before, pale; the lines themselves are left out. `range`: Ah that the axis covers;
 * absent: what was there before.
 */
export function standingFigure(
  { before, others, span, range }: StandingQuestion,
  theme: ChartTheme,
): StandingFigure {
  const option = planTrajectoryOption({ assessment: before, others, before, span, edges: [] }, theme)
  const { grid: box, yAxis } = option as { grid: PlanMotion['box']; yAxis: { min: number; max: number } }
  const shown = range ?? { low: yAxis.min, high: yAxis.max }
  const series = (Array.isArray(option.series) ? option.series : []).map(withoutLine)
  return {
    option: { ...option, yAxis: { ...yAxis, min: shown.low, max: shown.high }, series },
    box,
    span,
    range: shown,
  }
}

interface StandingQuestion {
  readonly before: Assessment
  readonly others: readonly FollowingLine[]
  readonly span: number
  readonly range: Range | null
}

/** Its name stays, for the legend. */
function withoutLine(series: SeriesOption): SeriesOption {
  const stays = series.name === 'Before' || series.type === 'scatter'
  return stays ? series : { ...series, data: [] }
}

export function planMotion(
  { assessment, others, edges }: MovingPlan,
  { box, span, range }: StandingFigure,
  theme: ChartTheme,
): PlanMotion {
  const place = placing({ low: 0, high: span }, range)
  return {
    box,
    paths: [
      ...othersPaths(others, place, theme),
      bandPath(assessment.trajectory, place, theme),
      ...linePaths(pointsOf(assessment), place, { stroke: seriesColour(theme, 0), width: 2.25 }),
    ].filter(({ d }) => d !== ''),
    edges: edges.filter((edge) => edge < span).map((edge) => (motionSize * edge) / span),
  }
}

/** Ah that the axis should cover: as before while all is within, else with room to go on. */
export function rangeFor({ assessment, others }: MovingPlan, own: Range): Range {
  const values = [
    ...assessment.trajectory.flatMap((point) => [
      point.capacity_Ah,
      point.low_Ah ?? point.capacity_Ah,
      point.high_Ah ?? point.capacity_Ah,
    ]),
    ...others.flatMap(({ capacity_Ah }) => [...capacity_Ah]),
  ].filter(Number.isFinite)
  const low = values.reduce((least, value) => Math.min(least, value), own.low)
  const high = values.reduce((most, value) => Math.max(most, value), own.high)
  if (low === own.low && high === own.high) return own
  const room = (high - low) / 4
  return {
    low: low < own.low ? low - room : own.low,
    high: high > own.high ? high + room : own.high,
  }
}

type Place = (x: number, y: number) => string

function placing(x: Range, y: Range): Place {
  const across = motionSize / (x.high - x.low)
  const up = motionSize / (y.high - y.low)
  return (cycle, capacity) => `${tenth((cycle - x.low) * across)} ${tenth((y.high - capacity) * up)}`
}

function tenth(value: number): number {
  return Math.round(value * 10) / 10
}

interface MovingPoints {
  /** By cycles ahead from 0. */
  readonly capacity_Ah: readonly number[]
  readonly estimatedSteps: number
}

function pointsOf({ trajectory }: Assessment): MovingPoints {
  const first = trajectory.findIndex(({ evidence }) => evidence === 'extrapolated')
  return {
    capacity_Ah: trajectory.map(({ capacity_Ah }) => capacity_Ah),
    estimatedSteps: first === -1 ? trajectory.length : first,
  }
}

type Stroke = Pick<MovingPath, 'stroke' | 'width'>

/** Those of one colour are one path, solid and dotted apart. */
function othersPaths(others: readonly FollowingLine[], place: Place, theme: ChartTheme): MovingPath[] {
  const colours = others.map((_, index) => followerColour(others, index, theme))
  return [...new Set(colours)].flatMap((stroke) =>
    joined(
      others
        .filter((_, index) => colours[index] === stroke)
        .map((line) => linePaths(line, place, { stroke, width: 1.25 })),
    ),
  )
}

function joined(lines: readonly MovingPath[][]): MovingPath[] {
  return [0, 1].flatMap((kind) => {
    const own = lines.flatMap((paths) => paths[kind] ?? [])
    return own.length === 0 ? [] : [{ ...own[0], d: own.map(({ d }) => d).join('') }]
  })
}

/** Solid as far as it is estimated, then dotted. */
function linePaths(
  { capacity_Ah, estimatedSteps }: MovingPoints,
  place: Place,
  stroke: Stroke,
): MovingPath[] {
  const from = Math.max(0, estimatedSteps - 1)
  const line = (start: number, end: number): string =>
    polyline(capacity_Ah.slice(start, end).map((capacity, i) => place(start + i, capacity)))
  const told = { ...stroke, fillOpacity: 0 }
  return [
    { ...told, d: line(0, estimatedSteps), isDotted: false },
    { ...told, d: line(from, capacity_Ah.length), isDotted: true },
  ]
}

function polyline(places: readonly string[]): string {
  return places.length < 2 ? '' : `M${places.join('L')}`
}

function bandPath(points: readonly TrajectoryPoint[], place: Place, theme: ChartTheme): MovingPath {
  const known = banded(points)
  const upper = known.map(({ cycle, high_Ah }) => place(cycle, high_Ah))
  const lower = known.map(({ cycle, low_Ah }) => place(cycle, low_Ah)).reverse()
  const d = polyline([...upper, ...lower])
  return { d, stroke: seriesColour(theme, 0), width: 0, isDotted: false, fillOpacity: bandOpacity }
}
