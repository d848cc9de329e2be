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
  /** Null where the file tells none. */
  readonly temperature_degC?: readonly (number | null)[] | null
  /** The stretch that the answer rests on. */
  readonly used_s?: { readonly from: number; readonly to: number } | null
  /** How many rows were measured, where this is a selection of them. */
  readonly rows?: number
}

/** Voltage above, current below it, then temperature where it is known, over one time axis; charge current is positive. */
export function recordOption(record: RecordValue, theme: ChartTheme): EChartsOption {
  const { title, seconds } = timeUnit(record)
  const onAxis = (at: number): number => Number(((at - (record.time_s[0] ?? 0)) / seconds).toFixed(5))
  const time = record.time_s.map(onAxis)
  const marks = (record.marks ?? []).map(({ time_s, name }) => ({ name, xAxis: onAxis(time_s) }))
  const signals = [
    { name: 'Cell voltage (V)', values: record.voltage_V, colour: seriesColour(theme, 0) },
    { name: 'Current (A)', values: record.current_A, colour: seriesColour(theme, 1) },
    ...temperatures(record).map((values) => ({
      name: 'Temperature (°C)',
      values,
      colour: seriesColour(theme, 2),
    })),
  ]
  const last = signals.length - 1
  const used = usedArea(record, onAxis, theme)
  return {
    ...frame(theme),
    ...zoom(theme, [...signals.keys()]),
    axisPointer: { link: [{ xAxisIndex: 'all' }] },
    grid: panels(theme, { count: signals.length, hasMarks: marks.length > 0 }),
    xAxis: signals.map((_, gridIndex) => ({
      ...xAxis(theme, { title, gridIndex, isTitled: gridIndex === last, isEndBare: true }),
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
      ...used,
    })),
  }
}

export function describeRecord(record: RecordValue): string {
  const { unit, seconds } = timeUnit(record)
  const [voltage, current] = [extent(record.voltage_V), extent(record.current_A)]
  if (voltage === null || current === null) return 'No signals were recorded.'
  const length = formatNumber(duration(record) / seconds)
  const [temperature = null] = temperatures(record).map(extent)
  const signals =
    temperature === null
      ? `Voltage ${voltage} V and current ${current} A`
      : `Voltage ${voltage} V, current ${current} A and temperature ${temperature} °C`
  return `${signals} over ${length} ${unit}; charge is positive.${selectionWords(record)}`
}

function selectionWords({ rows, time_s, temperature_degC, used_s = null }: RecordValue): string {
  return [
    rows === undefined || rows <= time_s.length
      ? ''
      : ` Of ${rows} rows the peaks of each stretch are drawn.`,
    temperature_degC === null ? ' The file tells no temperature.' : '',
    used_s === null ? '' : ' The cycle above is shaded.',
  ].join('')
}

export function recordTable({ time_s, voltage_V, current_A, temperature_degC = null }: RecordValue): Table {
  return {
    columns: [
      { name: 'Time', unit: 's' },
      { name: 'Cell voltage', unit: 'V' },
      { name: 'Current', unit: 'A' },
      ...(temperature_degC === null ? [] : [{ name: 'Temperature', unit: '°C' }]),
    ],
    rows: time_s.map((time, index) => [
      time,
      voltage_V[index] ?? null,
      current_A[index] ?? null,
      ...(temperature_degC === null ? [] : [temperature_degC[index] ?? null]),
    ]),
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

/** None or one. */
function temperatures({ temperature_degC = null }: RecordValue): number[][] {
  return temperature_degC === null ? [] : [temperature_degC.map((celsius) => celsius ?? Number.NaN)]
}

function usedArea({ used_s = null }: RecordValue, shown: (at: number) => number, theme: ChartTheme) {
  if (used_s === null) return {}
  const [from, to] = [{ xAxis: shown(used_s.from) }, { xAxis: shown(used_s.to) }]
  const itemStyle = { color: theme.text, opacity: 0.08 }
  return { markArea: { silent: true, itemStyle, data: [[from, to]] as [typeof from, typeof to][] } }
}

function panels(theme: ChartTheme, { count, hasMarks }: { count: number; hasMarks: boolean }) {
  const [left, right] = [theme.fontSize * 5.2, theme.fontSize * 1.5]
  if (count > 2) {
    return [
      { left, right, top: '3%', bottom: '72%' },
      { left, right, top: '33%', bottom: '42%' },
      { left, right, top: '63%', bottom: theme.fontSize * 3.6 },
    ]
  }
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
