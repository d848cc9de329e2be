import type { EChartsOption, LineSeriesOption } from 'echarts'
import { formatCapacity, formatNumber, formatVoltage, formatVoltageWindow } from '../units/labels.ts'
import { bare, frame, grid, legend, roomyRange, xAxis, yAxis, zoom } from './frame.ts'
import type { Table } from './table.ts'
import { type ChartTheme, seriesColour } from './theme.ts'

/** Charge over an even voltage grid, as the contract carries it; the voltages are null where the file does not say. */
export interface CurveValue {
  readonly from_V: number | null
  readonly to_V: number | null
  readonly charge_Ah: readonly number[]
}

export interface CurveChart {
  /** The curve the answer rests on, drawn strong. */
  readonly used: CurveValue
  /** Other cycles, drawn pale behind it. */
  readonly context?: readonly CurveValue[]
}

type Points = readonly (readonly [number, number])[]

/** Charge (Ah) over cell voltage (V) of the constant-current charge. */
export function chargeCurveOption(chart: CurveChart, theme: ChartTheme): EChartsOption {
  return curveOption(chart, { points: chargePoints, title: 'Charge (Ah)', unit: 'Ah' }, theme)
}

/** dQ/dV (Ah/V) over cell voltage: its peaks are the plateaus of the charge curve. */
export function incrementalCapacityOption(chart: CurveChart, theme: ChartTheme): EChartsOption {
  return curveOption(
    chart,
    { points: differencePoints, title: differenceTitle(chart.used), unit: differenceUnit(chart.used) },
    theme,
  )
}

export function describeChargeCurve({ used, context = [] }: CurveChart): string {
  const last = used.charge_Ah.at(-1)
  if (last === undefined) return 'No charge curve was recorded.'
  const window = used.from_V === null ? 'its measured window' : formatVoltageWindow(used.from_V, used.to_V)
  const behind = context.length === 0 ? '' : ` Other cycles are pale.`
  return `${formatCapacity(last)} charged over ${window}, all of it used.${behind}`
}

export function describeIncrementalCapacity({ used }: CurveChart): string {
  const points = differencePoints(used)
  const peak = points.reduce<readonly [number, number] | null>(
    (best, point) => (best === null || point[1] > best[1] ? point : best),
    null,
  )
  if (peak === null) return 'dQ/dV is not determinable.'
  const unit = differenceUnit(used)
  const at = unit === 'Ah/V' ? formatVoltage(peak[0]) : `sample ${formatNumber(peak[0])}`
  return `Highest dQ/dV ${formatNumber(peak[1])} ${unit} at ${at}.`
}

/** Voltage, charge and dQ/dV (between neighbours) of one curve. */
export function curveTable(curve: CurveValue): Table {
  const isKnown = curve.from_V !== null && curve.to_V !== null
  const slopes = differencePoints(curve)
  return {
    columns: [
      isKnown ? { name: 'Cell voltage', unit: 'V' } : { name: 'Sample', unit: null },
      { name: 'Charge', unit: 'Ah' },
      { name: 'dQ/dV to the next', unit: differenceUnit(curve) },
    ],
    rows: chargePoints(curve).map(([x, charge], index) => [x, charge, slopes[index]?.[1] ?? null]),
  }
}

function chargePoints(curve: CurveValue): Points {
  return curve.charge_Ah.map((charge, index) => [abscissa(curve, index), charge] as const)
}

/** Slope between neighbours, placed at their middle: its area is the charge passed. */
function differencePoints(curve: CurveValue): Points {
  const points = chargePoints(curve)
  return points.slice(1).map(([x, charge], index) => {
    const [before, chargeBefore] = points[index] ?? [x, charge]
    return [(before + x) / 2, (charge - chargeBefore) / (x - before)] as const
  })
}

function abscissa({ from_V, to_V, charge_Ah }: CurveValue, index: number): number {
  if (from_V === null || to_V === null) return index + 1
  const at = from_V + ((to_V - from_V) * index) / Math.max(1, charge_Ah.length - 1)
  return Number(at.toFixed(6))
}

function xTitle(curve: CurveValue): string {
  return curve.from_V === null || curve.to_V === null ? 'Sample' : 'Cell voltage (V)'
}

function differenceTitle(curve: CurveValue): string {
  const unit = differenceUnit(curve)
  return unit === 'Ah/V' ? 'dQ/dV (Ah/V)' : `dQ (${unit})`
}

function differenceUnit(curve: CurveValue): string {
  return curve.from_V === null || curve.to_V === null ? 'Ah per sample' : 'Ah/V'
}

interface CurveShape {
  readonly points: (curve: CurveValue) => Points
  readonly title: string
  readonly unit: string
}

const [usedName, contextName] = ['Used', 'Other cycles']

function curveOption(
  chart: CurveChart,
  { points, title, unit }: CurveShape,
  theme: ChartTheme,
): EChartsOption {
  const used = points(chart.used)
  const context = (chart.context ?? []).map(points)
  const range = roomyRange([used, ...context].flat().map(([, y]) => y))
  const names = context.length > 0 ? [usedName, contextName] : []
  return {
    ...frame(theme, unit),
    ...zoom(theme),
    grid: grid(theme, names.length),
    ...(names.length > 0 ? { legend: legend(theme, names, bare(names)) } : {}),
    xAxis: { ...xAxis(theme, { title: xTitle(chart.used), isEndBare: true }), ...xLimits(chart) },
    yAxis: yAxis(theme, { title, ...(range === null ? {} : { range }) }),
    series: [
      ...context.map((one) => curveLine(one, { name: contextName, colour: theme.pale, width: 1 })),
      curveLine(used, { name: usedName, colour: seriesColour(theme, 0), width: 2 }),
    ],
  }
}

/** Of all curves, so that charge and dQ/dV of one cycle stand over the same voltages. */
function xLimits({ used, context = [] }: CurveChart): { min: number; max: number } {
  const curves = [used, ...context]
  const ends = curves.flatMap((curve) => [abscissa(curve, 0), abscissa(curve, curve.charge_Ah.length - 1)])
  return { min: Math.min(...ends), max: Math.max(...ends) }
}

function curveLine(
  points: Points,
  { name, colour, width }: { name: string; colour: string; width: number },
): LineSeriesOption {
  return {
    type: 'line',
    name,
    data: points.map(([x, y]) => [x, y]),
    showSymbol: false,
    itemStyle: { color: colour },
    lineStyle: { color: colour, width },
    emphasis: { disabled: true },
  }
}
