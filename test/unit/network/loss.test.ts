import { describe, expect, it } from 'vitest'
import { lossForward } from '../../../src-shared/network/loss.ts'

const shape = { B: 2, T: 2, E: 3 }
const capacity = Float64Array.of(1, 2, 3, 4)
const target = Float32Array.of(1, 1, 1, 1)

describe('the loss', () => {
  it('is the mean square plus half the squared variation of the importance, worked by hand', () => {
    // Importance 0.75 + 0.5, 0.25 + 0.25 and 0 + 0.25: mean 2/3, unbiased variance 13/48.
    const gate = Float64Array.of(0.75, 0.25, 0, 0.5, 0.25, 0.25)
    const { meanSquare, diversity, total } = lossForward(capacity, target, null, gate, shape)
    expect(meanSquare).toBeCloseTo((0 + 1 + 4 + 9) / 4, 14)
    expect(diversity).toBeCloseTo(13 / 48 / (4 / 9), 8)
    expect(total).toBeCloseTo(meanSquare + diversity / 2, 14)
  })

  it('has no diversity term where the experts share evenly, and no error where nothing was measured', () => {
    const even = new Float64Array(6).fill(1 / 3)
    const loss = lossForward(capacity, target, new Float32Array(4), even, shape)
    expect(loss.meanSquare).toBe(0)
    expect(loss.diversity).toBeCloseTo(0, 14)
  })
})
