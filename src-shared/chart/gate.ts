import type { BarSeriesOption, EChartsOption } from 'echarts'
import type { GateReading } from '../forecast/assessment.ts'
import { formatNumber } from '../units/labels.ts'
import { frame, grid, xAxis, yAxis } from './frame.ts'
import type { Table } from './table.ts'
import { type ChartTheme, seriesColour } from './theme.ts'

/** Weight of each expert as a bar from 0; experts keep their numbers, because a physical name needs measured stability. */
export function gateOption(gate: GateReading, theme: ChartTheme): EChartsOption {
  const label = axisText(theme)
  return {
    ...frame(theme),
    grid: { ...grid(theme, 0), left: theme.fontSize * 6, right: theme.fontSize * 4 },
    xAxis: { ...xAxis(theme, { title: 'Gate weight' }), min: 0, scale: false, splitNumber: 3 },
    yAxis: {
      ...yAxis(theme, { title: '' }),
      type: 'category',
      inverse: true,
      data: gate.weights.map((_, index) => expertName(index)),
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
  return Number.isFinite(weight) ? weight.toFixed(3) : 'unknown'
}

function axisText(theme: ChartTheme) {
  return { color: theme.text, fontFamily: theme.fontFamily, fontSize: theme.fontSize }
}

/** `Expert 1` … in the order of the network. */
export function expertName(index: number): string {
  return `Expert ${index + 1}`
}

export function describeGate(gate: GateReading): string {
  if (gate.weights.length === 0) return 'No gate weights.'
  const top = gate.weights.indexOf(Math.max(...gate.weights))
  const naming =
    gate.stability === null
      ? 'Degradation modes are not named: stability not measured.'
      : `Stability over seeds ${formatNumber(gate.stability)}.`
  return `${expertName(top)} weighs most, ${weightText(gate.weights[top])} of 1. ${naming}`
}

export function gateTable(gate: GateReading): Table {
  return {
    columns: [
      { name: 'Expert', unit: null },
      { name: 'Gate weight', unit: '1' },
      { name: 'Gate logit', unit: '1' },
    ],
    rows: gate.weights.map((weight, index) => [expertName(index), weight, gate.logits[index] ?? null]),
  }
}
