import type { EChartsOption, LineSeriesOption } from 'echarts'
import { formatFixed, formatMeasured, formatNumber } from '../units/labels.ts'
import { briefName } from './briefName.ts'
import { bare, frame, grid, legend, xAxis, yAxis, zoom } from './frame.ts'
import { lossScale, type EpochLoss } from './loss.ts'
import type { Table } from './table.ts'
import { type ChartTheme, seriesColour } from './theme.ts'

export interface EpochGate {
  readonly epoch: number
  /** nats */
  readonly gateEntropy: number
  /** (E) in the order of the network; empty where it was not kept. */
  readonly gateWeights: readonly number[]
}

export interface EpochCurves extends EpochLoss, EpochGate {}

/** A run under a label that no other has. */
export interface LabelledRun {
  readonly label: string
  readonly history: readonly EpochCurves[]
}

/** Dashes by place, so that colour is never the only sign. */
const dashes: readonly ('solid' | number[])[] = [
  'solid',
  [6, 3],
  [2, 2],
  [10, 3, 2, 3],
  [12, 4],
  [4, 4],
  [1, 3],
]

/** Mean gate weight of each expert over the epochs of one run. */
export function gateWeightsOption(history: readonly EpochGate[], theme: ChartTheme): EChartsOption {
  const names = expertNames(history)
  return {
    ...epochFrame(theme, names, 'Gate weight by expert'),
    legend: {
      ...legend(theme, names, bare(names)),
      formatter: (name: string) => name.replace('Expert ', ''),
    },
    series: names.map((name, e) =>
      line(theme, {
        name,
        points: history.map(({ epoch, gateWeights }) => [epoch, gateWeights[e] ?? NaN]),
        colour: e,
        dash: dashes[e % dashes.length],
      }),
    ),
  }
}

export function describeGateWeights(history: readonly EpochGate[]): string {
  const last = history.at(-1)
  if (last === undefined) return 'No epoch has ended yet.'
  const { epoch, gateEntropy, gateWeights } = last
  const most = Math.log(gateWeights.length)
  const told = `Epoch ${epoch}: mean gate entropy ${formatMeasured(gateEntropy)} nats`
  if (gateWeights.length === 0) return `${told}; weights were not kept.`
  const top = gateWeights.indexOf(Math.max(...gateWeights))
  return `${told} of at most ${formatMeasured(most)}; expert ${top + 1} weighs most, ${formatFixed(gateWeights[top] ?? NaN, 3)} of 1.`
}

export function gateWeightsTable(history: readonly EpochGate[]): Table {
  const names = expertNames(history)
  return {
    columns: [
      { name: 'Epoch', unit: null },
      { name: 'Gate entropy', unit: 'nat' },
      ...names.map((name) => ({ name, unit: '1' })),
    ],
    rows: history.map(({ epoch, gateEntropy, gateWeights }) => [
      epoch,
      gateEntropy,
      ...names.map((_, e) => gateWeights[e] ?? null),
    ]),
  }
}

/** Losses of several runs: a colour a run, training dashed and thin, validation solid. */
export function runLossOption(runs: readonly LabelledRun[], theme: ChartTheme): EChartsOption {
  return {
    ...epochFrame(
      theme,
      runs.map(({ label }) => label),
      'Loss',
    ),
    yAxis: { ...yAxis(theme, { title: 'Loss' }), ...lossScale(runs.flatMap(({ history }) => history)) },
    series: runs.flatMap(({ label, history }, i) => {
      const positive = (of: (report: EpochLoss) => number): [number, number][] =>
        history.map((report) => [report.epoch, of(report) > 0 ? of(report) : NaN])
      return [
        line(theme, { name: label, points: positive((one) => one.validationLoss), colour: i, dash: 'solid' }),
        {
          ...line(theme, {
            name: `${label}, training`,
            points: positive((one) => one.trainLoss),
            colour: i,
            dash: [4, 4],
          }),
          z: 1,
        },
      ]
    }),
  }
}

export function describeRunLosses(runs: readonly LabelledRun[]): string {
  const best = runs.map(({ label, history }) => {
    const least = history.reduce<EpochLoss | null>(
      (found, one) => (found === null || one.validationLoss < found.validationLoss ? one : found),
      null,
    )
    return least === null
      ? `${briefName(label)}: no epoch has ended`
      : `${briefName(label)}: ${formatMeasured(least.validationLoss)} in epoch ${least.epoch}`
  })
  return `Validation loss solid, training loss dashed. Best validation: ${best.join('; ')}.`
}

export function runLossTable(runs: readonly LabelledRun[]): Table {
  return epochTable(runs, [
    { name: 'training loss', unit: null, of: (one) => one.trainLoss },
    { name: 'validation loss', unit: null, of: (one) => one.validationLoss },
  ])
}

/** Mean gate entropy of several runs, a colour a run. */
export function runEntropyOption(runs: readonly LabelledRun[], theme: ChartTheme): EChartsOption {
  return {
    ...epochFrame(
      theme,
      runs.map(({ label }) => label),
      'Gate entropy (nats)',
    ),
    series: runs.map(({ label, history }, i) =>
      line(theme, {
        name: label,
        points: history.map(({ epoch, gateEntropy }) => [epoch, gateEntropy]),
        colour: i,
        dash: dashes[i % dashes.length],
      }),
    ),
  }
}

/** Gate weights of several runs, a colour a run and a dash an expert: experts of two runs have nothing to do with each other. */
export function runGateWeightsOption(runs: readonly LabelledRun[], theme: ChartTheme): EChartsOption {
  return {
    ...epochFrame(
      theme,
      runs.map(({ label }) => label),
      'Gate weight',
    ),
    series: runs.flatMap(({ label, history }, i) =>
      expertNames(history).map((expert, e) =>
        line(theme, {
          name: e === 0 ? label : `${label}, ${expert.toLowerCase()}`,
          points: history.map(({ epoch, gateWeights }) => [epoch, gateWeights[e] ?? NaN]),
          colour: i,
          dash: dashes[e % dashes.length],
        }),
      ),
    ),
  }
}

export function describeRunGates(runs: readonly LabelledRun[]): string {
  const last = runs.flatMap(({ label, history }) => {
    const report = history.at(-1)
    return report === undefined ? [] : [`${briefName(label)} ${formatNumber(report.gateEntropy)} nats`]
  })
  return last.length === 0
    ? 'No epoch has ended yet.'
    : `Gate entropy at the last epoch: ${last.join('; ')}. The more, the more evenly the experts share.`
}

export function runGateTable(runs: readonly LabelledRun[]): Table {
  const most = runs.map(({ history }) => expertNames(history).length)
  return epochTable(runs, [
    { name: 'gate entropy', unit: 'nat', of: (one) => one.gateEntropy },
    ...Array.from({ length: Math.max(0, ...most) }, (_, e) => ({
      name: `expert ${e + 1}`,
      unit: '1',
      of: (one: EpochCurves) => one.gateWeights[e] ?? null,
    })),
  ])
}

interface EpochColumn {
  readonly name: string
  readonly unit: string | null
  readonly of: (report: EpochCurves) => number | null
}

function epochTable(runs: readonly LabelledRun[], columns: readonly EpochColumn[]): Table {
  return {
    columns: ['Run', 'Epoch', ...columns.map(({ name }) => name)].map((name, i) => ({
      name: name.charAt(0).toUpperCase() + name.slice(1),
      unit: columns[i - 2]?.unit ?? null,
    })),
    rows: runs.flatMap(({ label, history }) =>
      history.map((report) => [label, report.epoch, ...columns.map(({ of }) => of(report))]),
    ),
  }
}

function expertNames(history: readonly EpochGate[]): string[] {
  const count = history.reduce((most, { gateWeights }) => Math.max(most, gateWeights.length), 0)
  return Array.from({ length: count }, (_, e) => `Expert ${e + 1}`)
}

function epochFrame(theme: ChartTheme, names: readonly string[], title: string): EChartsOption {
  return {
    ...frame(theme),
    ...zoom(theme),
    grid: grid(theme, 2),
    legend: legend(theme, names, bare(names)),
    xAxis: { ...xAxis(theme, { title: 'Epoch', isWhole: true }), min: 'dataMin', max: 'dataMax' },
    yAxis: yAxis(theme, { title }),
  }
}

interface Line {
  readonly name: string
  readonly points: readonly (readonly [number, number])[]
  readonly colour: number
  readonly dash: 'solid' | number[] | undefined
}

function line(theme: ChartTheme, { name, points, colour, dash = 'solid' }: Line): LineSeriesOption {
  const color = seriesColour(theme, colour)
  const drawn = points.filter(([, value]) => Number.isFinite(value))
  return {
    type: 'line',
    name,
    data: drawn.map(([epoch, value]) => [epoch, value]),
    showSymbol: drawn.length < 3,
    symbol: 'circle',
    itemStyle: { color },
    lineStyle: { color, width: 1.75, type: dash },
    emphasis: { disabled: true },
  }
}
