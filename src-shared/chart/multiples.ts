import type {
  CustomSeriesOption,
  CustomSeriesRenderItemAPI,
  CustomSeriesRenderItemParams,
  CustomSeriesRenderItemReturn,
  EChartsOption,
} from 'echarts'
import type { Assessment, TrajectoryPoint } from '../forecast/assessment.ts'
import { formatThreshold } from '../units/labels.ts'
import type { Fraction } from '../units/quantities.ts'
import { frame, grid, type Range, roomyRange, xAxis, yAxis, zoom } from './frame.ts'
import { type ChartTheme, seriesColour } from './theme.ts'
import { banded, bandSeries } from './trajectorySeries.ts'

export interface ComparedTrajectory {
  /** Name of the panel that it is drawn in. */
  readonly panel: string
  /** What has one colour in every panel. */
  readonly key: string
  readonly assessment: Assessment
}

export interface MultiplesChart {
  readonly series: readonly ComparedTrajectory[]
  /** Fraction of the rated capacity, drawn as a line. */
  readonly threshold: Fraction
  /** Indices of the series that are brought forward, each with its band. */
  readonly selected: readonly number[]
}

/** Panels beside each other that can still be read. */
const mostPanels = 16
/** Colours that can be told apart. */
const mostKeys = 8

/**
 * Many trajectories in panels over shared axes, capacity in Ah; one panel is an overlay. Few of a panel have colours, many
 * are pale but for the selected. Each panel is one series, so that hundreds of trajectories stay quick.
 */
export function multiplesOption(chart: MultiplesChart, theme: ChartTheme): EChartsOption {
  const panels = panelsOf(chart.series)
  const axes = panels.map((_, index) => index)
  const [range, cycles] = [capacityRange(chart), cycleRange(chart)]
  const layout = layoutOf(panels.length)
  return {
    ...frame(theme, 'Ah'),
    tooltip: { show: false },
    ...zoom(theme, axes),
    grid: axes.map((index) => gridAt(index, layout, theme)),
    xAxis: axes.map((gridIndex) => ({
      ...xAxis(theme, {
        title: 'Cycles ahead',
        gridIndex,
        isWhole: true,
        isTitled: gridIndex + layout.columns >= panels.length,
      }),
      ...cycles,
    })),
    yAxis: panels.map((panel, gridIndex) => panelAxis({ panel, gridIndex, range, layout }, theme)),
    series: panels.flatMap((panel, index) => panelSeries(chart, { panel, index, range }, theme)),
  }
}

/** Names of the panels, in the order of the series. */
export function panelsOf(series: readonly ComparedTrajectory[]): string[] {
  return [...new Set(series.map(({ panel }) => panel))].slice(0, mostPanels)
}

/** Where a pointer stands in a panel: cycles ahead, Ah, and what one pixel is in Ah. */
export interface PanelPlace {
  readonly gridIndex: number
  readonly x: number
  readonly y: number
  readonly perPixel: number
}

const reach_px = 14

/** Index of the series that the pointer is on; null where none is near. */
export function seriesAt(series: readonly ComparedTrajectory[], place: PanelPlace): number | null {
  const panel = panelsOf(series).at(place.gridIndex)
  const cycle = Math.round(place.x)
  let [nearest, least] = [null as number | null, reach_px * Math.abs(place.perPixel)]
  series.forEach((one, index) => {
    if (one.panel !== panel) return
    const point = one.assessment.trajectory.at(Math.max(0, cycle))
    const distance = point === undefined ? Infinity : Math.abs(point.capacity_Ah - place.y)
    if (distance < least) [nearest, least] = [index, distance]
  })
  return nearest
}

/** The sentence under the panels; also their alternative text. */
export function describeMultiples({ series, threshold }: MultiplesChart, by: string): string {
  const all = new Set(series.map(({ panel }) => panel)).size
  const shown = panelsOf(series).length
  const crossing = series.filter(({ assessment }) => assessment.endOfLife.p50 !== null).length
  const simulated = series.some(({ assessment }) => assessment.simulated)
    ? 'SIMULATED in part or whole. '
    : ''
  const panels =
    shown < 2
      ? ''
      : `, ${shown === all ? `${shown}` : `the first ${shown} of ${all}`} panels by ${by}, shared axes`
  return (
    `${simulated}${series.length} trajectories${panels}. ` +
    `${crossing} of ${series.length} reach ${formatThreshold(threshold)} of the rated capacity (the line) within the horizon. Bands are 90 % intervals of what is brought forward.`
  )
}

interface Layout {
  readonly columns: number
  readonly rows: number
}

/** Columns and rows of so many panels. */
export function layoutOf(panels: number): Layout {
  const columns = panels <= 3 ? Math.max(1, panels) : panels === 4 ? 2 : panels <= 9 ? 3 : 4
  return { columns, rows: Math.max(1, Math.ceil(panels / columns)) }
}

/** Room for the titles of the lowest axes, percent, by rows of panels. */
const feet = [17, 14, 10, 8]

/** In percent, so that a saved figure of any size is the same. */
function gridAt(index: number, { columns, rows }: Layout, theme: ChartTheme) {
  const isOne = columns === 1 && rows === 1
  if (isOne) return grid(theme, 0.2)
  const [column, row] = [index % columns, Math.floor(index / columns)]
  const [left, right, gap] = [5, 1.5, 2]
  const width = (100 - left - right - gap * (columns - 1)) / columns
  const height = (100 - (feet[rows - 1] ?? 8)) / rows
  return {
    left: `${left + column * (width + gap)}%`,
    right: `${100 - left - column * (width + gap) - width}%`,
    top: `${(row + 0.22) * height}%`,
    bottom: `${100 - (row + 0.95) * height}%`,
  }
}

function panelAxis(
  {
    panel,
    gridIndex,
    range,
    layout,
  }: { panel: string; gridIndex: number; range: Range | null; layout: Layout },
  theme: ChartTheme,
) {
  const axis = yAxis(theme, { title: 'Capacity (Ah)', gridIndex, ...(range === null ? {} : { range }) })
  if (layout.columns === 1 && layout.rows === 1) return axis
  const isFirst = gridIndex % layout.columns === 0
  return {
    ...axis,
    splitNumber: 3,
    name: `${panel} (Ah)`,
    nameLocation: 'end' as const,
    nameGap: theme.fontSize * 0.5,
    nameTextStyle: { ...axis.nameTextStyle, color: theme.text, align: 'left' as const },
    axisLabel: { ...axis.axisLabel, show: isFirst },
  }
}

interface Panel {
  readonly panel: string
  readonly index: number
  readonly range: Range | null
}

function panelSeries(chart: MultiplesChart, { panel, index, range }: Panel, theme: ChartTheme) {
  const axes = { xAxisIndex: index, yAxisIndex: index }
  const own = chart.series.flatMap((one, at) => (one.panel === panel ? [at] : []))
  const colours = own.map((at) => colourOf(chart, at, theme))
  const selected = own.filter((at) => chart.selected.includes(at))
  const bands = selected.flatMap((at) =>
    bandSeries(chart.series[at].assessment.trajectory, strokeOf(colourOf(chart, at, theme))),
  )
  return [
    ...bands.map((band) => ({ ...band, ...axes })),
    {
      ...crowdedLines(
        own.map((at, i) => ({
          points: chart.series[at].assessment.trajectory,
          colour: colours[i],
          isForward: selected.includes(at),
        })),
      ),
      ...axes,
      ...thresholdLine(chart, own, { range, theme }),
    },
  ]
}

function strokeOf(colour: string) {
  const name = 'Interval'
  const names = { estimated: name, extrapolated: name, band: name, measured: name }
  return { colour, width: 2, z: 1, pointSize: 0, marker: null, names }
}

/** A colour for each key while they can be told apart; then only what is selected has one. */
function colourOf(chart: MultiplesChart, index: number, theme: ChartTheme): string {
  const place = colourPlace(chart.series, index) ?? chart.selected.indexOf(index)
  return place === -1 ? theme.pale : seriesColour(theme, place)
}

/** Which of the theme's colours a series has whether selected or not; null where all are pale. */
export function colourPlace(series: readonly ComparedTrajectory[], index: number): number | null {
  const keys = [...new Set(series.map(({ key }) => key))]
  return keys.length > mostKeys ? null : keys.indexOf(series[index].key)
}

export interface CrowdedLine {
  readonly points: readonly TrajectoryPoint[]
  readonly colour: string
  readonly isForward: boolean
}

/** All these lines as one series, those brought forward last. */
export function crowdedLines(all: readonly CrowdedLine[]): CustomSeriesOption {
  const ordered = all
    .filter(({ points }) => points.length > 0)
    .sort((a, b) => Number(a.isForward) - Number(b.isForward))
  return {
    type: 'custom',
    silent: true,
    clip: true,
    z: 2,
    animation: false,
    progressive: 0,
    data: ordered.map(({ points }) => [points[0].cycle, points[0].capacity_Ah]),
    renderItem: (params: CustomSeriesRenderItemParams, api: CustomSeriesRenderItemAPI) =>
      polylines(ordered[params.dataIndex], api),
  }
}

/** Solid as far as it is estimated, dotted where it is extrapolated. */
function polylines(
  { points, colour, isForward }: CrowdedLine,
  api: CustomSeriesRenderItemAPI,
): CustomSeriesRenderItemReturn {
  const first = points.findIndex(({ evidence }) => evidence === 'extrapolated')
  const split = first === -1 ? points.length : first
  const at = (point: TrajectoryPoint): number[] => api.coord([point.cycle, point.capacity_Ah])
  const style = { stroke: colour, lineWidth: isForward ? 2.25 : 1.25, fill: 'none' }
  const polyline = (run: readonly TrajectoryPoint[], lineDash: number[] | undefined) =>
    run.length < 2
      ? []
      : [
          {
            type: 'polyline' as const,
            shape: { points: run.map(at) },
            style: lineDash === undefined ? style : { ...style, lineDash },
          },
        ]
  return {
    type: 'group',
    children: [
      ...polyline(points.slice(0, split), undefined),
      ...polyline(points.slice(Math.max(0, split - 1), split === points.length ? 0 : undefined), [1.5, 3.5]),
    ],
  }
}

function thresholdLine(
  { series, threshold }: MultiplesChart,
  own: readonly number[],
  { range, theme }: { range: Range | null; theme: ChartTheme },
) {
  const levels = new Set(
    own.map((at) => Number((series[at].assessment.nominalCapacity_Ah * threshold).toFixed(9))),
  )
  const drawn = [...levels].filter((level) => range !== null && level >= range.low && level <= range.high)
  return {
    markLine: {
      silent: true,
      symbol: 'none',
      label: { show: false },
      lineStyle: { type: 'solid' as const, color: theme.muted, width: 1 },
      data: drawn.map((yLevel) => ({ yAxis: yLevel })),
    },
  }
}

/** The same for every panel: all medians, and the bands that are drawn. */
function capacityRange({ series, selected }: MultiplesChart): Range | null {
  const values: number[] = []
  series.forEach(({ assessment }, index) => {
    for (const { capacity_Ah } of assessment.trajectory) values.push(capacity_Ah)
    if (!selected.includes(index)) return
    for (const { low_Ah, high_Ah } of banded(assessment.trajectory)) values.push(low_Ah, high_Ah)
  })
  return roomyRange(values)
}

function cycleRange({ series }: MultiplesChart): { min: number; max: number } {
  const last = series.reduce(
    (most, { assessment }) => Math.max(most, assessment.trajectory.at(-1)?.cycle ?? 0),
    1,
  )
  return { min: 0, max: last }
}
