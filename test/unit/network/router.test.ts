import { expect, it } from 'vitest'
import { noiseForward } from '../../../src-shared/network/router.ts'

it('training noise spreads a logit by softplus(z N) + 1e-5 times its epsilon', () => {
  const shape = { B: 1, F: 1, E: 2 }
  const clean = Float64Array.of(0.5, -1)
  const epsilon = Float32Array.of(2, -1)
  const logits = new Float64Array(2)
  const raw = new Float64Array(2)
  noiseForward(logits, raw, clean, epsilon, new Float64Array(4), shape)
  expect([...raw]).toEqual([0, 0])
  expect(logits[0]).toBeCloseTo(0.5 + 2 * (Math.log(2) + 1e-5), 14)
  expect(logits[1]).toBeCloseTo(-1 - (Math.log(2) + 1e-5), 14)

  noiseForward(logits, raw, clean, epsilon, Float64Array.of(1, 2, 3, 4), shape)
  expect([...raw]).toEqual([0.5 - 3, 1 - 4])
  expect(logits[0]).toBeCloseTo(0.5 + 2 * (Math.log(1 + Math.exp(-2.5)) + 1e-5), 14)
})
