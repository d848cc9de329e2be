import type { EChartsOption, LineSeriesOption } from 'echarts'
import { formatCount, formatMeasured, formatNumber } from '../units/labels.ts'
import { frame, grid, roomyRange, xAxis, yAxis, zoom } from './frame.ts'
import type { Table } from './table.ts'
import { type ChartTheme, seriesColour } from './theme.ts'

/** Voltage after the end of charge, as the contract carries it; time is null where the file does not say. */
export interface RelaxationValue {
  readonly time_s: readonly number[] | null
  readonly voltage_V: readonly number[]
}

/** Cell voltage over minutes of rest, or over the sample's index where the time is unknown; every sample is a dot. */
export function relaxationOption(relaxation: RelaxationValue, theme: ChartTheme): EChartsOption {
  const range = roomyRange(relaxation.voltage_V)
  const title = relaxation.time_s === null ? 'Sample' : 'Rest time (min)'
  return {
    ...frame(theme, 'V'),
    ...zoom(theme),
    grid: grid(theme, 0),
    xAxis: {
      ...xAxis(theme, { title, isWhole: relaxation.time_s === null }),
      min: 'dataMin',
      max: 'dataMax',
    },
    yAxis: yAxis(theme, { title: 'Cell voltage (V)', ...(range === null ? {} : { range }) }),
    series: [samples(relaxation, theme)],
  }
}

function samples(relaxation: RelaxationValue, theme: ChartTheme): LineSeriesOption {
  const colour = seriesColour(theme, 2)
  return {
    type: 'line',
    name: 'Relaxation',
    data: points(relaxation),
    symbol: 'circle',
    symbolSize: theme.fontSize / 3,
    showSymbol: true,
    itemStyle: { color: colour },
    lineStyle: { color: colour, width: 1.5 },
    emphasis: { disabled: true },
  }
}

export function describeRelaxation(relaxation: RelaxationValue): string {
  const { time_s, voltage_V } = relaxation
  const [first, last] = [voltage_V.at(0), voltage_V.at(-1)]
  if (first === undefined || last === undefined) return 'No relaxation was recorded.'
  const length = time_s === null ? 'an unstated time' : `${formatNumber(minutes(time_s.at(-1) ?? 0))} min`
  return `${formatMeasured(first)} V to ${formatMeasured(last)} V in ${length}, ${formatCount(voltage_V.length, 'sample')}.`
}

export function relaxationTable({ time_s, voltage_V }: RelaxationValue): Table {
  return {
    columns: [
      time_s === null ? { name: 'Sample', unit: null } : { name: 'Rest time', unit: 's' },
      { name: 'Cell voltage', unit: 'V' },
    ],
    rows: voltage_V.map((voltage, index) => [time_s === null ? index + 1 : (time_s[index] ?? null), voltage]),
  }
}

function points({ time_s, voltage_V }: RelaxationValue): [number, number][] {
  return voltage_V.map((voltage, index) => [
    time_s === null ? index + 1 : minutes(time_s[index] ?? Number.NaN),
    voltage,
  ])
}

function minutes(seconds: number): number {
  return Number((seconds / 60).toFixed(4))
}
