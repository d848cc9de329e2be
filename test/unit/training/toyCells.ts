import { createHash } from 'node:crypto'
import type { TrainingSettings } from '../../../src-main/training/problem/settings.ts'
import type { TrainingCell, TrainingRole } from '../../../src-main/training/problem/trainingCell.ts'
import type { Cycle } from '../../../src-shared/cell/cycle.ts'
import { seededRandom } from '../../../src-shared/network/seededRandom.ts'

export interface ToyCell {
  number: number
  role: TrainingRole
  cycles?: number
  chargeRate?: number
  condition?: string
  chemistry?: string
  /** Rate of the discharge before each row's charge; a slower one lets the charge begin emptier. */
  before?: (row: number) => number | null
}

/** A cell whose curve tells its capacity and whose capacity falls faster at a higher charge rate. */
export function toyCell({
  number,
  role,
  cycles = 40,
  chargeRate = 0.5,
  condition = 'toy A',
  chemistry = 'NCA',
  before = () => null,
}: ToyCell): TrainingCell {
  const random = seededRandom(number)
  const start = 0.95 + 0.03 * random.uniform()
  const rows = Array.from({ length: cycles }, (_, row) =>
    toyCycle(row, start - 0.003 * chargeRate * row, { chargeRate, before: before(row) }),
  )
  const path = `toy/${condition}-#${number}.csv`
  return {
    path,
    sha256: createHash('sha256').update(path).digest('hex'),
    cell: `${condition}-#${number}`,
    condition,
    description: { chemistry, nominalCapacity_Ah: 2 },
    simulated: true,
    cycles: rows,
    role,
  }
}

function toyCycle(
  row: number,
  health: number,
  { chargeRate, before }: { chargeRate: number; before: number | null },
): Cycle {
  const emptier = before === null ? 1 : 1 - 0.02 * Math.log2(before)
  const charge = Float64Array.from({ length: 50 }, (_, i) => 2 * emptier * health * (i / 49) ** (1 + health))
  const voltage = Float64Array.from({ length: 14 }, (_, i) => 4.15 + 0.04 * health * Math.exp(-i / 4))
  return {
    row,
    number: row + 2,
    chargeCurve: { from: 3.6, to: 4.15, charge },
    relaxation: { time: null, voltage },
    dischargeCapacity: 2 * health,
    use: {
      charge: { rate: chargeRate },
      discharge: { rate: 1 },
      before: before === null ? null : { rate: before },
      temperature: 25,
    },
    stored: [chargeRate * 10, 1, 25],
  }
}

export function toyCells(): TrainingCell[] {
  const roles: TrainingRole[] = ['train', 'train', 'train', 'validation', 'calibration']
  return [0.5, 1].flatMap((chargeRate) =>
    roles.map((role, i) =>
      toyCell({ number: i + 1, role, chargeRate, condition: chargeRate === 1 ? 'toy B' : 'toy A' }),
    ),
  )
}

/** Small enough for a second, large enough to learn the toy. */
export const toySettings: TrainingSettings = {
  recipe: 'joint',
  network: { T: 12, V: 50, F: 12, E: 3, U: 6, k: 2, alpha: 10 },
  input: { kind: 'joint', features: 12, curveUnit: 'mAh', use: { mean: [0.5, 1, 35], scale: [0.25, 1, 10] } },
  epochs: 12,
  patience: 0,
  windowsPerCell: 0,
  windowsPerEpoch: 512,
  batch: 32,
  learningRate: 1e-2,
  lastLearningRate: 1e-4,
  weightDecay: 0,
  diversityWeight: 0.005,
  roughnessWeight: 0,
  huber: 0,
  riseWeight: 0,
  firstStepWeight: 2,
  planChange: 0.2,
  averaging: 0.9,
  validationWindows: 20,
  curveGain: 0,
  curveNoise: 1e-3,
  curveShift: 0,
  restNoise: 0,
  featureNoise: 0,
}
