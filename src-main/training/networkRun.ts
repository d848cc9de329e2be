import { adamStep, createAdamState, type AdamState } from '../../src-shared/network/adam.ts'
import { backwardPass, createGradients } from '../../src-shared/network/backward.ts'
import { forwardPass } from '../../src-shared/network/forward.ts'
import { initialParameters } from '../../src-shared/network/initialParameters.ts'
import { lossForward } from '../../src-shared/network/loss.ts'
import type { SeededRandom } from '../../src-shared/network/seededRandom.ts'
import { riseForward, roughnessForward } from '../../src-shared/network/trajectoryShape.ts'
import { createWorkspace, loadParameters } from '../../src-shared/network/workspace.ts'
import { Failure } from '../../src-shared/failure/failure.ts'
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

export function startNetworkRun(
  samples: Samples,
  settings: TrainingSettings,
  whitening: Whitening,
  random: SeededRandom,
): NetworkRun {
  const { network, batch: B } = settings
  const parameters = initialParameters(network, random)
  if (settings.recipe === 'joint') parameters['fc_final.bias'].fill(meanTarget(samples))
  const average = Object.fromEntries(Object.entries(parameters).map(([name, p]) => [name, p.slice()]))
  const workspace = createWorkspace(network, B)
  const gradients = createGradients(network, B)
  const adam = createAdamState(network)
  const batch = createBatch(settings)
  return {
    average,
    state: () => ({ parameters, average, adam }),
    restore: (state) => copyState({ parameters, average, adam }, state),
    iterate(places, learningRate) {
      fillBatch(batch, { samples, places, settings, whitening, random })
      const { target, mask, epsilon } = batch
      loadParameters(workspace, parameters)
      forwardPass(workspace, network, batch, epsilon)
      const shape = { B, T: network.T, E: network.E }
      const { diversityWeight, roughnessWeight, riseWeight, weightDecay } = settings
      const published = lossForward(workspace.capacity, target, mask, workspace.gate, shape, diversityWeight)
      const roughness = roughnessForward(workspace.capacity, workspace.recurrent, shape)
      const rise = riseForward(workspace.capacity, workspace.recurrent, shape)
      const loss = published.total + roughnessWeight * roughness + riseWeight * rise
      if (!Number.isFinite(loss)) throw diverged(adam.iteration)
      backwardPass(gradients, workspace, network, {
        target,
        mask,
        epsilon,
        diversityWeight,
        roughnessWeight,
        riseWeight,
      })
      adamStep(parameters, gradients.of, adam, { learningRate, weightDecay })
      follow(average, parameters, adam.iteration < 2 ? 0 : settings.averaging)
      return { loss, gateEntropy: meanEntropy(workspace.gate, B) }
    },
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

interface BatchSource {
  readonly samples: Samples
  readonly places: Int32Array
  readonly settings: TrainingSettings
  readonly whitening: Whitening
  readonly random: SeededRandom
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
