import { describe, expect, it } from 'vitest'
import { perceptronReader, type Perceptron } from '../../../../src-shared/evidence/perceptron.ts'
import { seededRandom } from '../../../../src-shared/network/seededRandom.ts'
import { cellRows } from '../../../../src-main/training/evidence/evidenceRows.ts'
import { fitPerceptron } from '../../../../src-main/training/perceptron/fitPerceptron.ts'
import { trajectoryLoss } from '../../../../src-main/training/perceptron/perceptronLoss.ts'
import { createPerceptronMachine } from '../../../../src-main/training/perceptron/perceptronMachine.ts'
import { evidenceToy } from '../evidenceToy.ts'
import { toyCell } from '../toyCells.ts'

const T = 6
const shape = { B: 8, D: 7, H: 20, O: 5 }
const random = seededRandom(3)
const gaussians = (length: number, size: number): Float32Array =>
  Float32Array.from({ length }, () => size * random.gaussian())
const axes = { level: 0.9, spread: 0.05, basis: gaussians(4 * T, 0.02), T }
const truth = gaussians(shape.B * T, 0.003).map((value, i) => (i % 7 === 3 ? NaN : 0.9 + value))
const inputs = Array.from({ length: shape.B }, () => Float64Array.from(gaussians(shape.D, 1)))

/** The loss in double precision, as plainly as it can be written. */
function plainLoss(layers: readonly { weights: Float64Array; bias: Float64Array }[]): number {
  const output = inputs.flatMap((input) => {
    let values = Array.from(input)
    layers.forEach(({ weights, bias }, l) => {
      values = Array.from(bias, (start, j) =>
        values.reduce((sum, value, i) => sum + value * weights[i * bias.length + j], start),
      ).map((sum) => (l < 2 ? sum / (1 + Math.exp(-sum)) : sum))
    })
    return values
  })
  const terms: number[] = []
  let present = 0
  for (let b = 0; b < shape.B; b++) {
    const said = output.slice(b * shape.O, (b + 1) * shape.O)
    for (let t = 0; t < T; t++) {
      const wanted = truth[b * T + t]
      if (Number.isNaN(wanted)) continue
      const lost = [1, 2, 3, 4].reduce((sum, k) => sum + said[k] * axes.basis[(k - 1) * T + t], 0)
      const size = Math.abs((100 * (0.9 + 0.05 * said[0] + lost - wanted)) / wanted)
      const term = size <= 0.3 ? size ** 2 / 2 : 0.3 * (size - 0.15)
      terms.push(term)
      if (t === 0) present += term / shape.B
    }
  }
  return terms.reduce((sum, term) => sum + term, 0) / terms.length + 0.3 * present
}

describe('the training of a perceptron', () => {
  it('goes down the gradient of its loss', () => {
    const machine = createPerceptronMachine(shape, seededRandom(5))
    inputs.forEach((input, b) => machine.put(b, input))
    machine.forward(0)
    const loss = trajectoryLoss(machine, axes, truth)
    machine.backward()
    const layers = machine.layers().map(({ weights, bias }) => ({
      weights: Float64Array.from(weights),
      bias: Float64Array.from(bias),
    }))
    expect(loss).toBeCloseTo(plainLoss(layers), 5)
    machine.gradients().forEach((gradients, l) => {
      for (const part of ['weights', 'bias'] as const) {
        const values = layers[l][part]
        for (let i = 0; i < values.length; i += 3) {
          const [less, more] = [-1e-5, 1e-5].map((change) => {
            const before = values[i]
            values[i] = before + change
            const found = plainLoss(layers)
            values[i] = before
            return found
          })
          expect(gradients[part][i]).toBeCloseTo((more - less) / 2e-5, 4)
        }
      }
    })
  })

  const order = { grid: { from: 3.6, to: 4.15 }, T: 12, seed: 5 }
  const rowsOf = (number: number): ReturnType<typeof cellRows> => {
    const cell = toyCell({ number, role: 'train', cycles: 24, chargeRate: 0.5, condition: 'toy A' })
    return cellRows(cell, number, { grid: order.grid, input: evidenceToy.settings.input, ratedCapacity: 2 })
  }
  const rows = [1, 2, 3, 4].flatMap(rowsOf)
  const unseen = rowsOf(9)
  const fitted = fitPerceptron(rows, order)

  it('learns from a few cells what those say of another', () => {
    const read = perceptronReader(fitted!)
    const level = rows.reduce((sum, { capacity }) => sum + capacity, 0) / rows.length
    const errorOf = (said: (row: (typeof rows)[number]) => number): number =>
      unseen.reduce((sum, row) => sum + Math.abs(said(row) - row.capacity), 0)
    expect(errorOf(({ state, use }) => read(state, use).capacity)).toBeLessThan(0.3 * errorOf(() => level))
    const followed = unseen.slice(0, -11)
    const trendError = (said: (row: (typeof rows)[number]) => number): number =>
      followed.reduce((sum, row) => sum + Math.abs(said(row) - row.lostAt(11)), 0)
    const ofNothing = trendError(() => 0)
    expect(trendError(({ state, use }) => read(state, use).lost[11])).toBeLessThan(0.6 * ofNothing)
  })

  it('makes the same bits of the same seed, others of another', () => {
    const bytesOf = (perceptron: Perceptron | null): Buffer =>
      Buffer.concat(perceptron!.layers.map(({ weights }) => Buffer.from(weights.buffer)))
    expect(bytesOf(fitPerceptron(rows, order)).equals(bytesOf(fitted))).toBe(true)
    expect(bytesOf(fitPerceptron(rows, { ...order, seed: 6 })).equals(bytesOf(fitted))).toBe(false)
  })

  it('is not made where hardly a row was followed to the end', () => {
    expect(fitPerceptron(rows, { ...order, T: 24 })).toBeNull()
  })
})
