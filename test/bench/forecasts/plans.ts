import { kernelForward } from '../../../src-main/kernels/kernelForward.ts'
import type { TrainingCell } from '../../../src-main/training/trainingCell.ts'
import { assessCells } from '../../../src-shared/forecast/assess.ts'
import type { ModelPackage } from '../../../src-shared/forecast/package.ts'
import { described } from './windows.ts'

const conditions: [string, { charge_rate: number; discharge_rate: number; temperature_degC: number }][] = [
  ['UL-NCA CY45-05_1', { charge_rate: 0.5, discharge_rate: 1, temperature_degC: 45 }],
  ['UL-NCA CY35-05_1', { charge_rate: 0.5, discharge_rate: 1, temperature_degC: 35 }],
  ['UL-NCA CY25-025_1', { charge_rate: 0.25, discharge_rate: 1, temperature_degC: 25 }],
  ['UL-NCA CY25-05_1', { charge_rate: 0.5, discharge_rate: 1, temperature_degC: 25 }],
  ['UL-NCA CY25-1_1', { charge_rate: 1, discharge_rate: 1, temperature_degC: 25 }],
]
const level_Ah = 2.9
const near_Ah = 0.05

/** Median fade over 50 cycles of NCA test cells near 2.9 Ah under the plan of every condition. */
export function planLines(model: ModelPackage, test: readonly TrainingCell[]): string[] {
  const own = conditions.map(([name]) => test.filter(({ condition }) => condition === name))
  const rows = own.map((cells) =>
    conditions.map(([, use]) =>
      median(cells.flatMap((cell) => fades(model, cell, { name: 'plan', blocks: [{ cycles: 50, ...use }] }))),
    ),
  )
  return [
    '## Plans exchanged',
    `Median fade in Ah over 50 cycles of test cells near ${level_Ah} Ah, under the plan of each condition.`,
    '',
    `| cells of | ${conditions.map(([name]) => name.replace('UL-NCA ', 'as ')).join(' | ')} |`,
    `|---|${conditions.map(() => '---').join('|')}|`,
    ...conditions.flatMap(([name], i) =>
      own[i].length === 0 ? [] : [`| ${name} | ${rows[i].map((fade) => fade.toFixed(3)).join(' | ')} |`],
    ),
    'In the data: 0.04, 0.05, 0.08, 0.15 and, taken further at its rate, about 1.2 Ah.',
  ]
}

function fades(
  model: ModelPackage,
  cell: TrainingCell,
  plan: {
    name: string
    blocks: { cycles: number; charge_rate: number; discharge_rate: number; temperature_degC: number }[]
  },
): number[] {
  const near = cell.cycles.filter(
    ({ dischargeCapacity }) => Math.abs((dischargeCapacity ?? 0) - level_Ah) < near_Ah,
  )
  const answers = assessCells(
    { ...model, forward: kernelForward },
    near.map((cycle) => ({
      cell: { name: cell.cell, description: described(cell), cycles: [cycle] },
      scenarios: [plan],
      horizon: 50,
    })),
  )
  return answers.flatMap(([answer]) =>
    'trajectory' in answer ? [answer.trajectory[0].capacity_Ah - answer.trajectory[49].capacity_Ah] : [],
  )
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted.at(Math.floor(sorted.length / 2)) ?? NaN
}
