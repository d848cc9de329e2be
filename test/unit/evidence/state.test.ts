import { describe, expect, it } from 'vitest'
import { completionOf, spreadOf } from '../../../src-shared/evidence/gaussian.ts'
import { contains, narrowed, observe, wholeWindow } from '../../../src-shared/evidence/state.ts'
import { seededRandom } from '../../../src-shared/network/seededRandom.ts'

const grid = { from: 3.6, to: 4.15 }
const rest = {
  time: null,
  voltage: Float64Array.from({ length: 14 }, (_, i) => 4.16 + 0.02 * Math.exp(-i / 4)),
}

/** 3 Ah over the grid, in proportion to the square of the way. */
function curve(from: number, to: number): { from: number; to: number; charge: Float64Array } {
  const at = (voltage: number): number => 3 * ((voltage - grid.from) / (grid.to - grid.from)) ** 2
  const charge = Float64Array.from({ length: 50 }, (_, i) => at(from + ((to - from) * i) / 49) - at(from))
  return { from, to, charge }
}

describe('observe', () => {
  it('takes a curve on the grid as it is', () => {
    const seen = observe({ chargeCurve: curve(3.6, 4.15), relaxation: rest }, grid, 3)!
    expect(seen.window).toEqual(wholeWindow)
    expect([...seen.state.subarray(0, 50)]).toEqual([...curve(3.6, 4.15).charge].map((q) => q / 3))
  })

  it('sees the part that was charged, counted from its start', () => {
    const seen = observe({ chargeCurve: curve(3.8, 4.05), relaxation: null }, grid, 3)!
    const whole = observe({ chargeCurve: curve(3.6, 4.15), relaxation: rest }, grid, 3)!
    const { first, last, hasRest } = seen.window
    expect([first, last, hasRest]).toEqual([18, 40, false])
    for (let i = first; i <= last; i++) {
      expect(seen.state[i]).toBeCloseTo(whole.state[i] - whole.state[first], 3)
    }
  })

  it('takes nothing for measured that lies outside of the charge, wherever it starts', () => {
    const whole = observe({ chargeCurve: curve(3.6, 4.15), relaxation: rest }, grid, 3)!
    for (const from of [3.605, 3.62, 3.65, 3.71, 3.715, 3.76]) {
      const { state, window } = observe({ chargeCurve: curve(from, 4.15), relaxation: rest }, grid, 3)!
      const { first, last } = window
      for (let i = first + 1; i <= last; i++) {
        const wanted = whole.state[i] - whole.state[i - 1]
        expect((state[i] - state[i - 1]) / wanted).toBeCloseTo(1, 1)
      }
    }
  })

  it('puts rests of any sampling on one time axis', () => {
    const fine = {
      time: null,
      voltage: Float64Array.from({ length: 91 }, (_, i) => 4.16 + 0.02 * Math.exp(-(i - 5) / 24)),
    }
    const [a, b] = [rest, fine].map((relaxation) =>
      observe({ chargeCurve: curve(3.6, 4.15), relaxation }, grid, 3)!,
    )
    for (let i = 50; i < 64; i++) expect(b.state[i]).toBeCloseTo(a.state[i], 3)
  })

  it('is nothing without a curve of known voltages', () => {
    expect(observe({ chargeCurve: null, relaxation: rest }, grid, 3)).toBeNull()
    expect(
      observe({ chargeCurve: { ...curve(3.6, 4.15), from: null }, relaxation: rest }, grid, 3),
    ).toBeNull()
    expect(observe({ chargeCurve: curve(4.2, 4.4), relaxation: rest }, grid, 3)).toBeNull()
  })
})

describe('completionOf', () => {
  const random = seededRandom(3)
  const states = Array.from({ length: 200 }, () => {
    const [size, bend] = [0.8 + 0.1 * random.uniform(), random.uniform()]
    return Float64Array.from({ length: 64 }, (_, i) =>
      i < 50 ? size * (i / 49) ** (1 + bend) : 0.1 * size - 0.001 * i,
    )
  })
  const spread = spreadOf(states)
  const narrow = { first: 20, last: 49, hasRest: true }

  it('keeps what was measured and finds what was not', () => {
    const completion = completionOf(spread, narrow)
    for (const state of states.slice(0, 20)) {
      const whole = completion.complete(narrowed({ state, window: wholeWindow }, narrow))
      expect(whole[0]).toBe(0)
      for (let i = 21; i < 50; i++) expect(whole[i] - whole[20]).toBeCloseTo(state[i] - state[20], 12)
      for (let i = 0; i < 50; i++) expect(Math.abs(whole[i] - state[i])).toBeLessThan(0.02)
    }
  })

  it('is surprised by what no trained state looks like', () => {
    const completion = completionOf(spread, wholeWindow)
    const usual = states.map((state) => completion.surprise({ state, window: wholeWindow }))
    const interrupted = states[0].map((value, i) => (i > 20 && i < 50 ? value * 0.6 : value))
    expect(completion.surprise({ state: interrupted, window: wholeWindow })).toBeGreaterThan(
      5 * Math.max(...usual),
    )
  })
})

describe('contains', () => {
  it('asks for both ends and the rest', () => {
    expect(contains(wholeWindow, { first: 3, last: 49, hasRest: true })).toBe(true)
    expect(contains({ first: 4, last: 49, hasRest: true }, { first: 3, last: 49, hasRest: false })).toBe(
      false,
    )
    expect(contains({ first: 0, last: 49, hasRest: false }, { first: 3, last: 49, hasRest: true })).toBe(
      false,
    )
  })
})
