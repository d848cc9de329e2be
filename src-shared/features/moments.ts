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
  const deviation = sample.map((value) => value - mean)
  const square = deviation.map((value) => value * value)
  const variance = meanOf(square)
  const constant = variance <= (Number.EPSILON * mean) ** 2
  return {
    mean,
    variance,
    skew: constant ? Number.NaN : meanOf(square.map((value, i) => value * deviation[i])) / variance ** 1.5,
    kurtosis: constant ? Number.NaN : meanOf(square.map((value) => value * value)) / variance ** 2 - 3,
    max: Math.max(...sample),
    min: Math.min(...sample),
  }
}

function meanOf(values: Float64Array): number {
  return pairwiseSum(values) / values.length
}
