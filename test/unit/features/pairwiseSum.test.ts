import { describe, expect, it } from 'vitest'
import { pairwiseSum } from '../../../src-shared/features/pairwiseSum.ts'

describe('pairwiseSum', () => {
  it.each([1, 7, 8, 9, 50, 128, 129, 238, 1000])('counts every value once, N=%i', (length) => {
    const values = Float64Array.from({ length }, (_, i) => i + 1)
    expect(pairwiseSum(values)).toBe((length * (length + 1)) / 2)
  })
})
