import type { EChartsOption, SeriesOption } from 'echarts'
import type { Assessment } from '../forecast/assessment.ts'
import { formatNumber, formatRating, formatThreshold } from '../units/labels.ts'
import type { AmpereHour, Fraction } from '../units/quantities.ts'
import { earlierName, earlierSeries, earlierValues, type EarlierForecast } from './earlierForecasts.ts'
import { frame, grid, legend, type Range, roomyRange, xAxis, yAxis, zoom } from './frame.ts'
import {
  banded,
  bandOpacity,
  bandSeries,
  measuredSeries,
  medianSeries,
  type Stroke,
} from './trajectorySeries.ts'
import { type ChartTheme, seriesColour, seriesSymbol } from './theme.ts'

/** A measured capacity; cycles before the assessed one are negative. */
export interface MeasuredPoint {
  readonly cycle: number
  readonly capacity_Ah: AmpereHour
}

export interface TrajectorySeries {
  readonly label: string
  readonly assessment: Assessment
  readonly measured?: readonly MeasuredPoint[]
}

export interface TrajectoryChart {
  readonly series: readonly TrajectorySeries[]
  /** Fraction of the nominal capacity, drawn as a line. */
  readonly threshold: Fraction
  /** Index of the series to bring forward; the others turn pale where there are more than twelve. */
  readonly selected?: number
  /** Behind a lone series. */
  readonly earlier?: readonly EarlierForecast[]
}

const evidenceNames = {
  measured: 'Measured',
  estimated: 'Estimated',
  extrapolated: 'Extrapolated',
  band: '90 % interval',
} as const

const evidenceOpacity = new Map<string, number>([
  [evidenceNames.estimated, 0],
  [evidenceNames.extrapolated, 0],
  [evidenceNames.band, bandOpacity],
  [earlierName, 0],
])

const crowd = 12
const bandsAtOnce = 4

/**
 * Capacity over the cycles ahead: points are measured, solid lines estimated, dotted ones extrapolated; the band is the
 * assessment's interval. One series is explained by its legend, 2 … 12 by their names, more are pale but for the selected.
 */
export function trajectoryOption(chart: TrajectoryChart, theme: ChartTheme): EChartsOption {
  const lines = [
    ...earlierSeries(chart.earlier ?? [], theme),
    ...chart.series.flatMap((_, index) => drawn(chart, index, theme)),
  ]
  const names = legendNames(chart, lines)
  const range = trajectoryRange(chart)
  return {
    ...frame(theme, 'Ah'),
    ...zoom(theme),
    grid: grid(theme, names.length > 0 ? 2 : 1),
    ...(names.length > 0 ? { legend: legend(theme, names, evidenceOpacity) } : {}),
    xAxis: { ...xAxis(theme, { title: 'Cycles ahead', isWhole: true }), ...xRange(chart) },
    yAxis: yAxis(theme, { title: 'Capacity (Ah)', ...(range === null ? {} : { range }) }),
    series: [...lines, ...thresholdSeries(chart, theme, range)],
  }
}

/** Measured discharge capacities of a cell on the axis of a forecast that starts at `row`. */
export function measuredPoints(
  cycles: readonly { row: number; dischargeCapacity_Ah: number | null }[],
  row: number,
): MeasuredPoint[] {
  return cycles.flatMap(({ row: at, dischargeCapacity_Ah }) =>
    dischargeCapacity_Ah === null ? [] : [{ cycle: at - row, capacity_Ah: dischargeCapacity_Ah }],
  )
}

function drawn(chart: TrajectoryChart, index: number, theme: ChartTheme): SeriesOption[] {
  const series = chart.series.at(index)
  if (series === undefined) return []
  const stroke = strokeOf(chart, index, theme)
  const points = series.assessment.trajectory
  return [
    ...medianSeries(points, stroke),
    ...(hasBand(chart, index) ? bandSeries(points, stroke) : []),
    ...measuredSeries(measuredOf(series), stroke),
  ]
}

/** Past measurements and, where the present capacity was measured, the start of the forecast. */
function measuredOf({ assessment, measured = [] }: TrajectorySeries): readonly MeasuredPoint[] {
  const start = assessment.trajectory.filter((point) => point.evidence === 'measured')
  return [...measured, ...start.filter(({ cycle }) => measured.every((point) => point.cycle !== cycle))]
}

function strokeOf({ series, selected }: TrajectoryChart, index: number, theme: ChartTheme): Stroke {
  const label = series[index].label
  const place = { symbol: seriesSymbol(index), offset: index }
  const colour = seriesColour(theme, index)
  const own = { pointSize: theme.fontSize / 2.6, names: namedAlike(label) }
  if (series.length === 1) return { ...own, colour, width: 2.25, z: 3, marker: null, names: evidenceNames }
  if (index === selected)
    return { ...own, colour: forward(series, colour, theme), width: 2.25, z: 4, marker: place }
  if (series.length > crowd) return { ...own, colour: theme.pale, width: 1, z: 2, marker: null }
  return { ...own, colour, width: 1.75, z: 3, marker: place }
}

/** In a crowd only one is coloured, and then always alike. */
function forward(series: readonly TrajectorySeries[], colour: string, theme: ChartTheme): string {
  return series.length > crowd ? seriesColour(theme, 0) : colour
}

function namedAlike(label: string): Stroke['names'] {
  return { estimated: label, extrapolated: label, band: label, measured: label }
}

function hasBand({ series, selected }: TrajectoryChart, index: number): boolean {
  return index === selected || (selected === undefined && series.length <= bandsAtOnce)
}

/** A lone trajectory explains its line kinds, several their cells; only what is drawn has a name. */
function legendNames({ series }: TrajectoryChart, lines: readonly SeriesOption[]): string[] {
  if (series.length > crowd) return []
  const alone = [...Object.values(evidenceNames), earlierName]
  const wanted = series.length === 1 ? alone : series.map(({ label }) => label)
  const present = new Set(lines.map((line) => line.name))
  return [...new Set(wanted)].filter((name) => present.has(name))
}

function trajectoryRange(chart: TrajectoryChart): Range | null {
  const shown = chart.series.flatMap(({ assessment, measured }, index) => [
    ...assessment.trajectory.map((point) => point.capacity_Ah),
    ...(measured ?? []).map((point) => point.capacity_Ah),
    ...(hasBand(chart, index)
      ? banded(assessment.trajectory).flatMap((point) => [point.low_Ah, point.high_Ah])
      : []),
  ])
  const values = [...shown, ...earlierValues(chart.earlier ?? [])]
  const range = roomyRange(values)
  if (range === null) return null
  return roomyRange([...values, ...thresholds(chart).filter((level) => isNear(level, range))])
}

/** A threshold so far away that showing it would flatten the curve is left to the sentence below. */
function isNear(level: number, { low, high }: Range): boolean {
  const reach = (high - low) * 1.5
  return level >= low - reach && level <= high + reach
}

function thresholds({ series, threshold }: TrajectoryChart): AmpereHour[] {
  const levels = series.map(({ assessment }) =>
    Number((assessment.nominalCapacity_Ah * threshold).toFixed(9)),
  )
  return [...new Set(levels)].filter((level) => level > 0)
}

function thresholdSeries(chart: TrajectoryChart, theme: ChartTheme, range: Range | null): SeriesOption[] {
  if (range === null) return []
  const levels = thresholds(chart).filter((level) => level >= range.low && level <= range.high)
  if (levels.length === 0) return []
  return [
    {
      type: 'line',
      name: 'Threshold',
      data: [],
      silent: true,
      markLine: {
        silent: true,
        symbol: 'none',
        lineStyle: { type: 'solid', color: theme.muted, width: 1 },
        label: {
          color: theme.muted,
          // A curve may pass behind the words.
          backgroundColor: theme.background,
          padding: [1, 4],
          fontFamily: theme.fontFamily,
          fontSize: theme.fontSize,
        },
        data: levels.map((level) => ({
          yAxis: level,
          label: {
            formatter: thresholdLabel(chart.threshold, level),
            position: freestPlace(chart, level, range),
          },
        })),
      },
    },
  ]
}

type LabelPlace = 'insideStartTop' | 'insideEndTop' | 'insideStartBottom' | 'insideEndBottom'

/** Height of the words over a level, as a share of the axis. */
const labelHeight = 0.1

/** Where the words cover no curve: at either end, above the line or, where there is room above the axis, below it. */
function freestPlace(chart: TrajectoryChart, level: AmpereHour, range: Range): LabelPlace {
  const { min = 0, max = 0 } = xRange(chart)
  const third = (max - min) / 3
  const ends = { Start: { low: min, high: min + third }, End: { low: max - third, high: max } }
  const height = labelHeight * (range.high - range.low)
  const sides = { Top: 1, Bottom: level - height < range.low ? null : -1 }
  const places = Object.entries(sides).flatMap(([side, sign]) =>
    sign === null
      ? []
      : Object.entries(ends).map(([end, stretch]) => ({
          place: `inside${end}${side}` as LabelPlace,
          // More room than the words need is no better.
          room: Math.min(clearance(chart, level + (sign * height) / 2, stretch), 1.5 * height),
        })),
  )
  return places.reduce((best, one) => (one.room > best.room ? one : best)).place
}

/** How near the curves and their measured points come to a level within a stretch of cycles. */
function clearance({ series }: TrajectoryChart, level: AmpereHour, stretch: Range): AmpereHour {
  const points = series.flatMap(({ assessment, measured = [] }) => [...assessment.trajectory, ...measured])
  return points
    .filter(({ cycle }) => cycle >= stretch.low && cycle <= stretch.high)
    .reduce((least, { capacity_Ah }) => Math.min(least, Math.abs(capacity_Ah - level)), Infinity)
}

function thresholdLabel(threshold: Fraction, level: AmpereHour): string {
  return `${formatThreshold(threshold)} of ${formatRating(level / threshold)} = ${formatNumber(level)} Ah`
}

function xRange({ series, earlier = [] }: TrajectoryChart): { min?: number; max?: number } {
  const cycles = [
    ...series.flatMap(({ assessment, measured = [] }) => [...assessment.trajectory, ...measured]),
    ...earlier.flatMap(({ points }) => points),
  ].map((point) => point.cycle)
  const finite = cycles.filter(Number.isFinite)
  if (finite.length === 0) return {}
  const min = finite.reduce((low, cycle) => Math.min(low, cycle))
  const max = finite.reduce((high, cycle) => Math.max(high, cycle))
  return max > min ? { min, max } : { min: min - 1, max: max + 1 }
}
