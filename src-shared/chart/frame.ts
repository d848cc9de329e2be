import type { EChartsOption } from 'echarts'
import { formatNumber } from '../units/labels.ts'
import type { ChartTheme } from './theme.ts'

export interface Axis {
  /** Title with its unit: `Capacity (Ah)`. */
  title: string
  range?: Range
  /** Which grid the axis belongs to, where there are several. */
  gridIndex?: number
  /** Several grids over one x: only the lowest names it. */
  isTitled?: boolean
  /** The greatest value is a measured length and not round: leave its label out. */
  isEndBare?: boolean
  /** Ticks at whole numbers only. */
  isWhole?: boolean
}

export interface Range {
  readonly low: number
  readonly high: number
}

/**
 * What every chart has in common: type, colours, tooltip as plain text (HTML would break the content security policy),
 * stillness on paper. `unit` follows the values in the tooltip.
 *
 * The options need of ECharts: line, bar, scatter and custom charts; grid, legend, mark line, mark area, tooltip, data zoom.
 */
export function frame(theme: ChartTheme, unit = ''): EChartsOption {
  const common: EChartsOption = {
    animation: false,
    backgroundColor: 'transparent',
    color: [...theme.series],
    textStyle: { fontFamily: theme.fontFamily, fontSize: theme.fontSize, color: theme.text },
    aria: { enabled: false },
  }
  return theme.medium === 'paper' ? common : { ...common, tooltip: tooltip(theme, unit) }
}

/** Zoom by wheel and drag along x; nothing on paper. */
export function zoom(theme: ChartTheme, xAxisIndex: number[] = [0]): EChartsOption {
  return theme.medium === 'paper' ? {} : { dataZoom: [{ type: 'inside', xAxisIndex, filterMode: 'none' }] }
}

/** Names of lines without shapes, for a legend. */
export function bare(names: readonly string[]): ReadonlyMap<string, number> {
  return new Map(names.map((name) => [name, 0]))
}

export function grid(
  theme: ChartTheme,
  top = 1,
): { left: number; right: number; top: number; bottom: number } {
  const line = theme.fontSize
  return { left: line * 5.2, right: line * 1.5, top: line * (top + 0.6), bottom: line * 3.6 }
}

export function xAxis(theme: ChartTheme, axis: Axis) {
  const base = valueAxis(theme, axis)
  return {
    ...base,
    axisLabel: { ...base.axisLabel, ...(axis.isEndBare === true ? { showMaxLabel: false } : {}) },
    nameGap: theme.fontSize * 2,
    splitLine: { show: false },
    axisLine: { show: true, onZero: false, lineStyle: { color: theme.axis } },
    axisTick: { show: true, lineStyle: { color: theme.axis } },
    ...(axis.isTitled === false ? { name: '', axisLabel: { show: false } } : {}),
  }
}

/** Limits need not be round: the labels at the very ends are left out, the ticks between them are round. */
export function yAxis(theme: ChartTheme, axis: Axis) {
  const base = valueAxis(theme, axis)
  return {
    ...base,
    nameGap: theme.fontSize * 3.6,
    splitNumber: 4,
    axisLabel: { ...base.axisLabel, ...ends(axis.range) },
    splitLine: { show: true, showMinLine: false, showMaxLine: false, lineStyle: { color: theme.grid } },
    axisLine: { show: false },
    axisTick: { show: false },
  }
}

/** Least and greatest of the values with 5 % room; never forced to 0. A flat line gets room of its own. */
export function roomyRange(values: Iterable<number>): Range | null {
  let low = Infinity
  let high = -Infinity
  for (const value of values) {
    if (!Number.isFinite(value)) continue
    low = Math.min(low, value)
    high = Math.max(high, value)
  }
  if (low > high) return null
  const room = high > low ? (high - low) * 0.05 : Math.abs(high) * 0.05 || 1
  return { low: low - room, high: high + room }
}

/** `opacity` of a symbol by name: 0 for lines that carry no shapes, faint for bands. */
export function legend(
  theme: ChartTheme,
  names: readonly string[],
  opacity: ReadonlyMap<string, number> = new Map(),
) {
  return {
    data: names.map((name) => ({ name, itemStyle: { opacity: opacity.get(name) ?? 1 } })),
    type: theme.medium === 'paper' ? ('plain' as const) : ('scroll' as const),
    top: 0,
    right: theme.fontSize * 1.5,
    itemWidth: theme.fontSize * 2.2,
    itemHeight: theme.fontSize * 0.75,
    itemGap: theme.fontSize,
    textStyle: {
      color: theme.muted,
      fontFamily: theme.fontFamily,
      fontSize: theme.fontSize,
      width: theme.fontSize * 16,
      overflow: 'truncate' as const,
    },
  }
}

function valueAxis(theme: ChartTheme, axis: Axis) {
  return {
    type: 'value' as const,
    name: axis.title,
    nameLocation: 'middle' as const,
    nameTextStyle: { color: theme.muted, fontFamily: theme.fontFamily, fontSize: theme.fontSize },
    axisLabel: {
      color: theme.muted,
      fontFamily: theme.fontFamily,
      fontSize: theme.fontSize,
      hideOverlap: true,
      formatter: (value: number) => formatNumber(value),
    },
    scale: true,
    ...(axis.range === undefined ? {} : { min: axis.range.low, max: axis.range.high }),
    ...(axis.gridIndex === undefined ? {} : { gridIndex: axis.gridIndex }),
    ...(axis.isWhole === true ? { minInterval: 1 } : {}),
  }
}

function ends(range: Range | undefined) {
  return range === undefined ? {} : { showMinLabel: false, showMaxLabel: false }
}

function tooltip(theme: ChartTheme, unit: string) {
  return {
    trigger: 'axis' as const,
    renderMode: 'richText' as const,
    confine: true,
    transitionDuration: 0,
    backgroundColor: theme.background,
    borderColor: theme.axis,
    textStyle: { color: theme.text, fontFamily: theme.fontFamily, fontSize: theme.fontSize },
    valueFormatter: (value: unknown) =>
      typeof value === 'number' ? `${formatNumber(value)} ${unit}`.trim() : '–',
    axisPointer: {
      type: 'line' as const,
      lineStyle: { color: theme.axis },
      label: { formatter: ({ value }: { value: unknown }) => onAxis(value) },
    },
  }
}

/** Where on the axis the tooltip stands; a category is a name. */
function onAxis(value: unknown): string {
  return typeof value === 'number' ? formatNumber(value) : String(value)
}
