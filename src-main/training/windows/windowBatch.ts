import type { SeededRandom } from '../../../src-shared/network/seededRandom.ts'
import { augmentCurve } from './augment.ts'
import type { Samples } from './samples.ts'
import type { TrainingSettings } from '../problem/settings.ts'
import { whiten, type Whitening } from './whitening.ts'

/** B windows as the network reads them, and what it should have said. */
export interface Batch {
  readonly B: number
  readonly curve: Float32Array
  readonly features: Float32Array
  readonly use: Float32Array
  readonly target: Float32Array
  readonly mask: Float32Array
  readonly epsilon: Float32Array
  readonly changed: Float32Array // (V) one augmented curve
}

export function createBatch({ batch: B, network: { T, V, F, E } }: TrainingSettings): Batch {
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

export interface WindowSource {
  readonly samples: Samples
  readonly settings: TrainingSettings
  readonly whitening: Whitening
  readonly random: SeededRandom
}

/** Writes the windows at `places`, each a little changed. */
export function fillWindows(
  batch: Batch,
  places: Int32Array,
  { samples, settings, whitening, random }: WindowSource,
): void {
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

/** Mean of all that was measured. */
export function meanTarget({ target, mask }: Samples): number {
  let sum = 0
  let count = 0
  for (let i = 0; i < target.length; i++) {
    sum += mask[i] * target[i]
    count += mask[i]
  }
  return sum / Math.max(1, count)
}
