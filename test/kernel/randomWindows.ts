import type { SeededRandom } from '../../src-shared/network/seededRandom.ts'
import type { NetworkInput, NetworkShape } from '../../src-shared/network/shape.ts'

export function gaussians(count: number, random: SeededRandom): Float32Array {
  return Float32Array.from({ length: count }, () => random.gaussian())
}

/** B windows of a network, every number drawn. */
export function randomWindows({ T, V, F }: NetworkShape, B: number, random: SeededRandom): NetworkInput {
  return {
    B,
    curve: gaussians(B * V, random),
    features: gaussians(B * F, random),
    use: gaussians(B * T * 3, random),
  }
}
