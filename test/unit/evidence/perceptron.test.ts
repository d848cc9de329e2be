import { describe, expect, it } from 'vitest'
import { perceptronReader, type Layer, type Perceptron } from '../../../src-shared/evidence/perceptron.ts'
import { fillSignals, signalsLength } from '../../../src-shared/evidence/signals.ts'
import { seededRandom } from '../../../src-shared/network/seededRandom.ts'

const random = seededRandom(4)
const D = signalsLength + 3
const layer = (inputs: number, outputs: number): Layer => ({
  weights: Float32Array.from({ length: inputs * outputs }, () => 0.3 * random.gaussian()),
  bias: Float32Array.from({ length: outputs }, () => 0.3 * random.gaussian()),
})
const perceptron: Perceptron = {
  mean: Float32Array.from({ length: D }, () => 0.1 * random.gaussian()),
  scale: Float32Array.from({ length: D }, (_, d) => (d === D - 2 ? 0 : 0.5)),
  layers: [layer(D, 5), layer(5, 5), layer(5, 3)],
  level: 0.9,
  spread: 0.05,
  basis: Float32Array.from([0, -0.01, -0.02, -0.03, 0, 0.01, 0, -0.01]),
}
const state = Float64Array.from({ length: 64 }, (_, i) => (i < 50 ? 0.8 * (i / 49) ** 2 : -0.02 * i))
const use = [-1, 40, 2.5]

/** Layer by layer as written in a textbook. */
function byHand(): { capacity: number; lost: number[] } {
  const signals = new Float64Array(signalsLength)
  fillSignals(signals, state)
  let values = [...signals, ...use].map((value, d) =>
    Math.min(8, Math.max(-8, (value - perceptron.mean[d]) * perceptron.scale[d])),
  )
  perceptron.layers.forEach(({ weights, bias }, l) => {
    values = Array.from(bias, (start, j) =>
      values.reduce((sum, value, i) => sum + value * weights[i * bias.length + j], start),
    ).map((sum) => (l < 2 ? sum / (1 + Math.exp(-sum)) : sum))
  })
  const [present, first, second] = values
  const { basis } = perceptron
  return {
    capacity: 0.9 + 0.05 * present,
    lost: [0, 1, 2, 3].map((t) => first * basis[t] + second * basis[4 + t]),
  }
}

describe('the perceptron of a measurement', () => {
  it('answers as computed by hand', () => {
    const { capacity, lost } = perceptronReader(perceptron)(state, use)
    const expected = byHand()
    expect(capacity).toBeCloseTo(expected.capacity, 10)
    expected.lost.forEach((value, t) => expect(lost[t]).toBeCloseTo(value, 10))
  })

  it('loses nothing at the first step, and is not moved by what never differed or lies far out', () => {
    const read = perceptronReader(perceptron)
    const one = read(state, use)
    expect(one.lost[0]).toBe(0)
    expect(read(state, [use[0], 7, use[2]])).toEqual(one)
    expect(read(state, [1e6, 7, use[2]])).toEqual(read(state, [1e9, 7, use[2]]))
  })
})
