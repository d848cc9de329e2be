import { kernelForward } from '../../../src-main/kernels/kernelForward.ts'
import type { TrainingCell } from '../../../src-main/training/problem/trainingCell.ts'
import { assessCells } from '../../../src-shared/forecast/assess.ts'
import type { ModelPackage } from '../../../src-shared/forecast/package.ts'
import { seededRandom } from '../../../src-shared/network/seededRandom.ts'
import { described, judgedWindows, type JudgedWindow } from './windows.ts'

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
    `| cells of | ${conditions.map(([name]) => name.replace('UL-NCA ', 'as ')).join(' | ')} | what they lost |`,
    `|---|${conditions.map(() => '---').join('|')}|---|`,
    ...conditions.flatMap(([name], i) => {
      if (own[i].length === 0) return []
      const lost = median(own[i].flatMap(truthOf))
      return [`| ${name} | ${[...rows[i], lost].map(inAh).join(' | ')} |`]
    }),
    'In all the data: 0.04, 0.05, 0.08, 0.15 and, taken further at its rate, about 1.2 Ah.',
    '',
    ...shuffledLines(model, test),
  ]
}

/** Error of the loss under the use that followed, and under that of another condition drawn at random. */
function shuffledLines(model: ModelPackage, test: readonly TrainingCell[]): string[] {
  const cells = test.filter(({ condition }) => condition.startsWith('UL-NCA'))
  const random = seededRandom(1)
  const followed = judgedWindows(model, cells, { stride: 4 })
  const shuffled = judgedWindows(model, cells, {
    stride: 4,
    plan: ({ condition }, _, H) => {
      const others = conditions.filter(([name]) => name !== condition)
      return { name: 'shuffled', blocks: [{ cycles: H, ...others[random.below(others.length)][1] }] }
    },
  })
  const [own, other] = [lossError(followed), lossError(shuffled)]
  return [
    `With the plans shuffled across conditions (seed 1) the loss of UL-NCA cells is ${(other / own).toFixed(1)} times as far off: ${(1000 * other).toFixed(1)} instead of ${(1000 * own).toFixed(1)} mAh.`,
  ]
}

/** Mean absolute error of what the capacity loses, Ah. */
function lossError(windows: readonly JudgedWindow[]): number {
  const errors = windows.flatMap(({ truth, answer: { trajectory } }) =>
    Array.from(truth, (value, t) =>
      Math.abs(trajectory[t].capacity_Ah - trajectory[0].capacity_Ah - value + truth[0]),
    ),
  )
  return errors.reduce((sum, error) => sum + error, 0) / Math.max(1, errors.length)
}

function inAh(fade: number): string {
  return Number.isNaN(fade) ? '–' : fade.toFixed(3)
}

function near({ cycles }: TrainingCell): TrainingCell['cycles'] {
  return cycles.filter(({ dischargeCapacity }) => Math.abs((dischargeCapacity ?? 0) - level_Ah) < near_Ah)
}

/** What a cell really lost from each of its cycles near the level on, in its own use. */
function truthOf(cell: TrainingCell): number[] {
  return near(cell)
    .map(
      ({ row, dischargeCapacity }) =>
        (dischargeCapacity ?? NaN) - (cell.cycles.at(row + 49)?.dischargeCapacity ?? NaN),
    )
    .filter(Number.isFinite)
}

function fades(
  model: ModelPackage,
  cell: TrainingCell,
  plan: {
    name: string
    blocks: { cycles: number; charge_rate: number; discharge_rate: number; temperature_degC: number }[]
  },
): number[] {
  const answers = assessCells(
    { ...model, forward: kernelForward },
    near(cell).map((cycle) => ({
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
