import type { LstmShape } from './lstm.ts'

/**
 * capacity[b,t] = Σ_u v[u] · h→[t,b,u] + Σ_u v[U+u] · h←[t,b,u] + c
 *
 * h→, h← (T,B,U), weight v (2U), bias c (1), capacity (B,T). Writes capacity.
 */
export function outputForward(
  capacity: Float64Array,
  ahead: Float64Array,
  back: Float64Array,
  weight: Float64Array,
  bias: Float64Array,
  { T, B, U }: LstmShape,
): void {
  for (let t = 0; t < T; t++) {
    for (let b = 0; b < B; b++) {
      const at = (t * B + b) * U
      let sum = bias[0]
      for (let u = 0; u < U; u++) sum += weight[u] * ahead[at + u] + weight[U + u] * back[at + u]
      capacity[b * T + t] = sum
    }
  }
}

/**
 * capacity[b,t] = Σ_u v[u] · h→[t,b,u] + Σ_u v[U+u] · h←[t,b,u] + c
 *
 * Writes dAhead and dBack (T,B,U), adds to dWeight (2U) and dBias (1).
 */
export function outputBackward(
  dAhead: Float64Array,
  dBack: Float64Array,
  dWeight: Float64Array,
  dBias: Float64Array,
  dCapacity: Float64Array,
  ahead: Float64Array,
  back: Float64Array,
  weight: Float64Array,
  { T, B, U }: LstmShape,
): void {
  for (let t = 0; t < T; t++) {
    for (let b = 0; b < B; b++) {
      const at = (t * B + b) * U
      const d = dCapacity[b * T + t]
      dBias[0] += d
      for (let u = 0; u < U; u++) {
        dAhead[at + u] = d * weight[u]
        dBack[at + u] = d * weight[U + u]
        dWeight[u] += d * ahead[at + u]
        dWeight[U + u] += d * back[at + u]
      }
    }
  }
}
