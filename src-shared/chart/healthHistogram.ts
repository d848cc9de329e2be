import type { EChartsOption } from 'echarts'
import { formatPercent } from '../units/labels.ts'
import type { Fraction } from '../units/quantities.ts'
import { frame, grid, xAxis, yAxis } from './frame.ts'
import { type ChartTheme, seriesColour } from './theme.ts'

export interface HealthBin {
  readonly from: Fraction
  readonly to: Fraction
  readonly count: number
}

/** Bins of one, two or five percent, whichever gives no more than thirty, from the least state of health to the greatest. */
export function healthBins(values: readonly Fraction[]): HealthBin[] {
  if (values.length === 0) return []
  const [least, greatest] = values.reduce(
    ([low, high], value) => [Math.min(low, value), Math.max(high, value)],
    [Infinity, -Infinity],
  )
  const step = [1, 2, 5, 10].find((percent) => (greatest - least) * 100 <= 28 * percent) ?? 20
  const first = Math.floor((least * 100) / step)
  const counts = new Array<number>(Math.floor((greatest * 100) / step) - first + 1).fill(0)
  for (const value of values) counts[Math.floor((value * 100) / step) - first]++
  return counts.map((count, i) => ({
    from: ((first + i) * step) / 100,
    to: ((first + i + 1) * step) / 100,
    count,
  }))
}

/** How many batteries have which state of health (%), one bar a bin. */
export function healthHistogramOption(bins: readonly HealthBin[], theme: ChartTheme): EChartsOption {
  const [first, last] = [bins.at(0)?.from ?? 0, bins.at(-1)?.to ?? 1]
  return {
    ...frame(theme),
    grid: grid(theme),
    xAxis: {
      ...xAxis(theme, { title: 'State of health (%)', range: { low: first * 100, high: last * 100 } }),
    },
    yAxis: { ...yAxis(theme, { title: 'Batteries', isWhole: true }), min: 0 },
    series: [
      {
        type: 'custom',
        data: bins.map(({ from, to, count }) => [from * 100, to * 100, count]),
        encode: { x: [0, 1], y: 2 },
        renderItem: (_, api) => {
          const [x, y] = api.coord([api.value(0), api.value(2)])
          const [right, base] = api.coord([api.value(1), 0])
          return {
            type: 'rect',
            shape: { x: x + 0.5, y, width: Math.max(0.5, right - x - 1), height: base - y },
            style: { fill: seriesColour(theme, 0) },
          }
        },
      },
    ],
  }
}

export function describeHealth(values: readonly Fraction[], median: Fraction): string {
  if (values.length === 0) return 'No battery of the lot has a state of health.'
  const [least, greatest] = values.reduce(
    ([low, high], value) => [Math.min(low, value), Math.max(high, value)],
    [Infinity, -Infinity],
  )
  const count = values.length === 1 ? '1 battery' : `${values.length} batteries`
  return `State of health of ${count}: ${formatPercent(least)} to ${formatPercent(greatest)}, median ${formatPercent(median)}.`
}
