import type { ChargeCurve } from '../cell/cycle.ts'
import { evenAxis } from '../cell/interpolate.ts'

/** dQ/dV of a charge curve over the middles of its voltage steps; parallel arrays. */
export interface IncrementalCapacity {
  /** (V−1) V. */
  readonly voltage: Float64Array
  /** (V−1) Ah/V. */
  readonly slope: Float64Array
}

/**
 * Incremental capacity by plain differences, so its area is the charge passed.
 *
 * `smoothed` weighs each slope 1-2-1 with its neighbours, the ends with themselves; null where the curve states no
 * voltages.
 */
export function incrementalCapacity(
  { from, to, charge }: ChargeCurve,
  { smoothed }: { smoothed: boolean },
): IncrementalCapacity | null {
  if (from === null || to === null || charge.length < 2) return null
  const step = (to - from) / (charge.length - 1)
  const voltage = evenAxis(from, to, charge.length)
    .subarray(0, -1)
    .map((value) => value + step / 2)
  const slope = voltage.map((_, i) => (charge[i + 1] - charge[i]) / step)
  return { voltage, slope: smoothed ? weighed(slope) : slope }
}

function weighed(slope: Float64Array): Float64Array {
  const last = slope.length - 1
  return slope.map((value, i) => (slope[Math.max(0, i - 1)] + 2 * value + slope[Math.min(last, i + 1)]) / 4)
}
