import type { BarSeriesOption, EChartsOption } from 'echarts'
import type { GateReading } from '../forecast/assessment.ts'
import { formatFixed, formatNumber } from '../units/labels.ts'
import { frame, grid, xAxis, yAxis } from './frame.ts'
import type { Table } from './table.ts'
import { type ChartTheme, seriesColour } from './theme.ts'

/** Weight of each expert as a bar from 0; experts keep their numbers, and have a name where their mode is stable. */
export function gateOption(gate: GateReading, theme: ChartTheme): EChartsOption {
  const label = axisText(theme)
  return {
    ...frame(theme),
    grid: {
      ...grid(theme, 0),
      left: theme.fontSize * (gate.names?.some((name) => name !== null) === true ? 12 : 6),
      right: theme.fontSize * 4,
    },
    xAxis: { ...xAxis(theme, { title: 'Gate weight' }), min: 0, scale: false, splitNumber: 3 },
    yAxis: {
      ...yAxis(theme, { title: '' }),
      type: 'category',
      inverse: true,
      data: gate.weights.map((_, index) => modeName(gate, index)),
      axisLabel: { ...label, interval: 0 },
      splitLine: { show: false },
    },
    series: [bars(gate, theme)],
  }
}

function bars(gate: GateReading, theme: ChartTheme): BarSeriesOption {
  const label = axisText(theme)
  return {
    type: 'bar',
    name: 'Gate weight',
    data: [...gate.weights],
    barMaxWidth: theme.fontSize * 1.4,
    itemStyle: { color: seriesColour(theme, 0) },
    label: {
      ...label,
      show: true,
      position: 'right',
      formatter: ({ dataIndex }: { dataIndex: number }) => weightText(gate.weights[dataIndex]),
    },
    emphasis: { disabled: true },
  }
}

/** Three decimals everywhere, so that weights can be compared at a glance. */
function weightText(weight = Number.NaN): string {
  return formatFixed(weight, 3)
}

function axisText(theme: ChartTheme) {
  return { color: theme.text, fontFamily: theme.fontFamily, fontSize: theme.fontSize }
}

/** `Expert 1` … in the order of the network. */
function expertName(index: number): string {
  return `Expert ${index + 1}`
}

/** `Expert 1`, `Expert 2 · late fade`. */
export function modeName({ names = [] }: GateReading, index: number): string {
  const name = names[index] ?? null
  return name === null ? expertName(index) : `${expertName(index)} · ${name}`
}

/** Whether degradation modes may be named, and why not. */
export function describeNaming({ stability, names = [] }: GateReading): string {
  if (stability === null || !Number.isFinite(stability))
    return 'Degradation modes are not named: stability not measured.'
  const measured = `Stability over networks ${formatNumber(stability)} of 1`
  const named = names.filter((name) => name !== null).length
  if (named === 0) return `${measured}: not stable, so degradation modes are not named.`
  return named === names.length ? `${measured}.` : `${measured}; modes that are not stable have no name.`
}

export function describeGate(gate: GateReading): string {
  if (gate.weights.length === 0) return 'No gate weights.'
  const top = gate.weights.indexOf(Math.max(...gate.weights))
  return `${modeName(gate, top)} weighs most, ${weightText(gate.weights[top])} of 1. ${describeNaming(gate)}`
}

export function gateTable(gate: GateReading): Table {
  return {
    columns: [
      { name: 'Expert', unit: null },
      { name: 'Gate weight', unit: '1' },
      { name: 'Gate logit', unit: '1' },
    ],
    rows: gate.weights.map((weight, index) => [modeName(gate, index), weight, gate.logits[index] ?? null]),
  }
}
