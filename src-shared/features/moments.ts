import { pairwiseSum } from './pairwiseSum.ts'

export interface Moments {
  readonly mean: number
  /** Population variance. */
  readonly variance: number
  /** Biased (population) skewness; NaN for a constant sample. */
  readonly skew: number
  /** Biased excess (Fisher) kurtosis, 0 for a normal sample; NaN for a constant one. */
  readonly kurtosis: number
  readonly max: number
  readonly min: number
}

/** Moments of a sample of at least one value, in float64. */
export function moments(sample: Float64Array): Moments {
  const mean = meanOf(sample)
  const { length } = sample
  const deviation = new Float64Array(length)
  const square = new Float64Array(length)
  for (let i = 0; i < length; i++) {
    deviation[i] = sample[i] - mean
    square[i] = deviation[i] * deviation[i]
  }
  const variance = meanOf(square)
  const constant = variance <= (Number.EPSILON * mean) ** 2
  return {
    mean,
    variance,
    skew: constant ? Number.NaN : meanOf(products(square, deviation)) / variance ** 1.5,
    kurtosis: constant ? Number.NaN : meanOf(products(square, square)) / variance ** 2 - 3,
    max: Math.max(...sample),
    min: Math.min(...sample),
  }
}

function products(a: Float64Array, b: Float64Array): Float64Array {
  const values = new Float64Array(a.length)
  for (let i = 0; i < values.length; i++) values[i] = a[i] * b[i]
  return values
}

function meanOf(values: Float64Array): number {
  return pairwiseSum(values) / values.length
}
