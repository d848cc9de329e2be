import { describe, expect, it } from 'vitest'
import { cycleInput, fitScaler, useRow } from '../../../src-shared/forecast/networkInput.ts'
import type { InputConvention } from '../../../src-shared/forecast/package.ts'
import { measuredCycle } from './fixtures.ts'

const identity = { mean: [0, 0, 0], scale: [1, 1, 1] }
const legacyUl: InputConvention = { kind: 'legacy', features: 12, curveUnit: 'mAh', use: identity }
const legacyLsd: InputConvention = { ...legacyUl, curveUnit: 'Ah' }
const legacyTpsl: InputConvention = { ...legacyLsd, features: 6 }
const joint: InputConvention = { ...legacyUl, kind: 'joint' }

describe('the planned use as a network reads it', () => {
  const planned = (chargeRate: number) => ({ chargeRate, dischargeRate: 1, temperature: 25 })

  it.each([
    { rate: 0.25, stored: 2.5 },
    { rate: 0.5, stored: 0.5 },
    { rate: 1, stored: 0.1 },
  ])('keeps the wrong $stored for $rate C only in published UL networks', ({ rate, stored }) => {
    expect(useRow(planned(rate), legacyUl, 3.5)).toEqual([stored, 1, 25])
    expect(useRow(planned(rate), joint, 3.5)).toEqual([rate, 1, 25])
  })

  it('is in ampere for LSD and TPSL, whose discharge is negative in TPSL', () => {
    expect(useRow(planned(0.5), legacyLsd, 2.4)).toEqual([1.2, 2.4, 25])
    expect(useRow(planned(0.5), legacyTpsl, 2.4)).toEqual([1.2, -2.4, 25])
  })
})

describe('fitScaler', () => {
  it('takes the population deviation, counts a constant feature as 1 and leaves undefined ones out', () => {
    const rows = [
      [1, 7, NaN],
      [2, 7, 4],
      [6, 7, 8],
    ].map((row) => Float64Array.from(row))
    const { mean, scale } = fitScaler(rows)
    expect(mean).toEqual([3, 7, 6])
    expect(scale[0]).toBeCloseTo(Math.sqrt((4 + 1 + 9) / 3), 14)
    expect(scale.slice(1)).toEqual([1, 2])
  })
})

describe('cycleInput', () => {
  it('standardises in float64 and casts afterwards', () => {
    const plain = { input: legacyUl, scaler: null, ratedCapacity: 3.5 }
    const { rawFeatures } = cycleInput(measuredCycle(), plain)!
    // Means so near the features that a cast before the subtraction would leave nothing but rounding.
    const scaler = { mean: [...rawFeatures].map((f) => f * (1 - 1e-9)), scale: Array<number>(12).fill(1e-9) }
    const { features } = cycleInput(measuredCycle(), { ...plain, scaler })!
    features.forEach((value, i) => expect(value / rawFeatures[i]).toBeCloseTo(1, 5))
  })

  it('lets an undefined feature enter as the training mean', () => {
    const charge = Float64Array.from({ length: 50 }, (_, i) => i * 0.002)
    const small = measuredCycle({ chargeCurve: { from: 3.6, to: 4.15, charge } })
    const scaler = { mean: Array<number>(12).fill(5), scale: Array<number>(12).fill(2) }
    const { features, rawFeatures } = cycleInput(small, { input: legacyUl, scaler, ratedCapacity: 3.5 })!
    expect(rawFeatures[11]).toBeNaN()
    expect(features[11]).toBe(0)
  })
})
