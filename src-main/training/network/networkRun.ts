import type { EpochReport } from '../../../src-shared/contract/run.ts'
import { createAdamState, type AdamState } from '../../../src-shared/network/adam.ts'
import { makeCausal } from '../../../src-shared/network/causality.ts'
import { initialParameters } from '../../../src-shared/network/initialParameters.ts'
import { lossBackward, lossForward } from '../../../src-shared/network/loss.ts'
import type { SeededRandom } from '../../../src-shared/network/seededRandom.ts'
import {
  riseBackward,
  riseForward,
  roughnessBackward,
  roughnessForward,
} from '../../../src-shared/network/trajectoryShape.ts'
import { Failure } from '../../../src-shared/failure/failure.ts'
import { crewRoom, type Crew, type CrewRoom } from '../../kernels/crew.ts'
import type { TrainingSettings } from '../problem/settings.ts'
import { createBatch, type Batch } from '../windows/windowBatch.ts'

/** Parameters being trained; `average` follows them slowly and is what gets kept. Experts read white curves. */
export interface NetworkRun {
  readonly average: Readonly<Record<string, Float32Array>>
  /** One optimiser iteration on the windows at `places` (as many as the batch). */
  iterate(places: Int32Array, learningRate: number): IterationReport
  /** What the iterations so far have made; it changes with the next one. */
  state(): NetworkRunState
  restore(state: NetworkRunState): void
}

export interface IterationReport {
  readonly loss: number
  /** Mean over the batch, nats. */
  readonly gateEntropy: number
  /** (E) mean over the batch. */
  readonly gateWeights: Float64Array
}

export interface NetworkRunState {
  readonly parameters: Readonly<Record<string, Float32Array>>
  readonly average: Readonly<Record<string, Float32Array>>
  readonly adam: AdamState
}

/** Room for a run of these settings, on one thread for each core unless told. */
export function runRoom({ network, batch }: TrainingSettings, threads?: number): CrewRoom {
  return crewRoom({ shape: network, gate: network, B: batch }, threads)
}

export interface RunSource {
  readonly settings: TrainingSettings
  readonly random: SeededRandom
  /** What the network says before it has learnt anything. */
  readonly level: number
  /** Writes the windows at `places`, each as it is to be seen this time. */
  readonly fill: (batch: Batch, places: Int32Array) => void
}

/** A run from the seeded start, computed by a crew whose room is this run's. */
export function startNetworkRun(source: RunSource, crew: Crew): NetworkRun {
  const { settings, random, level } = source
  const { network, batch: B } = settings
  const parameters = initialParameters(network, random)
  if (settings.recipe !== 'published') parameters['fc_final.bias'].fill(level)
  if (settings.recipe === 'evidence') makeCausal(parameters, network)
  const average = Object.fromEntries(Object.entries(parameters).map(([name, p]) => [name, p.slice()]))
  const pass = crew.trainingPass(parameters)
  const adam = createAdamState(network)
  const objective = createObjective(settings)
  const batch = createBatch(settings)
  return {
    average,
    state: () => {
      pass.readMoments(adam)
      return { parameters, average, adam }
    },
    restore: (state) => {
      copyState({ parameters, average, adam }, state)
      pass.restore(parameters, adam)
    },
    iterate(places, learningRate) {
      source.fill(batch, places)
      pass.forward(batch, batch.epsilon)
      const loss = objective.of(pass, batch)
      if (!Number.isFinite(loss)) throw diverged(pass.iteration())
      pass.backward(objective.dCapacity, objective.dGate)
      pass.step({ learningRate, weightDecay: settings.weightDecay })
      pass.readParameters(parameters)
      follow(average, parameters, pass.iteration() < 2 ? 0 : settings.averaging)
      return { loss, gateEntropy: meanEntropy(pass.gate, B), gateWeights: meanRow(pass.gate, B) }
    },
  }
}

interface Objective {
  /** (B,T) and (B,E), written by `of`. */
  readonly dCapacity: Float64Array
  readonly dGate: Float64Array
  of(answer: { capacity: Float64Array; gate: Float64Array }, batch: Batch): number
}

/** The published loss and the two penalties on a trajectory's shape, with their gradients. */
function createObjective(settings: TrainingSettings): Objective {
  const { batch: B, network, diversityWeight, roughnessWeight, riseWeight } = settings
  const { T, E } = network
  const shape = { B, T, E }
  const dCapacity = new Float64Array(B * T)
  const dGate = new Float64Array(B * E)
  const recurrent = new Float64Array(T * B * 4)
  return {
    dCapacity,
    dGate,
    of({ capacity, gate }, batch) {
      const { target, use } = batch
      fillUse(recurrent, use, T, B)
      const mask = huberMask(batch, capacity, settings.huber)
      lossBackward(dCapacity, dGate, capacity, target, mask, gate, shape, diversityWeight)
      roughnessBackward(dCapacity, capacity, recurrent, roughnessWeight, shape)
      riseBackward(dCapacity, capacity, recurrent, riseWeight, shape)
      const published = lossForward(capacity, target, mask, gate, shape, diversityWeight)
      const roughness = roughnessForward(capacity, recurrent, shape)
      return (
        published.total + roughnessWeight * roughness + riseWeight * riseForward(capacity, recurrent, shape)
      )
    },
  }
}

/** Weights under which the squared error has the gradient of Huber's: beyond δ an error counts by its size only. */
function huberMask({ mask, target }: Batch, capacity: Float64Array, delta: number): Float32Array {
  if (delta === 0) return mask
  return mask.map((weight, i) => weight * Math.min(1, delta / Math.abs(capacity[i] - target[i])))
}

/** recurrent[t,b] its last three of four = use[b,t]: where the use is held is all that the penalties ask. */
function fillUse(recurrent: Float64Array, use: Float32Array, T: number, B: number): void {
  for (let b = 0; b < B; b++) {
    for (let t = 0; t < T; t++) {
      const from = (b * T + t) * 3
      recurrent.set(use.subarray(from, from + 3), (t * B + b) * 4 + 1)
    }
  }
}

function copyState(to: NetworkRunState, from: NetworkRunState): void {
  to.adam.iteration = from.adam.iteration
  for (const name in to.parameters) {
    to.parameters[name].set(from.parameters[name])
    to.average[name].set(from.average[name])
    to.adam.first[name].set(from.adam.first[name])
    to.adam.second[name].set(from.adam.second[name])
  }
}

/** Mean over B rows of −Σ w ln w, nats. */
function meanEntropy(gate: Float64Array, B: number): number {
  return -gate.reduce((sum, w) => sum + (w > 0 ? w * Math.log(w) : 0), 0) / B
}

/** (E) mean of the B rows of a (B,E) matrix. */
function meanRow(gate: Float64Array, B: number): Float64Array {
  const means = new Float64Array(gate.length / B)
  gate.forEach((weight, i) => (means[i % means.length] += weight / B))
  return means
}

/** What an epoch's report says of its iterations. */
export type EpochMeans = Pick<EpochReport, 'trainLoss' | 'gateEntropy' | 'gateWeights'>

/** Means over so many iterations of an epoch. */
export function meanOfIterations(iterations: number, iterate: (i: number) => IterationReport): EpochMeans {
  let trainLoss = 0
  let gateEntropy = 0
  let gateWeights: number[] = []
  for (let i = 0; i < iterations; i++) {
    const step = iterate(i)
    trainLoss += step.loss / iterations
    gateEntropy += step.gateEntropy / iterations
    gateWeights = Array.from(step.gateWeights, (weight, e) => (gateWeights[e] ?? 0) + weight / iterations)
  }
  return { trainLoss, gateEntropy, gateWeights }
}

function follow(
  average: Readonly<Record<string, Float32Array>>,
  parameters: Readonly<Record<string, Float32Array>>,
  keep: number,
): void {
  for (const name in average) {
    const slow = average[name]
    const fast = parameters[name]
    for (let i = 0; i < slow.length; i++) slow[i] += (1 - keep) * (fast[i] - slow[i])
  }
}

/** Nothing can be kept of a run whose loss is no number. */
export function diverged(iteration: number): Failure {
  return new Failure(
    'not-determinable',
    'diverged',
    `The loss is not a number after ${iteration} iterations.`,
    {
      advice: 'Train again with a lower learning rate, and check the cells for impossible values.',
    },
  )
}
