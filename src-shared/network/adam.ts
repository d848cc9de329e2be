import { emptyTensors } from './parameters.ts'
import type { NetworkShape } from './shape.ts'

export interface AdamSettings {
  readonly learningRate: number
  /** Decoupled (Loshchilov & Hutter 2019), relative to the learning rate; the published runs use 0. */
  readonly weightDecay?: number
  readonly beta1?: number
  readonly beta2?: number
  readonly leastSpread?: number
}

/** First and second moments of every gradient, and how many iterations they saw. */
export interface AdamState {
  iteration: number
  readonly first: Record<string, Float64Array>
  readonly second: Record<string, Float64Array>
}

export function createAdamState(shape: NetworkShape): AdamState {
  return { iteration: 0, first: emptyTensors(shape), second: emptyTensors(shape) }
}

/**
 * p −= rate · m̂ / (√v̂ + 1e-8),  m̂ and v̂ the bias-corrected moments (Kingma & Ba 2015, PyTorch's order of operations)
 *
 * Changes the parameters in place and advances the state.
 */
export function adamStep(
  parameters: Readonly<Record<string, Float32Array>>,
  gradients: Readonly<Record<string, Float64Array>>,
  state: AdamState,
  settings: AdamSettings,
): void {
  const { learningRate, weightDecay = 0, beta1 = 0.9, beta2 = 0.999, leastSpread = 1e-8 } = settings
  state.iteration++
  const rate = learningRate / (1 - beta1 ** state.iteration)
  const spreadScale = 1 / Math.sqrt(1 - beta2 ** state.iteration)
  const keep = 1 - learningRate * weightDecay
  for (const name in gradients) {
    const p = parameters[name]
    const g = gradients[name]
    const m = state.first[name]
    const v = state.second[name]
    for (let i = 0; i < p.length; i++) {
      m[i] = beta1 * m[i] + (1 - beta1) * g[i]
      v[i] = beta2 * v[i] + (1 - beta2) * g[i] * g[i]
      p[i] = p[i] * keep - (rate * m[i]) / (Math.sqrt(v[i]) * spreadScale + leastSpread)
    }
  }
}
