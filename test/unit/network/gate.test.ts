import { describe, expect, it } from 'vitest'
import { gateForward } from '../../../src-shared/network/gate.ts'

function gated(logits: readonly number[], k = 2) {
  const E = logits.length
  const gate = new Float64Array(E)
  const share = new Float64Array(E)
  const mask = new Uint8Array(E)
  gateForward(gate, share, mask, Float64Array.from(logits), { k, alpha: 10 }, { B: 1, E })
  return { gate: [...gate], share: [...share], mask: [...mask] }
}

describe('the gate', () => {
  it.each([
    { logits: [1, 5, 3, 2, 4], k: 2, mask: [1, 0, 1, 1, 0] },
    { logits: [1, 5, 3, 2, 4], k: 1, mask: [1, 0, 1, 1, 1] },
    { logits: [1, 5, 3, 2, 4], k: 5, mask: [0, 0, 0, 0, 0] },
    { logits: [4, 4, 4, 2, 1], k: 2, mask: [0, 0, 0, 1, 1] },
  ])('masks what is below the $k-th largest of $logits, ties kept', ({ logits, k, mask }) => {
    expect(gated(logits, k).mask).toEqual(mask)
  })

  it('scores the masked by a logarithm and the others by an exponential, then takes shares again', () => {
    // Shares of 0, ln 2 and ln 5 are 1/8, 2/8 and 5/8; k = 2 masks the first.
    const { gate, share } = gated([0, Math.log(2), Math.log(5)])
    const expected = [1 / 8, 2 / 8, 5 / 8]
    share.forEach((value, e) => expect(value).toBeCloseTo(expected[e], 14))
    const scores = [10 * Math.log(9 / 8), 10 * Math.expm1(2 / 8), 10 * Math.expm1(5 / 8)]
    const sum = scores.reduce((total, score) => total + Math.exp(score), 0)
    gate.forEach((value, e) => expect(value).toBeCloseTo(Math.exp(scores[e]) / sum, 14))
  })
})
