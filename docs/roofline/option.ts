import type { EChartsOption } from 'echarts'
import { frame, grid, xAxis, yAxis } from '../../src-shared/chart/frame.ts'
import { paperTheme, seriesColour, seriesSymbol } from '../../src-shared/chart/theme.ts'
import type { Ceilings } from './ceilings.ts'

export interface Point {
  readonly name: string
  /** Operations for each byte that must move. */
  readonly intensity: number
  readonly gflops: number
}

const theme = { ...paperTheme, fontSize: 12, background: '#ffffff' }
const [least, most] = [0.125, 64]

/** Ceilings as lines, kernels as points; both axes logarithmic. */
export function rooflineOption(ceilings: Ceilings, points: readonly Point[]): EChartsOption {
  const { compute, firstLevel, thirdLevel } = ceilings
  const roofs = [Infinity, firstLevel, thirdLevel]
  const names = [
    words(`128-bit SIMD: ${compute.toFixed(0)} GFLOPS`, [2, compute], 'top'),
    words(`first-level cache: ${firstLevel.toFixed(0)} GB/s`, [0.5, firstLevel * 0.5], 'left'),
    words(`third-level cache: ${thirdLevel.toFixed(0)} GB/s`, [0.2, thirdLevel * 0.2], 'right'),
  ]
  return {
    ...frame(theme),
    backgroundColor: theme.background,
    grid: { ...grid(theme), right: 24 },
    xAxis: {
      ...xAxis(theme, { title: 'Operations per byte moved', range: { low: least, high: most } }),
      type: 'log',
      logBase: 2,
    },
    yAxis: {
      ...yAxis(theme, { title: 'GFLOPS, one thread', range: { low: 4, high: 128 } }),
      type: 'log',
      logBase: 2,
    },
    series: [
      ...roofs.map((reach) => ({
        type: 'line' as const,
        showSymbol: false,
        lineStyle: { color: theme.muted, width: 1.5 },
        data: [least, compute / reach, most]
          .filter((intensity) => intensity >= least)
          .map((intensity) => [intensity, Math.min(compute, reach * intensity)]),
      })),
      ...names,
      ...points.map(({ intensity, gflops }, i) => ({
        type: 'scatter' as const,
        symbol: seriesSymbol(i),
        symbolSize: 10,
        itemStyle: { color: seriesColour(theme, i) },
        data: [[intensity, gflops]],
      })),
      ...points.map(({ name, intensity, gflops }, i) => {
        return words(`${name}: ${gflops.toFixed(0)}`, [intensity, gflops], i % 2 === 0 ? 'right' : 'left')
      }),
    ],
  }
}

function words(text: string, place: [number, number], position: 'left' | 'right' | 'top') {
  return {
    type: 'scatter' as const,
    symbolSize: 0,
    silent: true,
    data: [place],
    label: {
      show: true,
      position,
      distance: 8,
      formatter: text,
      color: theme.text,
      fontSize: theme.fontSize,
    },
  }
}
