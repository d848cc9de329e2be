import type { EChartsOption } from 'echarts'
import { formatNumber } from '../units/labels.ts'
import { frame, roomyRange, xAxis, yAxis, zoom } from './frame.ts'
import type { Table } from './table.ts'
import { type ChartTheme, seriesColour } from './theme.ts'

/** Down-sampled signals of one cycle, as the contract carries them. */
export interface RecordValue {
  readonly time_s: readonly number[]
  readonly voltage_V: readonly number[]
  readonly current_A: readonly number[]
  /** Moments that something is to be said of, by a short name. */
  readonly marks?: readonly { readonly time_s: number; readonly name: string }[]
}

/** Voltage above, current below, over one time axis; charge current is positive. */
export function recordOption(record: RecordValue, theme: ChartTheme): EChartsOption {
  const { title, seconds } = timeUnit(record)
  const onAxis = (at: number) => Number(((at - (record.time_s[0] ?? 0)) / seconds).toFixed(5))
  const time = record.time_s.map(onAxis)
  const marks = (record.marks ?? []).map(({ time_s, name }) => ({ name, xAxis: onAxis(time_s) }))
  const signals = [
    { name: 'Cell voltage (V)', values: record.voltage_V, colour: seriesColour(theme, 0) },
    { name: 'Current (A)', values: record.current_A, colour: seriesColour(theme, 1) },
  ]
  return {
    ...frame(theme),
    ...zoom(theme, [0, 1]),
    axisPointer: { link: [{ xAxisIndex: 'all' }] },
    grid: halves(theme, marks.length > 0),
    xAxis: signals.map((_, gridIndex) => ({
      ...xAxis(theme, { title, gridIndex, isTitled: gridIndex === 1, isEndBare: true }),
      min: 'dataMin',
      max: 'dataMax',
    })),
    yAxis: signals.map(({ name, values }, gridIndex) => {
      const range = roomyRange(values)
      return {
        ...yAxis(theme, { title: name, gridIndex, ...(range === null ? {} : { range }) }),
        splitNumber: 2,
      }
    }),
    series: signals.map(({ name, values, colour }, index) => ({
      type: 'line',
      name,
      xAxisIndex: index,
      yAxisIndex: index,
      data: time.map((at, i) => [at, values[i] ?? Number.NaN]),
      showSymbol: false,
      itemStyle: { color: colour },
      lineStyle: { color: colour, width: 1.5 },
      emphasis: { disabled: true },
      ...(index === 0 ? named(marks, theme) : {}),
    })),
  }
}

export function describeRecord(record: RecordValue): string {
  const { unit, seconds } = timeUnit(record)
  const [voltage, current] = [extent(record.voltage_V), extent(record.current_A)]
  if (voltage === null || current === null) return 'No signals were recorded.'
  const length = formatNumber(duration(record) / seconds)
  return `Voltage ${voltage} V and current ${current} A over ${length} ${unit}; charge is positive.`
}

export function recordTable({ time_s, voltage_V, current_A }: RecordValue): Table {
  return {
    columns: [
      { name: 'Time', unit: 's' },
      { name: 'Cell voltage', unit: 'V' },
      { name: 'Current', unit: 'A' },
    ],
    rows: time_s.map((time, index) => [time, voltage_V[index] ?? null, current_A[index] ?? null]),
  }
}

/** A line through each moment, its name above it. */
function named(marks: readonly { name: string; xAxis: number }[], theme: ChartTheme) {
  if (marks.length === 0) return {}
  const { warning, fontFamily, fontSize, background } = theme
  return {
    markLine: {
      silent: true,
      symbol: 'none',
      lineStyle: { color: warning, width: 1.5, type: 'solid' as const },
      label: {
        formatter: '{b}',
        position: 'end' as const,
        distance: 2,
        color: background,
        backgroundColor: warning,
        padding: [2, 5],
        borderRadius: 3,
        fontFamily,
        fontSize,
      },
      data: [...marks],
    },
  }
}

function halves(theme: ChartTheme, hasMarks: boolean) {
  const [left, right] = [theme.fontSize * 5.2, theme.fontSize * 1.5]
  return [
    { left, right, top: theme.fontSize * (hasMarks ? 2 : 0.8), bottom: '54%' },
    { left, right, top: '50%', bottom: theme.fontSize * 3.6 },
  ]
}

function timeUnit(record: RecordValue): { title: string; unit: string; seconds: number } {
  return duration(record) > 3 * 3600
    ? { title: 'Time (h)', unit: 'h', seconds: 3600 }
    : { title: 'Time (min)', unit: 'min', seconds: 60 }
}

function duration({ time_s }: RecordValue): number {
  return (time_s.at(-1) ?? 0) - (time_s[0] ?? 0)
}

function extent(values: readonly number[]): string | null {
  const finite = values.filter(Number.isFinite)
  if (finite.length === 0) return null
  const low = finite.reduce((least, value) => Math.min(least, value))
  const high = finite.reduce((most, value) => Math.max(most, value))
  return `${formatNumber(low)} to ${formatNumber(high)}`
}
