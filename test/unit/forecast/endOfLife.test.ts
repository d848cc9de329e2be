import { describe, expect, it } from 'vitest'
import type { TrajectoryPoint } from '../../../src-shared/forecast/assessment.ts'
import { endOfLife } from '../../../src-shared/forecast/endOfLife.ts'

const line = (half: number | null): TrajectoryPoint[] =>
  Array.from({ length: 50 }, (_, cycle) => {
    const capacity = 2 - 0.01 * cycle
    return {
      cycle,
      capacity_Ah: capacity,
      low_Ah: half === null ? null : capacity - half,
      high_Ah: half === null ? null : capacity + half,
      evidence: 'estimated',
    }
  })

describe('endOfLife', () => {
  it('orders P10, P50 and P90', () => {
    const { p10, p50, p90 } = endOfLife(line(0.1), { threshold: 0.85, ratedCapacity: 2 })
    expect([p10, p50, p90]).toEqual([23, 31, 38])
  })

  it('is null when the threshold lies beyond the horizon', () => {
    expect(endOfLife(line(0.1), { threshold: 0.5, ratedCapacity: 2 })).toMatchObject({
      p10: null,
      p50: null,
      p90: null,
    })
  })

  it('is zero for a cell already below', () => {
    expect(endOfLife(line(0.001), { threshold: 1.1, ratedCapacity: 2 })).toMatchObject({
      p10: 0,
      p50: 0,
      p90: 0,
    })
  })

  it('gives no quantile without an interval', () => {
    expect(endOfLife(line(null), { threshold: 0.9, ratedCapacity: 2 })).toMatchObject({
      p10: null,
      p50: 21,
      p90: null,
    })
  })
})

describe('its evidence', () => {
  const extrapolatedFrom = (cycle: number): TrajectoryPoint[] =>
    line(0.1).map((point) => (point.cycle < cycle ? point : { ...point, evidence: 'extrapolated' }))

  it('is the weakest on the way to the crossing', () => {
    expect(endOfLife(extrapolatedFrom(10), { threshold: 0.85, ratedCapacity: 2 }).evidence).toBe(
      'extrapolated',
    )
    expect(endOfLife(extrapolatedFrom(40), { threshold: 0.85, ratedCapacity: 2 }).evidence).toBe('estimated')
  })

  it('is that of the horizon where the threshold lies beyond', () => {
    expect(endOfLife(extrapolatedFrom(40), { threshold: 0.5, ratedCapacity: 2 }).evidence).toBe(
      'extrapolated',
    )
  })
})
