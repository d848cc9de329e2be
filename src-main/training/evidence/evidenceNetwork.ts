import type { EpochReport } from '../../../src-shared/contract/run.ts'
import type { CellTypeEvidence } from '../../../src-shared/evidence/cellTypeEvidence.ts'
import { fillNetworkInput } from '../../../src-shared/evidence/networkAxes.ts'
import type { NetworkInput, Parameters } from '../../../src-shared/network/shape.ts'
import {
  seededRandom,
  type RandomState,
  type SeededRandom,
} from '../../../src-shared/network/seededRandom.ts'
import type { Crew } from '../../kernels/crew.ts'
import { fillEvidence, fillFuture } from './evidenceBatch.ts'
import type { EvidenceRow } from './evidenceRow.ts'
import {
  meanOfIterations,
  startNetworkRun,
  type EpochMeans,
  type NetworkRun,
  type NetworkRunState,
} from '../network/networkRun.ts'
import type { TrainingSettings } from '../problem/settings.ts'

/** Rows to train a network on, each with its cell type, and rows to watch. */
export interface EvidenceSet {
  readonly types: readonly CellTypeEvidence[]
  readonly rows: readonly EvidenceRow[]
  readonly typeOf: Int32Array
  readonly watched: readonly EvidenceRow[]
  readonly watchedTypeOf: Int32Array
  /** Rows that are judged afterwards, with the place of their type. */
  readonly leftOut: readonly { readonly row: EvidenceRow; readonly type: number }[]
}

/** Where the training of one network stands. */
export interface EvidenceRunState {
  readonly random: RandomState
  readonly run: NetworkRunState
  readonly epochs: number
}

export interface EvidenceWatch {
  /** Absent: from the beginning. */
  readonly from?: EvidenceRunState | undefined
  readonly onEpoch: (report: EpochReport, state: () => EvidenceRunState) => void
}

/** Trains a causal network; its parameters are the slow average at the end. Throws `diverged`. */
export function trainEvidenceNetwork(
  set: EvidenceSet,
  { settings, seed, crew }: { settings: TrainingSettings; seed: number; crew: Crew },
  { from, onEpoch }: EvidenceWatch,
): Record<string, Float32Array> {
  const random = seededRandom(seed)
  const source = { ...set, settings, random }
  const run = startNetworkRun(
    { settings, random, level: 0, fill: (batch, places) => fillEvidence(batch, places, source) },
    crew,
  )
  if (from !== undefined) {
    random.restore(from.random)
    run.restore(from.run)
  }
  const groups = [...groupedRows(set.rows).values()]
  const watch = watchedError(set, settings, crew)
  for (let epoch = 1 + (from?.epochs ?? 0); epoch <= settings.epochs; epoch++) {
    const started = performance.now()
    const means = trainEpoch(run, epoch, { groups, settings, random })
    const report = { epoch, ...means, validationLoss: watch(copied(run.average)), seconds: 0 }
    const seconds = (performance.now() - started) / 1000
    onEpoch({ ...report, seconds }, () => ({ random: random.state(), run: run.state(), epochs: epoch }))
  }
  return copied(run.average)
}

function copied(parameters: Parameters): Record<string, Float32Array> {
  return Object.fromEntries(Object.entries(parameters).map(([name, values]) => [name, values.slice()]))
}

interface EpochSource {
  readonly groups: readonly (readonly number[])[]
  readonly settings: TrainingSettings
  readonly random: SeededRandom
}

function trainEpoch(run: NetworkRun, epoch: number, { groups, settings, random }: EpochSource): EpochMeans {
  const iterations = Math.max(1, Math.round(settings.windowsPerEpoch / settings.batch))
  return meanOfIterations(iterations, (i) => {
    const progress = ((epoch - 1) * iterations + i) / (settings.epochs * iterations)
    return run.iterate(drawRows(groups, settings.batch, random), cosine(settings, progress))
  })
}

/** Mean squared error of what the capacity loses over the watched rows. */
function watchedError(
  { types, watched, watchedTypeOf }: EvidenceSet,
  settings: TrainingSettings,
  crew: Crew,
): (parameters: Parameters) => number {
  const { network } = settings
  const input = evidenceInput(
    watched,
    (i) => types[watchedTypeOf[i]].axes,
    (i) => watched[i].capacity,
    settings,
  )
  return (parameters) => {
    const { capacity } = crew.forward(parameters, network, network, input)
    let sum = 0
    let count = 0
    for (let i = 0; i < capacity.length; i++) {
      const lost = capacity[i] - capacity[i - (i % network.T)]
      sum += input.mask[i] * (lost - input.target[i]) ** 2
      count += input.mask[i]
    }
    return sum / Math.max(1, count)
  }
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

/** Root of a number of rows beyond which a condition is drawn no more often. */
const mostShare = 100

/** With replacement, each condition in proportion to the root of its rows. */
function drawRows(groups: readonly (readonly number[])[], count: number, random: SeededRandom): Int32Array {
  const shares = groups.map((group) => Math.min(mostShare, Math.sqrt(group.length)))
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
  axesOf: (i: number) => CellTypeEvidence['axes'],
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
      {
        experts: input.curve.subarray(b * V, (b + 1) * V),
        features: input.features.subarray(b * F, (b + 1) * F),
      },
      axesOf(b),
      { ...row, capacity: healthOf(b) },
    )
    fillFuture(input, b, row, T)
  })
  return input
}
