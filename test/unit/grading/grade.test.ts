import { describe, expect, it } from 'vitest'
import { gradedAnswer, gradeOf, type GradedAnswer } from '../../../src-shared/grading/grade.ts'
import { defaultRules, type GradingRules } from '../../../src-shared/grading/rules.ts'
import { sampleAssessment, seededUniform } from '../../fixtures/assessment.ts'

const measured: GradedAnswer = {
  stateOfHealth: { value: 0.85, low: 0.82, high: 0.88, evidence: 'estimated' },
  endOfLife: { threshold: 0.8, p10: 40, p90: 120 },
  horizon: 150,
  findings: [],
  simulated: false,
}
const health = (low: number | null, high: number | null, value = 0.85): GradedAnswer => ({
  ...measured,
  stateOfHealth: { value, low, high, evidence: 'estimated' },
})
const withLife = (leastCycles: number, changes: Partial<GradingRules> = {}): GradingRules => ({
  ...defaultRules,
  grades: [{ grade: 'B', leastStateOfHealth: 0.8, leastCycles }],
  ...changes,
})
const outcome = (answer: GradedAnswer, rules: GradingRules = defaultRules) => {
  const { verdict, grade, reasons } = gradeOf(answer, rules)
  return [grade ?? verdict, reasons[0].code]
}

describe('grade', () => {
  it('is decided by the lower bound, the bound itself included', () => {
    expect(outcome(health(0.9, 0.95))).toEqual(['A', 'grade-reached'])
    expect(outcome(health(0.8999, 0.95, 0.93))).toEqual(['B', 'grade-reached'])
    expect(gradeOf(measured, defaultRules).reasons[0].message).toBe(
      'State of health 82.0 % (lower bound of the interval); B asks for 80 %.',
    )
  })

  it('holds what the interval does not decide and rejects what lies wholly below', () => {
    expect(outcome(health(0.68, 0.72))).toEqual(['hold', 'undecided'])
    expect(outcome(health(0.68, 0.72), { ...defaultRules, undecided: 'reject' })[0]).toBe('reject')
    expect(outcome(health(0.6, 0.69, 0.65))).toEqual(['reject', 'below-lowest-grade'])
  })

  it('follows the policy for a missing interval', () => {
    const policy = (interval: 'hold' | 'reject' | 'value-decides') =>
      outcome(health(null, null), { ...defaultRules, missing: { interval, life: 'hold' } })
    expect(policy('hold')).toEqual(['hold', 'interval-missing'])
    expect(policy('reject')).toEqual(['reject', 'interval-missing'])
    expect(policy('value-decides')).toEqual(['B', 'grade-reached'])
  })

  it('asks the earliest tenth for the cycles', () => {
    expect(outcome(measured, withLife(40))[0]).toBe('B')
    expect(outcome(measured, withLife(41))).toEqual(['hold', 'undecided'])
    expect(outcome(measured, withLife(121))).toEqual(['reject', 'life-too-short'])
  })

  it('takes the horizon for life that was not reached, and no further', () => {
    const lasting = { ...measured, endOfLife: { threshold: 0.8, p10: null, p90: null } }
    expect(outcome(lasting, withLife(150))[0]).toBe('B')
    expect(outcome(lasting, withLife(151))).toEqual(['hold', 'life-unknown'])
    expect(outcome(measured, withLife(10, { lifeThreshold: 0.7 }))).toEqual(['hold', 'life-unknown'])
    const rules = withLife(151, { missing: { interval: 'hold', life: 'next-grade' } })
    const lower = { grade: 'C', leastStateOfHealth: 0.7, leastCycles: null }
    expect(outcome(lasting, { ...rules, grades: [...rules.grades, lower] })[0]).toBe('C')
  })

  it('puts reasons to reject before reasons to hold, and names every one of that kind', () => {
    const reasons = [
      { code: 'simulated', verdict: 'hold', message: 'Simulated.' },
      { code: 'swollen', verdict: 'reject', message: 'Swollen.' },
    ] as const
    const rules = { ...defaultRules, reasons }
    const answer = { ...measured, simulated: true }
    expect(outcome(answer, rules)).toEqual(['hold', 'simulated'])
    expect(outcome({ ...answer, findings: ['swollen'] }, rules)).toEqual(['reject', 'swollen'])
    expect(
      gradeOf({ ...health(null, null), simulated: true }, rules).reasons.map(({ code }) => code),
    ).toEqual(['simulated', 'interval-missing'])
  })

  it('holds what is extrapolated or not determinable', () => {
    const of = (evidence: 'extrapolated' | 'not-determinable') =>
      outcome({ ...measured, stateOfHealth: { ...measured.stateOfHealth, evidence } })
    expect(of('extrapolated')).toEqual(['hold', 'evidence-extrapolated'])
    expect(of('not-determinable')).toEqual(['hold', 'not-determinable'])
  })

  it('never falls when the lower bound rises', () => {
    const random = seededUniform(7)
    const order = ['reject', 'hold', 'C', 'B', 'A']
    for (let i = 0; i < 200; i++) {
      const [low, more] = [0.5 + 0.5 * random(), 0.1 * random()]
      const [before, after] = [low, low + more].map((bound) =>
        order.indexOf(outcome(health(bound, 1.2, 1.1))[0]),
      )
      expect(after).toBeGreaterThanOrEqual(before)
    }
  })

  it('reads an assessment', () => {
    const answer = gradedAnswer(sampleAssessment({ extrapolatedFrom: 5 }))
    expect(answer).toMatchObject({ horizon: 49, findings: ['temperature-outside'], simulated: false })
  })
})
