import type { EChartsOption, LineSeriesOption } from 'echarts'
import { formatMeasured } from '../units/labels.ts'
import { bare, frame, grid, legend, xAxis, yAxis, zoom } from './frame.ts'
import type { Table } from './table.ts'
import { type ChartTheme, seriesColour } from './theme.ts'

export interface EpochLoss {
  readonly epoch: number
  readonly trainLoss: number
  readonly validationLoss: number
}

/** Training (solid) and validation (dashed) loss over epochs on a logarithmic axis; works from the first epoch on. */
export function lossOption(history: readonly EpochLoss[], theme: ChartTheme): EChartsOption {
  return {
    ...frame(theme),
    ...zoom(theme),
    grid: grid(theme, 2),
    legend: legend(theme, lineNames, bare(lineNames)),
    xAxis: { ...xAxis(theme, { title: 'Epoch', isWhole: true }), min: 'dataMin', max: 'dataMax' },
    yAxis: { ...yAxis(theme, { title: 'Loss' }), ...lossScale(history) },
    series: [
      lossLine(
        history,
        { name: 'Training', of: (report) => report.trainLoss, dash: 'solid', index: 0 },
        theme,
      ),
      lossLine(
        history,
        { name: 'Validation', of: (report) => report.validationLoss, dash: [6, 3], index: 1 },
        theme,
      ),
    ],
  }
}

/** Logarithmic from the 1-2-5 step below the least loss to the one above the greatest; linear where that is no decade. */
export function lossScale(history: readonly EpochLoss[]): {
  type: 'log' | 'value'
  min?: number
  max?: number
} {
  const losses = history
    .flatMap(({ trainLoss, validationLoss }) => [trainLoss, validationLoss])
    .filter((loss) => loss > 0 && Number.isFinite(loss))
  if (losses.length === 0) return { type: 'log' }
  const least = losses.reduce((low, loss) => Math.min(low, loss))
  const greatest = losses.reduce((high, loss) => Math.max(high, loss))
  if (greatest < 10 * least) return { type: 'value' }
  return { type: 'log', min: stepBelow(least), max: 1 / stepBelow(1 / greatest) }
}

/** Of 1, 2, 5 times a power of ten the greatest that is not above the value; its inverse is such a step, too. */
function stepBelow(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value))
  const step = [5, 2, 1].find((factor) => factor * power <= value) ?? 1
  return Number((step * power).toPrecision(1))
}

export function describeLoss(history: readonly EpochLoss[]): string {
  const last = history.at(-1)
  if (last === undefined) return 'No epoch has ended yet.'
  const best = history.reduce((least, report) =>
    report.validationLoss < least.validationLoss ? report : least,
  )
  return (
    `Epoch ${last.epoch}: training loss ${formatMeasured(last.trainLoss)}, ` +
    `validation loss ${formatMeasured(last.validationLoss)}; ` +
    `best validation ${formatMeasured(best.validationLoss)} in epoch ${best.epoch}.`
  )
}

export function lossTable(history: readonly EpochLoss[]): Table {
  return {
    columns: ['Epoch', 'Training loss', 'Validation loss'].map((name) => ({ name, unit: null })),
    rows: history.map(({ epoch, trainLoss, validationLoss }) => [epoch, trainLoss, validationLoss]),
  }
}

const lineNames = ['Training', 'Validation'] as const

interface LossLine {
  readonly name: string
  readonly of: (report: EpochLoss) => number
  readonly dash: 'solid' | number[]
  readonly index: number
}

function lossLine(history: readonly EpochLoss[], line: LossLine, theme: ChartTheme): LineSeriesOption {
  const colour = seriesColour(theme, line.index)
  const positive = history.filter((report) => line.of(report) > 0)
  return {
    type: 'line',
    name: line.name,
    data: positive.map((report) => [report.epoch, line.of(report)]),
    showSymbol: history.length < 3,
    symbol: 'circle',
    itemStyle: { color: colour },
    lineStyle: { color: colour, width: 1.75, type: line.dash },
    emphasis: { disabled: true },
  }
}
