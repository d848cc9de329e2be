import { describe, expect, it } from 'vitest'
import { Failure } from '../../../src-shared/failure/failure.ts'
import { assess, type AssessmentRequest } from '../../../src-shared/forecast/assess.ts'
import type { Assessment } from '../../../src-shared/forecast/assessment.ts'
import type { Scenario, ScenarioBlock } from '../../../src-shared/forecast/scenario.ts'
import { description, jointPackage, measuredCycle } from './fixtures.ts'

const visited: ScenarioBlock = { cycles: 12, charge_rate: 0.5, discharge_rate: 1, temperature_degC: 45 }
const scenario = (...blocks: ScenarioBlock[]): Scenario => ({ name: 'plan', blocks })
const request = (changes: Partial<AssessmentRequest> = {}): AssessmentRequest => ({
  model: jointPackage(),
  cell: { name: 'cell 1', description, cycles: [measuredCycle()] },
  ...changes,
})
const codes = (assessment: Assessment): string[] => assessment.domain.findings.map((finding) => finding.code)
const failureOf = (act: () => unknown): Failure => {
  try {
    act()
  } catch (error) {
    if (error instanceof Failure) return error
    throw error
  }
  throw new Error('nothing was thrown')
}

describe('the planned use', () => {
  it('never moves the present capacity', () => {
    const held = assess(request())
    const warm = assess(request({ scenario: scenario(visited) }))
    expect(warm.presentCapacity.value_Ah).toBe(held.presentCapacity.value_Ah)
    expect(warm.trajectory[0]?.capacity_Ah).toBe(warm.presentCapacity.value_Ah)
    expect(warm.trajectory[11]?.capacity_Ah).not.toBe(held.trajectory[11]?.capacity_Ah)
  })

  it('counts a doubled block as two blocks', () => {
    const one = assess(request({ scenario: scenario({ ...visited, cycles: 8 }) }))
    const two = assess(request({ scenario: scenario({ ...visited, cycles: 4 }, { ...visited, cycles: 4 }) }))
    expect(two.trajectory).toEqual(one.trajectory)
  })

  it('equals the held use when it states the same', () => {
    const block = { cycles: 3, charge_rate: 0.5, discharge_rate: 1, temperature_degC: 25 }
    expect(assess(request({ scenario: scenario(block) })).trajectory).toEqual(assess(request()).trajectory)
  })
})

describe('evidence', () => {
  it('is estimated inside the domain and extrapolated outside', () => {
    expect(assess(request()).presentCapacity.evidence).toBe('estimated')
    const outside = assess(request({ scenario: scenario({ ...visited, temperature_degC: 5 }) }))
    expect(outside.domain.inside).toBe(false)
    expect(outside.trajectory.at(-1)?.evidence).toBe('extrapolated')
  })

  it('calls rates that were each seen but never together extrapolated, with a wider band', () => {
    const inside = assess(request({ scenario: scenario(visited) }))
    const mixed = assess(
      request({ scenario: scenario({ ...visited, charge_rate: 1, temperature_degC: 45 }) }),
    )
    expect(codes(mixed)).toContain('use-outside-domain')
    const share = (a: Assessment): number => {
      const last = a.trajectory[11]
      const fade = Math.abs(last.capacity_Ah - a.presentCapacity.value_Ah)
      return (last.high_Ah! - last.capacity_Ah - 2 * 0.035) / fade
    }
    expect(share(inside)).toBeCloseTo(0.4, 6)
    expect(share(mixed)).toBeCloseTo(1.3, 6)
  })

  it('gives a cell measured under an untrained use a wider band from step 0 on', () => {
    const width = (a: Assessment): number => a.presentCapacity.high_Ah! - a.presentCapacity.value_Ah
    const cold = { ...description, temperature_degC: 5 }
    const outside = assess(request({ cell: { name: 'x', description: cold, cycles: [measuredCycle()] } }))
    expect(width(outside)).toBeGreaterThan(3 * width(assess(request())))
  })

  it('is extrapolated for a rated capacity that was not trained', () => {
    const large = { ...description, nominalCapacity_Ah: 5 }
    const answer = assess(request({ cell: { name: 'x', description: large, cycles: [measuredCycle()] } }))
    expect(codes(answer)).toContain('unseen-nominal-capacity')
    expect(answer.domain.inside).toBe(false)
    expect(answer.presentCapacity.evidence).toBe('extrapolated')
  })

  it('says of a network without its scaler that the numbers mean nothing', () => {
    const imported = jointPackage({ scaler: null, domain: null, interval: null })
    expect(codes(assess(request({ model: imported })))).toEqual([
      'scaler-missing',
      'domain-unknown',
      'interval-missing',
    ])
  })

  it('is untouched in the present by a plan that was not trained', () => {
    const outside = assess(request({ scenario: scenario({ ...visited, temperature_degC: 5 }) }))
    expect(outside.presentCapacity.evidence).toBe('estimated')
    expect(outside.trajectory[0]?.evidence).toBe('estimated')
    expect(outside.trajectory[1]?.evidence).toBe('extrapolated')
  })

  it('is extrapolated from a change of use on, where no trained cell went through one', () => {
    const { hasChangingUse: _, ...domain } = jointPackage().manifest.domain!
    const model = jointPackage({ domain })
    const own = { cycles: 5, charge_rate: 0.5, discharge_rate: 1, temperature_degC: 25 }
    const changing = assess(request({ model, scenario: scenario(own, visited) }))
    expect(codes(changing)).toEqual(['use-change-untrained'])
    expect(changing.trajectory.map((point) => point.evidence).indexOf('extrapolated')).toBe(5)
    expect(assess(request({ model })).domain.inside).toBe(true)
  })

  it('says when the cycle itself discharged something else', () => {
    const cycles = [measuredCycle({ dischargeCapacity: 1 })]
    const answer = assess(request({ cell: { name: 'cell 1', description, cycles } }))
    expect(codes(answer)).toEqual(['measured-outside-interval'])
    expect(answer.presentCapacity.evidence).toBe('estimated')
  })

  it('is measured at step 0, and narrower later, when the user states a capacity', () => {
    const estimated = assess(request())
    const measured = assess(request({ measuredCapacity_Ah: 3.1 }))
    expect(measured.presentCapacity).toEqual({
      value_Ah: 3.1,
      low_Ah: 3.1,
      high_Ah: 3.1,
      evidence: 'measured',
    })
    const width = (a: Assessment): number => a.trajectory[5].high_Ah! - a.trajectory[5].capacity_Ah
    expect(width(measured)).toBeLessThan(width(estimated))
  })

  it('has no interval, and says so, where the model has none', () => {
    const bare = assess(request({ model: jointPackage({ interval: null }) }))
    expect(bare.presentCapacity.low_Ah).toBeNull()
    expect(bare.endOfLife.p10).toBeNull()
    expect(codes(bare)).toContain('interval-missing')
  })
})

describe('what the record does not say', () => {
  it('is assumed from the single trained type, each with a finding', () => {
    const unknown = { ...description, chemistry: null, nominalCapacity_Ah: null }
    const cycle = measuredCycle({
      use: { charge: { ampere: 1.75 }, discharge: null, before: null, temperature: null },
    })
    const answer = assess(request({ cell: { name: 'x', description: unknown, cycles: [cycle] } }))
    expect(codes(answer)).toEqual([
      'assumed-chemistry',
      'assumed-nominal-capacity',
      'assumed-discharge-rate',
      'assumed-temperature',
    ])
    expect(answer.presentCapacity.evidence).toBe('extrapolated')
    expect(answer.scenario.blocks[0]).toMatchObject({ discharge_rate: 1, temperature_degC: 25 })
  })

  it('is asked for where the model knows several types', () => {
    const model = jointPackage()
    const types = [
      ...model.manifest.domain!.cellTypes,
      { label: 'B', chemistry: 'NCM', nominalCapacity_Ah: 3.5 },
    ]
    const several = jointPackage({ domain: { ...model.manifest.domain!, cellTypes: types } })
    const cell = { name: 'x', description: { ...description, chemistry: null }, cycles: [measuredCycle()] }
    expect(failureOf(() => assess(request({ model: several, cell })))).toMatchObject({
      kind: 'not-determinable',
      code: 'chemistry-needed',
    })
  })
})

describe('refusals', () => {
  it('refuses a stated chemistry that the model does not know', () => {
    const cell = { name: 'x', description: { ...description, chemistry: 'LFP' }, cycles: [measuredCycle()] }
    expect(failureOf(() => assess(request({ cell })))).toMatchObject({
      kind: 'refused',
      code: 'unknown-chemistry',
    })
  })

  it.each([
    ['no charge curve', measuredCycle({ chargeCurve: null }), /charge curve/],
    ['no rest', measuredCycle({ relaxation: null }), /rest after the charge/],
    [
      'a late start of charge',
      measuredCycle({ chargeCurve: { from: 3.75, to: 4.15, charge: new Float64Array(50) } }),
      /3\.75–4\.15 V/,
    ],
  ])('does not answer a cycle with %s', (_, cycle, message) => {
    const failure = failureOf(() => assess(request({ cell: { name: 'x', description, cycles: [cycle] } })))
    expect(failure).toMatchObject({ kind: 'not-determinable', code: 'no-usable-cycle' })
    expect(failure.message).toMatch(message)
  })

  it.each([
    [
      'a rated capacity in mAh',
      { cell: { name: 'x', description: { ...description, nominalCapacity_Ah: 3500 } } },
    ],
    [
      'a rated capacity near nothing',
      { cell: { name: 'x', description: { ...description, nominalCapacity_Ah: 1e-300 } } },
    ],
    ['a measured capacity in mAh', { measuredCapacity_Ah: 2900 }],
    ['a measured capacity beyond all numbers', { measuredCapacity_Ah: 1e308 }],
  ])('refuses %s', (_, { cell, ...changes }: { cell?: object; measuredCapacity_Ah?: number }) => {
    const asked = request(changes)
    const failure = failureOf(() => assess({ ...asked, cell: { ...asked.cell, ...cell } }))
    expect(failure).toMatchObject({ kind: 'refused', code: 'implausible-capacity' })
  })

  it('never lets a number that is none out', () => {
    const model = jointPackage()
    const parameters = { ...model.parameters, 'fc_final.bias': Float32Array.of(NaN) }
    const failure = failureOf(() => assess(request({ model: { ...model, parameters } })))
    expect(failure).toMatchObject({ kind: 'not-determinable', code: 'no-finite-answer' })
  })

  it('does not invent cycles beyond the horizon', () => {
    expect(failureOf(() => assess(request({ horizon: 13 }))).code).toBe('horizon-beyond-model')
    expect(assess(request({ horizon: 10 })).trajectory).toHaveLength(10)
  })

  it('names the measured cycles when asked for another', () => {
    expect(failureOf(() => assess(request({ cycle: 99 })))).toMatchObject({
      kind: 'usage',
      code: 'no-such-cycle',
    })
  })
})
