import { describe, expect, it } from 'vitest'
import { adamStep, createAdamState } from '../../../src-shared/network/adam.ts'
import { initialParameters } from '../../../src-shared/network/initialParameters.ts'
import {
  canonicalName,
  countParameters,
  parameterSizes,
  product,
  validateParameters,
} from '../../../src-shared/network/parameters.ts'
import { seededRandom } from '../../../src-shared/network/seededRandom.ts'

const published = { T: 50, V: 50, F: 12, E: 5, U: 64 }

describe('parameters', () => {
  it('count what the published network has', () => {
    const lstm = 2 * (256 * 4 + 256 * 64 + 2 * 256)
    expect(countParameters(published)).toBe(25 + 5 * 2550 + 65 + lstm + 129)
  })

  it('start within the ranges of PyTorch, alike for a seed', () => {
    const parameters = initialParameters(published, seededRandom(7))
    expect(() => validateParameters(published, parameters)).not.toThrow()
    expect(Math.max(...parameters['lstm.weight_hh_l0'])).toBeLessThanOrEqual(1 / 8)
    expect(Math.max(...parameters['lstm.weight_hh_l0'])).toBeGreaterThan(0.99 / 8)
    expect(parameters['w_noise'].every((x) => x === 0)).toBe(true)
    expect(initialParameters(published, seededRandom(7))).toEqual(parameters)
    expect(initialParameters(published, seededRandom(8))).not.toEqual(parameters)
  })

  it.each([
    ['a missing tensor', (p: Record<string, Float32Array>) => delete p['fc_final.bias']],
    ['a wrong size', (p: Record<string, Float32Array>) => (p['fc_final.bias'] = new Float32Array(2))],
    ['a stranger', (p: Record<string, Float32Array>) => (p['fc_other.bias'] = new Float32Array(1))],
    ['a value that is not a number', (p: Record<string, Float32Array>) => (p['fc_final.bias'][0] = NaN)],
  ])('are refused with %s', (_, spoil) => {
    const parameters = initialParameters(published, seededRandom(1))
    spoil(parameters)
    expect(() => validateParameters(published, parameters)).toThrow(
      expect.objectContaining({ kind: 'refused', code: 'parameters-mismatch' }),
    )
  })

  it('take the names of published code and checkpoints', () => {
    expect(canonicalName('capacity_fc.3.weight')).toBe('capacity_fcs.3.weight')
    expect(canonicalName('features_fc.bias')).toBe('relaxation_fc.bias')
    expect([...parameterSizes(published).keys()].map(canonicalName)).toEqual([
      ...parameterSizes(published).keys(),
    ])
  })
})

describe('Adam', () => {
  const shape = { T: 1, V: 1, F: 1, E: 2, U: 1 }

  it('moves every parameter by the rate in the first step, against its gradient', () => {
    const parameters = initialParameters(shape, seededRandom(1))
    const before = structuredClone(parameters)
    const gradients = Object.fromEntries(
      [...parameterSizes(shape)].map(([name, size]) => [name, new Float64Array(product(size)).fill(-3)]),
    )
    adamStep(parameters, gradients, createAdamState(shape), { learningRate: 0.01 })
    for (const name in parameters) {
      parameters[name].forEach((x, i) => expect(x - before[name][i]).toBeCloseTo(0.01, 6))
    }
  })

  it('decays weights without a gradient when asked to, and not by itself', () => {
    const still = Object.fromEntries(
      [...parameterSizes(shape)].map(([name, size]) => [name, new Float64Array(product(size))]),
    )
    const parameters = initialParameters(shape, seededRandom(1))
    const before = structuredClone(parameters)
    adamStep(parameters, still, createAdamState(shape), { learningRate: 0.1 })
    expect(parameters).toEqual(before)
    adamStep(parameters, still, createAdamState(shape), { learningRate: 0.1, weightDecay: 0.5 })
    expect(parameters['fc_final.weight'][0]).toBeCloseTo(before['fc_final.weight'][0] * 0.95, 6)
  })
})

describe('seeded random numbers', () => {
  it('are the same for a seed, uniform in 0 … 1 and normal with unit spread', () => {
    const random = seededRandom(42)
    const again = seededRandom(42)
    const values = Array.from({ length: 20000 }, () => random.gaussian())
    expect(values.slice(0, 10)).toEqual(Array.from({ length: 10 }, () => again.gaussian()))
    const mean = values.reduce((sum, x) => sum + x, 0) / values.length
    const variance = values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / values.length
    expect(Math.abs(mean)).toBeLessThan(0.03)
    expect(Math.abs(variance - 1)).toBeLessThan(0.05)
    const uniform = Array.from({ length: 1000 }, () => random.uniform())
    expect(Math.min(...uniform)).toBeGreaterThanOrEqual(0)
    expect(Math.max(...uniform)).toBeLessThan(1)
  })
})
