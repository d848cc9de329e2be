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
  const mean = sample.reduce((sum, value) => sum + value, 0) / sample.length
  const [second, third, fourth] = centralMoments(sample, mean)
  const constant = second <= (Number.EPSILON * mean) ** 2
  return {
    mean,
    variance: second,
    skew: constant ? Number.NaN : third / second ** 1.5,
    kurtosis: constant ? Number.NaN : fourth / second ** 2 - 3,
    max: Math.max(...sample),
    min: Math.min(...sample),
  }
}

function centralMoments(sample: Float64Array, mean: number): [number, number, number] {
  let second = 0
  let third = 0
  let fourth = 0
  for (const value of sample) {
    const square = (value - mean) ** 2
    second += square
    third += square * (value - mean)
    fourth += square * square
  }
  return [second / sample.length, third / sample.length, fourth / sample.length]
}
