import type { SeededRandom } from '../../src-shared/network/seededRandom.ts'
import type { GateConstants, NetworkInput, NetworkShape } from '../../src-shared/network/shape.ts'

/** What every engine is timed on. */
export const benchShape: NetworkShape = { T: 50, V: 50, F: 12, E: 5, U: 64 }
export const benchGate: GateConstants = { k: 2, alpha: 10 }
export const benchTrainBatch = 128

export interface EngineTimes {
  readonly threads: number
  readonly inference: readonly { readonly batch: number; readonly ms_per_battery: number }[]
}

export function randomInput({ T, V, F }: NetworkShape, B: number, random: SeededRandom): NetworkInput {
  return {
    B,
    curve: gaussians(B * V, random),
    features: gaussians(B * F, random),
    use: gaussians(B * T * 3, random),
  }
}

export function gaussians(count: number, random: SeededRandom): Float32Array {
  return Float32Array.from({ length: count }, () => random.gaussian())
}

/** Milliseconds; the first runs, a tenth of as many and one at least, warm up and do not count. */
export async function medianTime(
  runs: number,
  work: () => unknown,
  warmUp = Math.max(1, Math.round(runs / 10)),
): Promise<number> {
  const times: number[] = []
  for (let i = 0; i < runs + warmUp; i++) {
    const start = performance.now()
    await work()
    if (i >= warmUp) times.push(performance.now() - start)
  }
  return times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)]
}
