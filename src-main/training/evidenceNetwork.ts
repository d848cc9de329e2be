import type { EpochReport } from '../../src-shared/contract/requests.ts'
import type { CellTypeEvidence } from '../../src-shared/evidence/cellTypeEvidence.ts'
import { fillNetworkInput } from '../../src-shared/evidence/networkAxes.ts'
import type { NetworkInput } from '../../src-shared/network/shape.ts'
import { seededRandom, type SeededRandom } from '../../src-shared/network/seededRandom.ts'
import type { Crew } from '../kernels/crew.ts'
import { fillEvidence, fillFuture } from './evidenceBatch.ts'
import type { EvidenceRow } from './evidenceRows.ts'
import { startNetworkRun } from './networkRun.ts'
import type { TrainingSettings } from './settings.ts'

/** Trains a network on rows of several types; its parameters are the slow average at the end. */
export function trainEvidenceNetwork(
  order: {
    readonly rows: readonly EvidenceRow[]
    readonly types: readonly CellTypeEvidence[]
    readonly typeOf: Int32Array
    readonly settings: TrainingSettings
    readonly seed: number
  },
  crew: Crew,
  onEpoch: (report: Omit<EpochReport, 'validationLoss'>) => void,
): Record<string, Float32Array> {
  const { rows, settings } = order
  const random = seededRandom(order.seed)
  const source = { ...order, random }
  const run = startNetworkRun(
    { settings, random, level: 0, fill: (batch, places) => fillEvidence(batch, places, source) },
    crew,
  )
  const groups = [...groupedRows(rows).values()]
  const iterations = Math.max(1, Math.round(settings.windowsPerEpoch / settings.batch))
  for (let epoch = 1; epoch <= settings.epochs; epoch++) {
    const started = performance.now()
    const means = { trainLoss: 0, gateEntropy: 0 }
    for (let i = 0; i < iterations; i++) {
      const progress = ((epoch - 1) * iterations + i) / (settings.epochs * iterations)
      const step = run.iterate(drawRows(groups, settings.batch, random), cosine(settings, progress))
      means.trainLoss += step.loss / iterations
      means.gateEntropy += step.gateEntropy / iterations
    }
    onEpoch({ epoch, ...means, seconds: (performance.now() - started) / 1000 })
  }
  return Object.fromEntries(Object.entries(run.average).map(([name, values]) => [name, values.slice()]))
}

function cosine({ learningRate, lastLearningRate }: TrainingSettings, progress: number): number {
  return lastLearningRate + (learningRate - lastLearningRate) * 0.5 * (1 + Math.cos(Math.PI * progress))
}

function groupedRows(rows: readonly EvidenceRow[]): Map<string, number[]> {
  const groups = new Map<string, number[]>()
  rows.forEach(({ condition }, i) => {
    const group = groups.get(condition)
    if (group === undefined) groups.set(condition, [i])
    else group.push(i)
  })
  return groups
}

function drawRows(groups: readonly (readonly number[])[], count: number, random: SeededRandom): Int32Array {
  const shares = groups.map((group) => Math.sqrt(group.length))
  const total = shares.reduce((sum, share) => sum + share, 0)
  return Int32Array.from({ length: count }, () => {
    let left = random.uniform() * total
    let index = 0
    while (index < groups.length - 1 && left >= shares[index]) left -= shares[index++]
    return groups[index][random.below(groups[index].length)]
  })
}

/** Rows as the network reads them, unchanged, at the given health: (N,…). */
export function evidenceInput(
  rows: readonly EvidenceRow[],
  axesOf: (row: EvidenceRow, i: number) => CellTypeEvidence['axes'],
  healthOf: (i: number) => number,
  { network: { T, V, F } }: TrainingSettings,
): NetworkInput & { readonly target: Float32Array; readonly mask: Float32Array } {
  const B = rows.length
  const input = {
    B,
    curve: new Float32Array(B * V),
    features: new Float32Array(B * F),
    use: new Float32Array(B * T * 3),
    target: new Float32Array(B * T),
    mask: new Float32Array(B * T),
  }
  rows.forEach((row, b) => {
    fillNetworkInput(
      { experts: input.curve.subarray(b * V, (b + 1) * V), features: input.features.subarray(b * F, (b + 1) * F) },
      axesOf(row, b),
      { ...row, capacity: healthOf(b) },
    )
    fillFuture(input, b, row, T)
  })
  return input
}
