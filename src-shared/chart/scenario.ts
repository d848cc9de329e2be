import type { EChartsOption, LineSeriesOption } from 'echarts'
import { type PlannedCycle, plannedCycles, type Scenario } from '../forecast/scenario.ts'
import { formatCycles, formatRate, formatTemperature } from '../units/labels.ts'
import { frame, type Range, roomyRange, xAxis, yAxis, zoom } from './frame.ts'
import type { PlanReading } from './plan.ts'
import type { Table } from './table.ts'
import { type ChartTheme, seriesColour } from './theme.ts'

export interface ScenarioChart {
  readonly scenario: Scenario
  /** Cycles ahead to draw; the last block is held. */
  readonly horizon: number
  /** What the model was trained on, shaded. */
  readonly trained: PlanReading['trained']
}

interface Quantity {
  readonly title: string
  readonly of: (cycle: PlannedCycle) => number
  readonly trained: readonly Range[]
}

/** Three steps over the cycles ahead: charge rate, discharge rate, temperature; the trained domain is shaded. */
export function scenarioOption(chart: ScenarioChart, theme: ChartTheme): EChartsOption {
  const plan = plannedCycles(chart.scenario, chart.horizon)
  const quantities = quantitiesOf(chart.trained)
  return {
    ...frame(theme),
    ...zoom(theme, [0, 1, 2]),
    axisPointer: { link: [{ xAxisIndex: 'all' }] },
    grid: quantities.map((_, index) => third(theme, index)),
    xAxis: quantities.map((_, gridIndex) => ({
      ...xAxis(theme, { title: 'Cycles ahead', gridIndex, isTitled: gridIndex === 2, isWhole: true }),
      min: 0,
      max: Math.max(1, plan.length),
    })),
    yAxis: quantities.map((quantity, gridIndex) => quantityAxis(quantity, { plan, gridIndex, theme })),
    series: quantities.map((quantity, index) => stepSeries(quantity, { plan, index, theme })),
  }
}

/** `80 cycles at 0.5 C charge, 1 C discharge, 25 °C; then held`: one scenario in words. */
export function describeScenario(scenario: Scenario): string {
  if (scenario.blocks.length === 0) return 'No blocks.'
  const blocks = scenario.blocks.map(
    (block) =>
      `${formatCycles(block.cycles)} at ${formatRate(block.charge_rate)} charge, ` +
      `${formatRate(block.discharge_rate)} discharge, ${formatTemperature(block.temperature_degC)}`,
  )
  return `${blocks.join('; then ')}; the last block is held.`
}

/** One row a planned cycle. */
export function scenarioTable({ scenario, horizon }: Pick<ScenarioChart, 'scenario' | 'horizon'>): Table {
  return {
    columns: [
      { name: 'Cycles ahead', unit: null },
      { name: 'Charge rate', unit: 'C' },
      { name: 'Discharge rate', unit: 'C' },
      { name: 'Temperature', unit: '°C' },
    ],
    rows: plannedCycles(scenario, horizon).map((use, cycle) => [
      cycle,
      use.chargeRate,
      use.dischargeRate,
      use.temperature,
    ]),
  }
}

function quantitiesOf(trained: PlanReading['trained']): Quantity[] {
  return [
    { title: 'Charge (C)', of: (cycle) => cycle.chargeRate, trained: trained.charge_rate },
    { title: 'Discharge (C)', of: (cycle) => cycle.dischargeRate, trained: trained.discharge_rate },
    { title: 'Temp. (°C)', of: (cycle) => cycle.temperature, trained: trained.temperature_degC },
  ]
}

interface StepPlace {
  readonly plan: readonly PlannedCycle[]
  readonly theme: ChartTheme
}

function quantityAxis(quantity: Quantity, { plan, gridIndex, theme }: StepPlace & { gridIndex: number }) {
  const trained = quantity.trained.flatMap(({ low, high }) => [low, high])
  const range = roomyRange([...plan.map(quantity.of), ...trained])
  const axis = yAxis(theme, { title: quantity.title, gridIndex, ...(range === null ? {} : { range }) })
  return { ...axis, splitNumber: 2 }
}

function stepSeries(
  quantity: Quantity,
  { plan, index, theme }: StepPlace & { index: number },
): LineSeriesOption {
  const colour = seriesColour(theme, index)
  const last = plan.at(-1)
  const held = last === undefined ? [] : [[plan.length, quantity.of(last)]]
  return {
    type: 'line',
    name: quantity.title,
    step: 'end',
    xAxisIndex: index,
    yAxisIndex: index,
    data: [...plan.map((cycle, at) => [at, quantity.of(cycle)]), ...held],
    showSymbol: false,
    itemStyle: { color: colour },
    lineStyle: { color: colour, width: 2 },
    emphasis: { disabled: true },
    ...shading(quantity.trained, theme),
  }
}

function shading(trained: readonly Range[], theme: ChartTheme) {
  if (trained.length === 0) return {}
  return {
    markArea: {
      silent: true,
      itemStyle: { color: theme.axis, opacity: 0.18 },
      data: trained.map(
        ({ low, high }) => [{ yAxis: low }, { yAxis: high }] as [{ yAxis: number }, { yAxis: number }],
      ),
    },
  }
}

function third(theme: ChartTheme, index: number) {
  const foot = theme.fontSize * 3.6
  const tops = ['3%', '32%', '61%'] as const
  const bottoms = ['71%', '42%', foot] as const
  return {
    left: theme.fontSize * 5.2,
    right: theme.fontSize * 1.5,
    top: tops[index] ?? '3%',
    bottom: bottoms[index] ?? foot,
  }
}
