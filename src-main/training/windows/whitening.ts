import { expertBiasName, expertWeightName } from '../../../src-shared/network/parameters.ts'
import type { NetworkShape } from '../../../src-shared/network/shape.ts'

/**
 * Linear change of curve coordinates, white[i] = Σ_{j≤i} inverse[i,j] · (curve[j] − mean[j]), with unit covariance.
 *
 * Neighbouring curve points are almost equal, so plain descent hardly moves along what tells cells apart. The experts
 * are linear in the curve: they are trained in these coordinates and folded back, and the network stays as published.
 */
export interface Whitening {
  readonly mean: Float64Array // (V)
  readonly inverse: Float64Array // (V,V) lower triangle
}

/** From curves (N,V); `noise` is the spread of a single point that must not be blown up, in the curve's unit. */
export function fitWhitening(curves: Float32Array, V: number, noise: number): Whitening {
  const N = curves.length / V
  const mean = new Float64Array(V)
  for (let i = 0; i < curves.length; i++) mean[i % V] += curves[i] / N
  const covariance = new Float64Array(V * V)
  for (let n = 0; n < N; n++) {
    for (let i = 0; i < V; i++) {
      const d = (curves[n * V + i] - mean[i]) / N
      for (let j = 0; j <= i; j++) covariance[i * V + j] += d * (curves[n * V + j] - mean[j])
    }
  }
  for (let i = 0; i < V; i++) covariance[i * V + i] += noise * noise
  return { mean, inverse: invertLowerTriangle(cholesky(covariance, V), V) }
}

/** Writes white (V) of one curve. */
export function whiten(white: Float32Array, curve: Float32Array, { mean, inverse }: Whitening): void {
  const V = mean.length
  for (let i = 0; i < V; i++) {
    let sum = 0
    for (let j = 0; j <= i; j++) sum += inverse[i * V + j] * (curve[j] - mean[j])
    white[i] = sum
  }
}

/** Experts that read plain curves, from experts trained on white ones: A ← A·W, a ← a − A·W·mean. Other tensors are copied. */
export function foldWhitening(
  parameters: Readonly<Record<string, Float32Array>>,
  { E, T, V }: NetworkShape,
  { mean, inverse }: Whitening,
): Record<string, Float32Array> {
  const folded = Object.fromEntries(Object.entries(parameters).map(([name, p]) => [name, p.slice()]))
  for (let e = 0; e < E; e++) {
    const white = parameters[expertWeightName(e)]
    const weight = folded[expertWeightName(e)]
    const bias = folded[expertBiasName(e)]
    for (let t = 0; t < T; t++) {
      let shift = 0
      for (let j = 0; j < V; j++) {
        let sum = 0
        for (let i = j; i < V; i++) sum += white[t * V + i] * inverse[i * V + j]
        weight[t * V + j] = sum
        // The rounded weight, so that rounding is not left standing on the mean.
        shift += weight[t * V + j] * mean[j]
      }
      bias[t] -= shift
    }
  }
  return folded
}

/** Lower triangle L of a = L·Lᵀ; a (V,V) positive definite, its lower triangle given. */
function cholesky(a: Float64Array, V: number): Float64Array {
  const lower = new Float64Array(V * V)
  for (let i = 0; i < V; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = a[i * V + j]
      for (let k = 0; k < j; k++) sum -= lower[i * V + k] * lower[j * V + k]
      lower[i * V + j] = i === j ? Math.sqrt(Math.max(sum, Number.MIN_VALUE)) : sum / lower[j * V + j]
    }
  }
  return lower
}

function invertLowerTriangle(lower: Float64Array, V: number): Float64Array {
  const inverse = new Float64Array(V * V)
  for (let j = 0; j < V; j++) {
    inverse[j * V + j] = 1 / lower[j * V + j]
    for (let i = j + 1; i < V; i++) {
      let sum = 0
      for (let k = j; k < i; k++) sum -= lower[i * V + k] * inverse[k * V + j]
      inverse[i * V + j] = sum / lower[i * V + i]
    }
  }
  return inverse
}
