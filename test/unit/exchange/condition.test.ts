import { describe, expect, it } from 'vitest'
import { conditionFields } from '../../../src-shared/exchange/condition.ts'
import { sampleAssessment } from '../../fixtures/assessment.ts'

const assessment = sampleAssessment({ seed: 3 })
const assessedAt = '2026-11-25T20:00:00.000Z'
const energy = {
  value_Wh: 10.476,
  low_Wh: 10.3,
  high_Wh: 10.6,
  evidence: 'estimated',
  basis: 'present capacity times the nominal voltage of 3.6 V',
} as const
const declared = [
  { name: 'remainingCapacity', value: 9, unit: 'Ah', date: null, source: 'a' },
  { name: 'numberOfFullCycles', value: 300, unit: 'cycles', date: '2026-01-02', source: 'newer' },
  { name: 'numberOfFullCycles', value: 100, unit: 'cycles', date: '2025-01-02', source: 'older' },
]
const row = (fields: ReturnType<typeof conditionFields>, name: string) =>
  fields.find((field) => field.name === name)

describe('condition fields', () => {
  it('take the assessment before what is declared, and the newer declaration before the older', () => {
    const fields = conditionFields({ assessment, assessedAt, energy }, declared)
    const { value_Ah, low_Ah, high_Ah } = assessment.presentCapacity
    expect(row(fields, 'remainingCapacity')).toMatchObject({
      value: value_Ah,
      unit: 'Ah',
      method: 'estimated',
      uncertainty: { level: 0.9, low: low_Ah, high: high_Ah },
      date: assessedAt,
    })
    expect(row(fields, 'numberOfFullCycles')).toMatchObject({
      value: 300,
      method: 'declared',
      date: '2026-01-02',
    })
  })

  it('state the remaining energy in kWh, and leave the word to a declaration where it is not determined', () => {
    expect(row(conditionFields({ assessment, assessedAt, energy }, []), 'remainingEnergy')).toMatchObject({
      value: 0.010476,
      unit: 'kWh',
      uncertainty: { low: 0.0103, high: 0.0106 },
      method: 'estimated',
    })
    const none = { ...energy, value_Wh: null, evidence: 'not-determinable' } as const
    const said = { name: 'remainingEnergy', value: 0.009, unit: 'kWh', date: null, source: 'a' }
    const fields = conditionFields({ assessment, assessedAt, energy: none }, [said])
    expect(row(fields, 'remainingEnergy')).toMatchObject({ value: 0.009, method: 'declared' })
  })

  it('state the fade with the bounds of the state of health turned round', () => {
    const { value, low, high } = assessment.stateOfHealth
    const fade = row(conditionFields({ assessment, assessedAt, energy }, []), 'capacityFade')
    expect(fade?.value).toBeCloseTo(100 * (1 - value), 9)
    expect(fade?.uncertainty?.low).toBeCloseTo(100 * (1 - (high ?? NaN)), 9)
    expect(fade?.uncertainty?.high).toBeCloseTo(100 * (1 - (low ?? NaN)), 9)
  })

  it('have a row for everything that is asked, unknown where nothing is known', () => {
    const fields = conditionFields(null, [])
    expect(fields.length).toBeGreaterThan(15)
    for (const field of fields) {
      expect(field).toMatchObject({ value: null, method: 'unknown', uncertainty: null, date: null })
    }
  })
})
