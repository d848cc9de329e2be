import { describe, expect, it } from 'vitest'
import { forward } from '../../../src-shared/network/forward.ts'
import { initialParameters } from '../../../src-shared/network/initialParameters.ts'
import { seededRandom } from '../../../src-shared/network/seededRandom.ts'

const shape = { T: 6, V: 8, F: 12, E: 5, U: 7 }
const gate = { k: 2, alpha: 10 }

function randomInput(B: number, seed = 1) {
  const random = seededRandom(seed)
  const gaussians = (count: number) => Float32Array.from({ length: count }, () => random.gaussian())
  return {
    B,
    curve: gaussians(B * shape.V),
    features: gaussians(B * shape.F),
    use: gaussians(B * shape.T * 3),
  }
}

describe('the network', () => {
  const parameters = initialParameters(shape, seededRandom(3))

  it('weighs its experts with weights that are all positive and sum to 1', () => {
    const { gateWeights } = forward(parameters, shape, gate, randomInput(40))
    for (let b = 0; b < 40; b++) {
      const row = gateWeights.subarray(b * shape.E, (b + 1) * shape.E)
      expect(row.reduce((sum, w) => sum + w, 0)).toBeCloseTo(1, 6)
      expect(Math.min(...row)).toBeGreaterThan(0)
    }
  })

  it('prefers the k experts with the largest logits', () => {
    const { gateWeights, gateLogits } = forward(parameters, shape, gate, randomInput(40))
    for (let b = 0; b < 40; b++) {
      const order = (values: Float32Array) =>
        [...values.subarray(b * shape.E, (b + 1) * shape.E).entries()]
          .sort((x, y) => y[1] - x[1])
          .map(([e]) => e)
      expect(new Set(order(gateWeights).slice(0, 2))).toEqual(new Set(order(gateLogits).slice(0, 2)))
    }
  })

  it('answers a battery alike, alone and in any batch', () => {
    const B = 71
    const input = randomInput(B)
    const together = forward(parameters, shape, gate, input)
    for (const b of [0, 31, 32, 63, 64, 70]) {
      const alone = forward(parameters, shape, gate, {
        B: 1,
        curve: input.curve.slice(b * shape.V, (b + 1) * shape.V),
        features: input.features.slice(b * shape.F, (b + 1) * shape.F),
        use: input.use.slice(b * shape.T * 3, (b + 1) * shape.T * 3),
      })
      for (let t = 0; t < shape.T; t++) {
        expect(together.capacity[b * shape.T + t]).toBeCloseTo(alone.capacity[t], 6)
      }
    }
  })

  it('lets a change planned late alter the first step: the layer is bidirectional', () => {
    const input = randomInput(1)
    const changed = { ...input, use: input.use.slice() }
    changed.use[shape.T * 3 - 1] += 1
    const before = forward(parameters, shape, gate, input).capacity[0]
    expect(forward(parameters, shape, gate, changed).capacity[0]).not.toBe(before)
  })

  it('answers nothing for no batteries', () => {
    expect(forward(parameters, shape, gate, randomInput(0)).capacity).toHaveLength(0)
  })
})
