import { describe, expect, it } from 'vitest'
import { moments } from '../../../src-shared/features/moments.ts'

describe('moments', () => {
  it('matches the moments of 1 2 3 4 10, worked by hand', () => {
    // Mean 4, deviations -3 -2 -1 0 6: squares 50, cubes 180, fourth powers 1394.
    const { mean, variance, skew, kurtosis, max, min } = moments(Float64Array.of(1, 2, 3, 4, 10))
    expect([mean, variance, max, min]).toEqual([4, 10, 10, 1])
    expect(skew).toBeCloseTo(36 / 10 ** 1.5, 14)
    expect(kurtosis).toBeCloseTo(278.8 / 100 - 3, 14)
  })

  it('has no shape for a constant sample', () => {
    const { variance, skew, kurtosis } = moments(Float64Array.of(4.2, 4.2, 4.2))
    expect(variance).toBeLessThan(1e-30)
    expect([skew, kurtosis]).toEqual([Number.NaN, Number.NaN])
  })
})
