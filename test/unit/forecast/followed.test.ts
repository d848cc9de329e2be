import { describe, expect, it } from 'vitest'
import { assess } from '../../../src-shared/forecast/assess.ts'
import { followedSteps } from '../../../src-shared/forecast/followed.ts'
import type { ModelPackage } from '../../../src-shared/forecast/package.ts'
import { description, jointPackage, measuredCycle } from './fixtures.ts'

const own = { chargeRate: 0.5, dischargeRate: 1, temperature: 25 }

/** Trained cells were followed 12 steps from 0.9, and only 4 from 0.7. */
function followedPackage(): ModelPackage {
  const plain = jointPackage().manifest.domain!
  const followedFrom = Array.from({ length: 12 }, (_, t) => (t < 4 ? 0.7 : 0.9))
  return jointPackage({
    domain: { ...plain, conditions: plain.conditions.map((condition) => ({ ...condition, followedFrom })) },
  })
}

describe('a trajectory', () => {
  it.each([
    [0.95, 12],
    [0.8, 4],
    [0.5, 0],
  ])('from a health of %d was followed %d steps', (stateOfHealth, steps) => {
    expect(followedSteps({ manifest: followedPackage().manifest, own, stateOfHealth, horizon: 12 })).toBe(
      steps,
    )
  })

  it('counts as followed where a package does not record it', () => {
    expect(followedSteps({ manifest: jointPackage().manifest, own, stateOfHealth: 0.1, horizon: 12 })).toBe(
      12,
    )
  })

  it('is extrapolated beyond the life of the trained cells, its start is not', () => {
    const cell = { name: 'cell 1', description, cycles: [measuredCycle()] }
    const answer = assess({ model: followedPackage(), cell, measuredCapacity_Ah: 0.8 * 3.5 })
    expect(answer.trajectory[3]?.evidence).toBe('estimated')
    expect(answer.trajectory[4]?.evidence).toBe('extrapolated')
    expect(answer.domain.inside).toBe(false)
    expect(answer.domain.findings.map(({ code }) => code)).toEqual(['beyond-trained-life'])
  })
})
