import type { SeededRandom } from '../../../src-shared/network/seededRandom.ts'
import type { Augmentation } from '../problem/settings.ts'

/** Writes a slightly changed curve (V): shifted along the grid, scaled, with noise; it still starts at 0. */
export function augmentCurve(
  out: Float32Array,
  curve: Float32Array,
  { curveGain, curveNoise, curveShift }: Augmentation,
  random: SeededRandom,
): void {
  const gain = 1 + curveGain * random.gaussian()
  const shift = curveShift * random.gaussian()
  const start = between(curve, shift)
  out[0] = 0
  for (let i = 1; i < out.length; i++) {
    out[i] = gain * (between(curve, i + shift) - start) + curveNoise * random.gaussian()
  }
}

/** Linear interpolation, and extrapolation by the outermost pair beyond the ends. */
function between(curve: Float32Array, at: number): number {
  const left = Math.min(Math.max(Math.floor(at), 0), curve.length - 2)
  return curve[left] + (at - left) * (curve[left + 1] - curve[left])
}
