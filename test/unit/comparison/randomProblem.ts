import { initialParameters } from '../../../src-shared/network/initialParameters.ts'
import { seededRandom } from '../../../src-shared/network/seededRandom.ts'
import type { NetworkInput, NetworkShape } from '../../../src-shared/network/shape.ts'

export interface RandomProblem {
  readonly parameters: Record<string, Float32Array>
  readonly input: NetworkInput
  /** (B,T) */
  readonly target: Float32Array
  /** (B,E) */
  readonly epsilon: Float32Array
}

/** Seeded weights, inputs and targets of any size, noise weights included. */
export function randomProblem(shape: NetworkShape, B: number): RandomProblem {
  const { T, V, F, E } = shape
  const random = seededRandom(B + 31 * T)
  const gaussians = (count: number) => Float32Array.from({ length: count }, () => random.gaussian())
  const parameters = initialParameters(shape, random)
  parameters['w_noise'].set(gaussians(E * E))
  const input = { B, curve: gaussians(B * V), features: gaussians(B * F), use: gaussians(B * T * 3) }
  return { parameters, input, target: gaussians(B * T), epsilon: gaussians(B * E) }
}

export function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) return Infinity
  let most = 0
  for (let i = 0; i < a.length; i++) {
    const difference = Math.abs(a[i] - b[i])
    if (!(difference <= most)) most = difference
  }
  return most
}
