import type { EChartsOption, LineSeriesOption } from 'echarts'
import type { Assessment } from '../forecast/assessment.ts'
import { roomyRange } from './frame.ts'
import type { ChartTheme } from './theme.ts'
import { trajectoryOption } from './trajectory.ts'

export interface PlanTrajectory {
  readonly assessment: Assessment
  /** As it was before the edge was taken hold of; drawn pale. */
  readonly before: Assessment | null
  /** Cycles ahead that the timeline beside it covers. */
  readonly span: number
  /** Where blocks end, cycles ahead. */
  readonly edges: readonly number[]
}

/** Room beside the axis, px: the timeline's own. */
const sides = { left: 92, right: 18 }

/** One trajectory on the axis of the plan's timeline, a fine line at every edge of a block. */
export function planTrajectoryOption(
  { assessment, before, span, edges }: PlanTrajectory,
  theme: ChartTheme,
): EChartsOption {
  const series = [{ label: assessment.cell, assessment }]
  const option = trajectoryOption({ series, threshold: assessment.endOfLife.threshold }, theme)
  const own = Array.isArray(option.series) ? option.series : []
  return {
    ...option,
    grid: { ...single(option.grid), ...sides },
    xAxis: { ...single(option.xAxis), min: 0, max: span },
    yAxis: { ...single(option.yAxis), ...widened(option.yAxis, before) },
    series: [...(before === null ? [] : [ghost(before, theme)]), ...own, edgeLines(edges, span, theme)],
  }
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

/** The axis stands as still as it can while an edge is dragged. */
function widened(axis: EChartsOption['yAxis'], before: Assessment | null): { min?: number; max?: number } {
  if (before === null || axis === undefined || Array.isArray(axis)) return {}
  const range = roomyRange(
    before.trajectory.flatMap((point) => [point.low_Ah ?? NaN, point.high_Ah ?? NaN, point.capacity_Ah]),
  )
  const { min, max } = axis
  if (range === null || typeof min !== 'number' || typeof max !== 'number') return {}
  return { min: Math.min(min, range.low), max: Math.max(max, range.high) }
}
