import type { NetworkForward, Parameters } from '../../src-shared/network/shape.ts'
import { createRunner, type NetworkRunner } from './inference.ts'

interface KeptRunner {
  readonly runner: NetworkRunner
  loaded: Parameters | null
}

/** One for each shape that was asked for. */
const runners = new Map<string, KeptRunner>()

/**
 * The reference's `forward` on SIMD kernels. Weights are packed when another network of that shape is asked: parameters
 * changed in place are not noticed.
 */
export const kernelForward: NetworkForward = (parameters, shape, gate, input) => {
  const { T, V, F, E, U } = shape
  const key = [T, V, F, E, U].join(' ')
  const kept = runners.get(key) ?? { runner: createRunner({ T, V, F, E, U }), loaded: null }
  runners.set(key, kept)
  if (kept.loaded !== parameters) kept.runner.load(parameters)
  kept.loaded = parameters
  return kept.runner.run(gate, input)
}
