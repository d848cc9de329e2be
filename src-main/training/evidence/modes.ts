import type { CellTypeEvidence } from '../../../src-shared/evidence/cellTypeEvidence.ts'
import type { DegradationMode } from '../../../src-shared/forecast/package.ts'
import { expertBiasName, expertWeightName } from '../../../src-shared/network/parameters.ts'
import { seededRandom } from '../../../src-shared/network/seededRandom.ts'
import type { Parameters } from '../../../src-shared/network/shape.ts'
import type { Fraction } from '../../../src-shared/units/quantities.ts'
import type { Crew } from '../../kernels/crew.ts'
import { bestAssignment } from './assignment.ts'
import { evidenceInput } from './evidenceNetwork.ts'
import type { EvidenceRow } from './evidenceRow.ts'
import { groupedBy, mean } from '../problem/grouping.ts'
import type { TrainingSettings } from '../problem/settings.ts'

/** A row with the place of its cell type. */
interface TypedRow {
  readonly row: EvidenceRow
  readonly type: number
}

/** What the gate and the experts of one trained network do. */
export interface GateRecord {
  /** E columns (N): the gate's weight of each expert in every sampled row. */
  readonly weights: readonly Float64Array[]
  /** E rows (T): what each expert adds to the loss forecast, mean over the sampled rows. */
  readonly effects: readonly Float64Array[]
  /** (E) what the forecast is further off without it on cells left out; empty where none were. */
  readonly costs: readonly Fraction[]
}

export interface GateQuestion {
  /** The same for every network. */
  readonly all: readonly TypedRow[]
  readonly leftOut: readonly TypedRow[]
  readonly types: readonly CellTypeEvidence[]
}

interface TrainedNetwork {
  readonly parameters: Record<string, Float32Array>
  readonly settings: TrainingSettings
  readonly crew: Crew
}

/** Reads gate weights, and what each expert does, by giving its share to the others. */
export function readGates({ all, leftOut, types }: GateQuestion, network: TrainedNetwork): GateRecord {
  const { E, T } = network.settings.network
  const { parameters } = network
  const sampled = forecastOf(all, types, network)
  const judged = leftOut.length === 0 ? null : forecastOf(leftOut, types, network)
  const whole = sampled(parameters)
  const wholeError = judged === null ? 0 : judged(parameters).error
  const without = Array.from({ length: E }, (_, e) => withoutExpert(parameters, e, E))
  return {
    weights: Array.from({ length: E }, (_, e) => whole.gate.filter((_, i) => i % E === e)),
    effects: without.map((others) => {
      const { meanLoss } = sampled(others)
      return Float64Array.from({ length: T }, (_, t) => whole.meanLoss[t] - meanLoss[t])
    }),
    costs: judged === null ? [] : without.map((others) => judged(others).error - wholeError),
  }
}

/** The network as if the expert did what the others do on average. */
function withoutExpert(parameters: Parameters, e: number, E: number): Record<string, Float32Array> {
  const meanOf = (name: (e: number) => string): Float32Array =>
    parameters[name(e)].map((_, i) =>
      mean(Array.from({ length: E }, (_, o) => o).flatMap((o) => (o === e ? [] : [parameters[name(o)][i]]))),
    )
  return {
    ...parameters,
    [expertWeightName(e)]: meanOf(expertWeightName),
    [expertBiasName(e)]: meanOf(expertBiasName),
  }
}

/** What a network says of rows under the use that followed: gate (N,E), mean loss (T), mean absolute error. */
function forecastOf(
  rows: readonly TypedRow[],
  types: readonly CellTypeEvidence[],
  { settings, crew }: TrainedNetwork,
): (parameters: Parameters) => { gate: Float64Array; meanLoss: Float64Array; error: Fraction } {
  const { network } = settings
  const { T } = network
  const input = evidenceInput(
    rows.map(({ row }) => row),
    (i) => types[rows[i].type].axes,
    (i) => rows[i].row.capacity,
    settings,
  )
  return (parameters) => {
    const { capacity, gateWeights } = crew.forward(parameters, network, network, input)
    const meanLoss = new Float64Array(T)
    let sum = 0
    let count = 0
    for (let i = 0; i < capacity.length; i++) {
      const lost = capacity[i] - capacity[i - (i % T)]
      meanLoss[i % T] += lost / rows.length
      sum += input.mask[i] * Math.abs(lost - input.target[i])
      count += input.mask[i]
    }
    return { gate: Float64Array.from(gateWeights), meanLoss, error: sum / Math.max(1, count) }
  }
}

/** An expert is named where its gate weight goes with that of its match in every network, and on average nearly as one. */
const namedStability = 0.8
const namedLeast = 0.6

/**
 * One mode an expert of the last network: the others, each trained with other cells left out and from another seed, are
 * matched to it by the correlation of their gate weights over the same rows.
 */
export function measureModes(rows: readonly TypedRow[], networks: readonly GateRecord[]): DegradationMode[] {
  const last = networks[networks.length - 1]
  const E = last.weights.length
  const others = networks.slice(0, -1).map((network) => {
    const gain = Float64Array.from({ length: E * E }, (_, i) =>
      correlation(last.weights[Math.floor(i / E)], network.weights[i % E]),
    )
    const match = bestAssignment(gain, E)
    return Array.from(match, (o, e) => ({ likeness: gain[e * E + o], cost: network.costs[o] ?? 0 }))
  })
  return last.weights.map((weights, e): DegradationMode => {
    const likeness = others.map((experts) => experts[e].likeness)
    const stability = others.length === 0 ? 0 : mean(likeness)
    const leastStability = others.length === 0 ? 0 : Math.min(...likeness)
    const isStable = stability >= namedStability && leastStability >= namedLeast
    const effect = last.effects[e]
    const health = healthTrend(rows, weights)
    return {
      weight: rounded(mean([...weights])),
      stability: rounded(stability),
      leastStability: rounded(leastStability),
      removalCost: rounded(mean(others.map((experts) => experts[e].cost))),
      effect: rounded(effect[effect.length - 1]),
      healthCorrelation: rounded(health.correlation),
      healthP: rounded(health.p),
      name: isStable ? shapeName(effect) : null,
    }
  })
}

/** Less than this share of the rated capacity at the last step is no effect. */
const leastEffect = 5e-4

/** What an expert does to the shape of the trajectory. */
function shapeName(effect: Float64Array): string {
  const end = effect[effect.length - 1]
  if (Math.abs(end) < leastEffect) return 'hardly any effect'
  const half = effect[Math.floor(effect.length / 2)] / end
  const when = half > 0.6 ? 'early' : half < 0.4 ? 'late' : 'steady'
  return `${when} ${end < 0 ? 'fade' : 'relief'}`
}

const flips = 2000

/** Mean over cells of the rank correlation between weight and capacity, and how often flipped signs do as well. */
function healthTrend(rows: readonly TypedRow[], weights: Float64Array): { correlation: number; p: Fraction } {
  const cells = groupedBy([...rows.keys()], (n) => String(rows[n].row.cell))
  const trends = [...cells.values()].flatMap((places) => {
    if (places.length < 5) return []
    const own = ranks(places.map((n) => weights[n]))
    return [correlation(own, ranks(places.map((n) => rows[n].row.capacity)))]
  })
  const observed = mean(trends)
  const random = seededRandom(1)
  let asGreat = 0
  for (let i = 0; i < flips; i++) {
    const flipped = mean(trends.map((trend) => (random.below(2) === 0 ? trend : -trend)))
    if (Math.abs(flipped) >= Math.abs(observed) - 1e-12) asGreat++
  }
  return { correlation: observed, p: (asGreat + 1) / (flips + 1) }
}

function ranks(values: readonly number[]): Float64Array {
  const order = [...values.keys()].sort((a, b) => values[a] - values[b])
  const rank = new Float64Array(values.length)
  order.forEach((place, n) => (rank[place] = n))
  return rank
}

/** Pearson's; 0 where one of them never differs. */
function correlation(a: Float64Array, b: Float64Array): number {
  const meanA = mean([...a])
  const meanB = mean([...b])
  let ab = 0
  let aa = 0
  let bb = 0
  for (let i = 0; i < a.length; i++) {
    ab += (a[i] - meanA) * (b[i] - meanB)
    aa += (a[i] - meanA) ** 2
    bb += (b[i] - meanB) ** 2
  }
  return aa > 0 && bb > 0 ? ab / Math.sqrt(aa * bb) : 0
}

function rounded(value: number): number {
  return Number(value.toPrecision(3))
}
