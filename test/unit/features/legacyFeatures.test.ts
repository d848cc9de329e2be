import { describe, expect, it } from 'vitest'
import type { Cycle } from '../../../src-shared/cell/cycle.ts'
import { legacyFeatureNames, legacyFeatures } from '../../../src-shared/features/legacyFeatures.ts'
import { curve, rest } from '../../fixtures/perCycle.ts'

const cycle: Cycle = {
  row: 0,
  number: 2,
  chargeCurve: { from: 3.6, to: 4.15, charge: Float64Array.from(curve(2)) },
  relaxation: { time: null, voltage: Float64Array.from(rest) },
  dischargeCapacity: null,
  use: { charge: null, discharge: null, before: null, temperature: null },
  stored: null,
}

// Computed once with NumPy and SciPy from the same made-up curve and rest.
const relaxation = [
  4.164092376724591, 1.0981755905397437, 4.195, 4.151744839352427, 0.00016867866777593588,
  0.06884688801277994,
]
const inAh = [
  0.8911810547746697, 0.20260178561192274, 2, 0.36613650243425, 0.11267477810060425, 3.7136136136136138,
]
const inMilliampereHours = [
  891.1810547746697, 0.2026017856119225, 2000, 366136.50243424997, 112.67477810060424, 3.7136136136136138,
]

describe('legacyFeatures', () => {
  it.each([
    { curveUnit: 'Ah', expected: [...relaxation, ...inAh] },
    { curveUnit: 'mAh', expected: [...relaxation, ...inMilliampereHours] },
  ] as const)('matches NumPy and SciPy in $curveUnit', ({ curveUnit, expected }) => {
    const features = legacyFeatures(cycle, { features: 12, curveUnit })!
    expect(features).toHaveLength(legacyFeatureNames.length)
    for (const [i, value] of expected.entries()) expect(Math.abs(features[i] / value - 1)).toBeLessThan(1e-12)
  })

  it('gives the last six of the twelve to a network without relaxation', () => {
    const twelve = legacyFeatures(cycle, { features: 12, curveUnit: 'Ah' })!
    const six = legacyFeatures({ ...cycle, relaxation: null }, { features: 6, curveUnit: 'Ah' })!
    expect([...six]).toEqual([...twelve.slice(6)])
  })

  it('is null without the signals it needs', () => {
    expect(legacyFeatures({ ...cycle, chargeCurve: null }, { features: 6, curveUnit: 'Ah' })).toBeNull()
    expect(legacyFeatures({ ...cycle, relaxation: null }, { features: 12, curveUnit: 'Ah' })).toBeNull()
  })

  it('leaves the 0.2 Ah feature undefined for a cell that never charges so much', () => {
    const small = { from: 3.6, to: 4.15, charge: Float64Array.from(curve(0.18)) }
    const features = legacyFeatures({ ...cycle, chargeCurve: small }, { features: 12, curveUnit: 'Ah' })!
    expect(features[10]).toBeCloseTo(0.010140730029054383, 14)
    expect(features[11]).toBeNaN()
  })

  it('puts every curve on 3.6 to 4.1 V, whatever its window', () => {
    const retired = { ...cycle, chargeCurve: { ...cycle.chargeCurve!, from: 3.8, to: 4.1 } }
    const options = { features: 12, curveUnit: 'Ah' } as const
    expect(legacyFeatures(retired, options)).toEqual(legacyFeatures(cycle, options))
  })
})
