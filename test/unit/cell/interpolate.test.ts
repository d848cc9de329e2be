import { describe, expect, it } from 'vitest'
import { evenAxis, interpolate } from '../../../src-shared/cell/interpolate.ts'

describe('evenAxis', () => {
  it('starts and ends exactly where asked', () => {
    const axis = evenAxis(3.6, 4.1, 1000)
    expect([axis.length, axis[0], axis[999]]).toEqual([1000, 3.6, 4.1])
    expect(axis[500] - axis[499]).toBeCloseTo(0.5 / 999, 12)
  })
})

describe('interpolate', () => {
  const x = Float64Array.of(1, 2, 4)
  const y = Float64Array.of(10, 20, 0)

  it('is linear between samples, exact on them and flat beyond', () => {
    expect([...interpolate(Float64Array.of(0, 1, 1.5, 2, 3, 4, 9), x, y)]).toEqual([10, 10, 15, 20, 10, 0, 0])
  })

  it('holds a single sample everywhere', () => {
    expect([...interpolate(Float64Array.of(0, 1, 2), Float64Array.of(1), Float64Array.of(7))]).toEqual([
      7, 7, 7,
    ])
  })

  // Computed once with numpy.interp: a stuttering voltage must not send the search elsewhere.
  it('agrees with NumPy where x stutters', () => {
    const stutter = Float64Array.of(3.6, 3.61, 3.605, 3.62, 3.7, 3.69, 4)
    const values = interpolate(evenAxis(3.55, 4.05, 11), stutter, Float64Array.of(0, 1, 2, 3, 4, 5, 6))
    const expected = [0, 0, 3.375, 4, 5.19354839, 5.35483871, 5.51612903, 5.67741935, 5.83870968, 6, 6]
    for (const [i, value] of expected.entries()) expect(values[i]).toBeCloseTo(value, 7)
  })
})
