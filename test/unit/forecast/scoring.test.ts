import { describe, expect, it } from 'vitest'
import { scoreForecast, sumOfScores, type MeasuredCapacity } from '../../../src-shared/forecast/scoring.ts'
import { sampleAssessment } from '../../fixtures/assessment.ts'

const assessment = sampleAssessment({ horizon: 20 })
const forecast = { row: 5, assessedAt: '2026-05-01T10:00:00.000Z', assessment }
const later = '2026-06-01T10:00:00.000Z'

function measured(cycle: number, off: number, knownSince = later): MeasuredCapacity {
  const capacity_Ah = assessment.trajectory[cycle].capacity_Ah + off
  return { row: forecast.row + cycle, capacity_Ah, origin: 'record', knownSince }
}

const used = (cycle: number, rate: number) => ({
  row: forecast.row + cycle,
  use: { charge: { rate }, discharge: { rate: 1 }, before: null, temperature: null },
})

describe('scoreForecast', () => {
  it('compares what was measured later, relative to the rated capacity', () => {
    const score = scoreForecast(forecast, [measured(4, 0.007), measured(10, -0.35)], [])
    expect(score).toMatchObject({ kind: 'forecast', hits: 1, bands: 2, reason: null })
    expect(score.points.map(({ cycle, inside }) => [cycle, inside])).toEqual([
      [4, true],
      [10, false],
    ])
    expect(score.points[0].error).toBeCloseTo(-0.002, 12)
    expect(score.points[1].error).toBeCloseTo(0.1, 12)
    expect(score.meanError).toBeCloseTo(0.051, 12)
  })

  it('never compares the cycle it was made from, or an earlier one', () => {
    const { points, reason } = scoreForecast(forecast, [measured(0, 0.1)], [])
    expect({ points, reason }).toEqual({ points: [], reason: 'nothing-measured' })
  })

  it('says so where everything was measured beyond its horizon', () => {
    const beyond = { row: forecast.row + 20, capacity_Ah: 2, origin: 'stated', knownSince: later } as const
    expect(scoreForecast(forecast, [beyond], []).reason).toBe('beyond-horizon')
  })

  it('judges a plan only as far as it was followed', () => {
    const truths = [measured(4, 0), measured(10, 0)]
    const followed = scoreForecast(forecast, truths, [used(4, 0.5), used(10, 0.5)])
    const strayed = scoreForecast(forecast, truths, [used(4, 0.5), used(7, 1), used(10, 0.5)])
    expect(followed.points).toHaveLength(2)
    expect(strayed.points.map(({ cycle }) => cycle)).toEqual([4])
    expect(scoreForecast(forecast, truths, [used(1, 2)]).reason).toBe('plan-not-followed')
  })

  it('counts what was known before as a hindcast, and leaves it out beside a real forecast', () => {
    const before = '2026-04-01T10:00:00.000Z'
    expect(scoreForecast(forecast, [measured(3, 0, before)], [])).toMatchObject({ kind: 'hindcast' })
    const both = scoreForecast(forecast, [measured(3, 0, before), measured(6, 0)], [])
    expect(both).toMatchObject({ kind: 'forecast', points: [{ cycle: 6 }] })
  })

  it('has no hits to count without an interval', () => {
    const bare = { ...forecast, assessment: sampleAssessment({ horizon: 20, hasInterval: false }) }
    const score = scoreForecast(bare, [measured(4, 0)], [])
    expect(score).toMatchObject({ bands: 0, points: [{ inside: null }] })
    expect(sumOfScores([score])).toMatchObject({ forecasts: 1, points: 1, hitShare: null })
  })
})

describe('sumOfScores', () => {
  it('pools the values, not the forecasts', () => {
    const two = scoreForecast(forecast, [measured(4, 0.35), measured(5, 0.35)], [])
    const one = scoreForecast(forecast, [measured(4, 0)], [])
    const nothing = scoreForecast(forecast, [], [])
    const sum = sumOfScores([two, one, nothing])
    expect(sum).toMatchObject({ forecasts: 2, points: 3, hitShare: 1 / 3 })
    expect(sum.meanError).toBeCloseTo(0.2 / 3, 12)
    expect(sumOfScores([])).toEqual({ forecasts: 0, points: 0, meanError: null, hitShare: null })
  })
})
