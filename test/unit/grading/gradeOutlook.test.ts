import { describe, expect, it } from 'vitest'
import type { Finding } from '../../../src-shared/cell/finding.ts'
import type { Assessment, Evidence } from '../../../src-shared/forecast/assessment.ts'
import { endOfLife } from '../../../src-shared/forecast/endOfLife.ts'
import type { ExtraKind } from '../../../src-shared/forecast/extraMeasurement.ts'
import { gradeOutlook } from '../../../src-shared/grading/gradeOutlook.ts'
import { defaultRules, type GradingRules } from '../../../src-shared/grading/rules.ts'
import { sampleAssessment } from '../../fixtures/assessment.ts'

interface Known {
  median: number
  half: number
  evidence?: Evidence
  findings?: Finding[]
  fade?: number
}

const horizon = 150

/** A cell rated 1 Ah, so that Ah and state of health are the same number. */
function known({ median, half, evidence = 'estimated', findings = [], fade = 0 }: Known): Assessment {
  const trajectory = Array.from({ length: horizon + 1 }, (_, cycle) => {
    const capacity_Ah = median - fade * cycle
    return { cycle, capacity_Ah, low_Ah: capacity_Ah - half, high_Ah: capacity_Ah + half, evidence }
  })
  return {
    ...sampleAssessment(),
    nominalCapacity_Ah: 1,
    stateOfHealth: { value: median, low: median - half, high: median + half, definition: '', evidence },
    trajectory,
    endOfLife: endOfLife(trajectory, { threshold: 0.8, ratedCapacity: 1 }),
    domain: { inside: true, findings },
  }
}

function outlook(now: Known, then: { half: number; kind?: ExtraKind }, rules: GradingRules = defaultRules) {
  const { half, kind = 'whole' } = then
  const halves_Ah = Array.from({ length: horizon + 1 }, () => half)
  const told = gradeOutlook(known(now), { kind, halves_Ah }, rules)
  return {
    now: told.now.grade ?? told.now.verdict,
    effect: told.effect,
    then: told.then.map((one) => [one.grade ?? one.verdict, Math.round(100 * one.likelihood)]),
  }
}

describe('the grades that stay possible after a further measurement', () => {
  // s = 0.04 / 1.6449 = 0.0243; below 0.80: Φ(−0.03 / 0.0243) = 0.109; from 0.90 on: Φ(−0.07 / 0.0243) = 0.002.
  it('of the capacity itself are those the present interval covers, each as likely as its share', () => {
    expect(outlook({ median: 0.83, half: 0.04 }, { half: 0, kind: 'capacity' })).toEqual({
      now: 'C',
      effect: 'may-change',
      then: [
        ['B', 89],
        ['C', 11],
      ],
    })
  })

  // √(0.05² − 0.03²) / 1.6449 = 0.0243; the bound reaches 0.80 from a median of 0.83: Φ(−0.01 / 0.0243) = 0.340.
  it('keep the guard band of the narrower interval', () => {
    expect(outlook({ median: 0.82, half: 0.05 }, { half: 0.03 }).then).toEqual([
      ['C', 66],
      ['B', 34],
    ])
  })

  it('are one where no grade lies near', () => {
    const told = outlook({ median: 0.96, half: 0.01 }, { half: 0.005 })
    expect(told).toEqual({ now: 'A', effect: 'leaves', then: [['A', 100]] })
  })

  it('settle what was held: at the border of the lowest grade it is one or the other, evenly', () => {
    const { effect, now, then } = outlook({ median: 0.7, half: 0.02 }, { half: 0, kind: 'capacity' })
    expect([now, effect]).toEqual(['hold', 'settles'])
    expect(new Map(then as [string, number][])).toEqual(
      new Map([
        ['C', 50],
        ['reject', 50],
      ]),
    )
  })

  it('count the cycles that a grade asks for, along the trajectory that would follow', () => {
    // 0.9 + z·0.0304 − 0.001·59 ≥ 0.8 ⇔ z ≥ −1.349, and Φ(1.349) = 0.911.
    const rules = {
      ...defaultRules,
      grades: [{ grade: 'B', leastStateOfHealth: 0.8, leastCycles: 60 }],
    }
    const now = { median: 0.9, half: 0.05, fade: 0.001 }
    expect(outlook(now, { half: 0, kind: 'capacity' }, rules)).toEqual({
      now: 'B',
      effect: 'may-change',
      then: [
        ['B', 91],
        ['reject', 9],
      ],
    })
  })

  describe('of an extrapolated state of health', () => {
    const extrapolated = (code: string): Known => ({
      median: 0.85,
      half: 0.02,
      evidence: 'extrapolated',
      findings: [{ code, message: 'x' }],
    })

    it('are decided by a measured capacity', () => {
      const told = outlook(extrapolated('few-comparable-cells'), { half: 0, kind: 'capacity' })
      expect(told).toEqual({ now: 'hold', effect: 'settles', then: [['B', 100]] })
    })

    it('stay held by another charge where the model lacks cells like it', () => {
      const told = outlook(extrapolated('few-comparable-cells'), { half: 0.01 })
      expect(told).toEqual({ now: 'hold', effect: 'leaves', then: [['hold', 100]] })
    })

    it('are unknown where the record is what is unlike', () => {
      const told = outlook(extrapolated('features-outside-domain'), { half: 0.01 })
      expect(told).toEqual({ now: 'hold', effect: 'unknown', then: [] })
    })
  })
})
