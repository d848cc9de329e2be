import { createAdamState, type AdamState } from '../../src-shared/network/adam.ts'
import { initialParameters } from '../../src-shared/network/initialParameters.ts'
import { lossBackward, lossForward } from '../../src-shared/network/loss.ts'
import type { SeededRandom } from '../../src-shared/network/seededRandom.ts'
import {
  riseBackward,
  riseForward,
  roughnessBackward,
  roughnessForward,
} from '../../src-shared/network/trajectoryShape.ts'
import { Failure } from '../../src-shared/failure/failure.ts'
import { crewRoom, type Crew, type CrewRoom } from '../kernels/crew.ts'
import { augmentCurve } from './augment.ts'
import type { Samples } from './samples.ts'
import type { TrainingSettings } from './settings.ts'
import { whiten, type Whitening } from './whitening.ts'

/** Parameters being trained; `average` follows them slowly and is what gets kept. Experts read white curves. */
export interface NetworkRun {
  readonly average: Readonly<Record<string, Float32Array>>
  /** One optimiser iteration on the windows at `places` (as many as the batch). Returns its loss and gate entropy. */
  iterate(places: Int32Array, learningRate: number): { loss: number; gateEntropy: number }
  /** What the iterations so far have made; it changes with the next one. */
  state(): NetworkRunState
  restore(state: NetworkRunState): void
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
  readonly samples: Samples
  readonly settings: TrainingSettings
  readonly whitening: Whitening
  readonly random: SeededRandom
}

/** A run from the seeded start, computed by a crew whose room is this run's. */
export function startNetworkRun(source: RunSource, crew: Crew): NetworkRun {
  const { samples, settings, random } = source
  const { network, batch: B } = settings
  const parameters = initialParameters(network, random)
  if (settings.recipe === 'joint') parameters['fc_final.bias'].fill(meanTarget(samples))
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
      fillBatch(batch, { ...source, places })
      pass.forward(batch, batch.epsilon)
      const loss = objective.of(pass, batch)
      if (!Number.isFinite(loss)) throw diverged(pass.iteration())
      pass.backward(objective.dCapacity, objective.dGate)
      pass.step({ learningRate, weightDecay: settings.weightDecay })
      pass.readParameters(parameters)
      follow(average, parameters, pass.iteration() < 2 ? 0 : settings.averaging)
      return { loss, gateEntropy: meanEntropy(pass.gate, B) }
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
    of({ capacity, gate }, { target, mask, use }) {
      fillUse(recurrent, use, T, B)
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

interface Batch {
  readonly B: number
  readonly curve: Float32Array
  readonly features: Float32Array
  readonly use: Float32Array
  readonly target: Float32Array
  readonly mask: Float32Array
  readonly epsilon: Float32Array
  readonly changed: Float32Array // (V) one augmented curve
}

function createBatch({ batch: B, network: { T, V, F, E } }: TrainingSettings): Batch {
  return {
    B,
    curve: new Float32Array(B * V),
    features: new Float32Array(B * F),
    use: new Float32Array(B * T * 3),
    target: new Float32Array(B * T),
    mask: new Float32Array(B * T),
    epsilon: new Float32Array(B * E),
    changed: new Float32Array(V),
  }
}

interface BatchSource extends RunSource {
  readonly places: Int32Array
}

function fillBatch(batch: Batch, { samples, places, settings, whitening, random }: BatchSource): void {
  const { T, V, F } = settings.network
  for (let b = 0; b < batch.B; b++) {
    const i = places[b]
    augmentCurve(batch.changed, samples.curve.subarray(i * V, (i + 1) * V), settings, random)
    whiten(batch.curve.subarray(b * V, (b + 1) * V), batch.changed, whitening)
    for (let f = 0; f < F; f++) {
      batch.features[b * F + f] = samples.features[i * F + f] + settings.featureNoise * random.gaussian()
    }
    batch.use.set(samples.use.subarray(i * T * 3, (i + 1) * T * 3), b * T * 3)
    batch.target.set(samples.target.subarray(i * T, (i + 1) * T), b * T)
    batch.mask.set(samples.mask.subarray(i * T, (i + 1) * T), b * T)
    batch.mask[b * T] *= settings.firstStepWeight
    if (random.uniform() < settings.planChange) changePlan(batch, b, { samples, T, random })
  }
  for (let i = 0; i < batch.epsilon.length; i++) batch.epsilon[i] = random.gaussian()
}

/**
 * From a random step on, usually an early one, the use before it held or another window's use, and no target: what is
 * planned later must not move what comes before. The files alone never show that.
 */
function changePlan(
  batch: Batch,
  b: number,
  source: { samples: Samples; T: number; random: SeededRandom },
): void {
  const { samples, T, random } = source
  const cut = 1 + Math.floor((T - 1) * random.uniform() ** 2)
  const start = (b * T + cut) * 3
  if (random.uniform() < 0.5) {
    for (let at = start; at < (b + 1) * T * 3; at++) batch.use[at] = batch.use[at - 3]
  } else {
    const other = random.below(samples.N)
    batch.use.set(samples.use.subarray((other * T + cut) * 3, (other + 1) * T * 3), start)
  }
  batch.mask.fill(0, b * T + cut, (b + 1) * T)
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

function meanTarget({ target, mask }: Samples): number {
  let sum = 0
  let count = 0
  for (let i = 0; i < target.length; i++) {
    sum += mask[i] * target[i]
    count += mask[i]
  }
  return sum / Math.max(1, count)
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
