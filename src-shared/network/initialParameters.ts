import { parameterSizes, product } from './parameters.ts'
import type { SeededRandom } from './seededRandom.ts'
import type { NetworkShape } from './shape.ts'

/**
 * Untrained parameters with PyTorch's ranges: uniform within ±1/√(inputs) for linear layers and ±1/√U for the
 * recurrent one; the noise weights start at 0.
 */
export function initialParameters(shape: NetworkShape, random: SeededRandom): Record<string, Float32Array> {
  const parameters: Record<string, Float32Array> = {}
  for (const [name, sizes] of parameterSizes(shape)) {
    const range = rangeOf(name, shape)
    parameters[name] = Float32Array.from({ length: product(sizes) }, () => (2 * random.uniform() - 1) * range)
  }
  return parameters
}

function rangeOf(name: string, { V, F, U }: NetworkShape): number {
  if (name === 'w_noise') return 0
  if (name.startsWith('capacity_fcs.')) return 1 / Math.sqrt(V)
  if (name.startsWith('relaxation_fc.')) return 1 / Math.sqrt(F)
  if (name.startsWith('lstm.')) return 1 / Math.sqrt(U)
  return 1 / Math.sqrt(2 * U)
}
