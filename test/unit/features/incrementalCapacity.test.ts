import { describe, expect, it } from 'vitest'
import { incrementalCapacity } from '../../../src-shared/features/incrementalCapacity.ts'
import { curve } from '../../fixtures/perCycle.ts'

const charge = Float64Array.from(curve(2))

describe('incrementalCapacity', () => {
  it.each([{ smoothed: false }, { smoothed: true }])(
    'encloses the charge passed, smoothed $smoothed',
    ({ smoothed }) => {
      const { voltage, slope } = incrementalCapacity({ from: 3.6, to: 4.15, charge }, { smoothed })!
      const area = slope.reduce((sum, value) => sum + value * (0.55 / 49), 0)
      expect(area).toBeCloseTo(2, 12)
      expect([voltage.length, slope.length]).toEqual([49, 49])
      expect(voltage[0]).toBeCloseTo(3.6 + 0.55 / 98, 12)
    },
  )

  it('needs the voltages of the curve', () => {
    expect(incrementalCapacity({ from: null, to: null, charge }, { smoothed: false })).toBeNull()
  })
})
