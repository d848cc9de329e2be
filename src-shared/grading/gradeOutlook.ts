import type { Assessment, TrajectoryPoint } from '../forecast/assessment.ts'
import { endOfLife } from '../forecast/endOfLife.ts'
import { halvesOf, type ExpectedMeasurement } from '../forecast/extraMeasurement.ts'
import { isSameOutcome } from './dryRun.ts'
import { gradedAnswer, gradeOf, statedReasons, type Grade, type GradedAnswer, type Outcome } from './grade.ts'
import type { GradingRules } from './rules.ts'

/** What a further measurement can make of a grade. */
export interface GradeOutlook {
  /**
   * `settles`: what is held now would be decided, or only one other outcome stays possible. `unknown`: the rules hold
   * or reject for a finding about the record, which a further one may not have.
   */
  readonly effect: 'settles' | 'may-change' | 'leaves' | 'unknown'
  readonly now: Outcome
  /** Likeliest first, none below 1 %; empty where unknown. */
  readonly then: readonly (Outcome & { readonly likelihood: number })[]
}

type Expected = Pick<ExpectedMeasurement, 'kind' | 'halves_Ah'>

/** A 90 % interval of a normal is so many standard deviations wide to either side. */
const deviationsOfHalf = 1.6449

const leastLikelihood = 0.01

/**
 * The grades that stay possible after a further measurement, with their likelihoods by what is known now.
 *
 * The present estimate is a normal of deviation s (its 90 % half-width / 1.645), the later one of deviation s1 < s: by
 * what is known now the later median falls around the present one with deviation √(s² − s1²), and the rules then judge
 * the lower bound of the narrower interval. Steps of the trajectory move together.
 *
 * Raiffa and Schlaifer, Applied Statistical Decision Theory (1961), preposterior analysis.
 */
export function gradeOutlook(answer: Assessment, expected: Expected, rules: GradingRules): GradeOutlook {
  const present = gradedAnswer(answer)
  const now = outcomeOf(gradeOf(present, rules))
  const resolved = expected.kind === 'capacity' ? resolvedByCapacity : []
  const stated = statedReasons(present, rules).flatMap(({ reasons }) => reasons.map(({ code }) => code))
  const open = stated.filter((code) => !resolved.includes(code) && !isLasting(code, answer, expected))
  if (open.length > 0) return { effect: 'unknown', now, then: [] }
  const findings = present.findings.filter((code) => !resolved.includes(code))
  const then = likelihoods((deviations) =>
    gradeOf({ ...expectedAnswer(answer, { expected, deviations, rules }), findings }, rules),
  )
  return { effect: effectOf(now, then), now, then }
}

function effectOf(now: Outcome, then: readonly Outcome[]): GradeOutlook['effect'] {
  if (then.length === 1) return isSameOutcome(now, then[0]) ? 'leaves' : 'settles'
  const isDecided = now.verdict === 'hold' && then.every(({ verdict }) => verdict !== 'hold')
  return isDecided ? 'settles' : 'may-change'
}

/** Reasons that a measured capacity takes away. */
const resolvedByCapacity = ['evidence-extrapolated', 'measured-outside-interval']

/** Findings about the cell, its use, the model and the plan, which no measurement of the cell changes. */
const lasting = new Set([
  'assumed-nominal-capacity',
  'assumed-chemistry',
  'unseen-nominal-capacity',
  'use-outside-domain',
  'few-comparable-cells',
  'use-change-untrained',
  'beyond-trained-life',
  'capacity-under-plan',
  'demo-model',
  'simulated',
])

/** Whether a reason of the rules holds after the measurement as before it. A capacity is stated of the same record. */
function isLasting(code: string, { domain }: Assessment, { kind }: Expected): boolean {
  if (kind === 'capacity') return code !== 'health-outside-domain'
  if (code !== 'evidence-extrapolated') return lasting.has(code)
  return domain.findings.every(({ code: cause, isNote }) => isNote === true || lasting.has(cause))
}

interface Expectation {
  readonly expected: Expected
  /** How far the later median lies from the present one, in its own deviations. */
  readonly deviations: number
  readonly rules: GradingRules
}

/** The answer after a measurement that came out so many deviations above what is expected. */
function expectedAnswer(answer: Assessment, { expected, deviations, rules }: Expectation): GradedAnswer {
  const { trajectory, nominalCapacity_Ah: ratedCapacity } = answer
  const asksLife = rules.grades.some(({ leastCycles }) => leastCycles !== null)
  const steps = asksLife ? trajectory : trajectory.slice(0, 1)
  const now = halvesOf(steps)
  const then = steps.map((point, step): TrajectoryPoint => {
    const half = expected.halves_Ah[step]
    const spread = Math.sqrt(Math.max(0, now[step] ** 2 - half ** 2)) / deviationsOfHalf
    const median = Math.max(0, point.capacity_Ah + deviations * spread)
    return { ...point, capacity_Ah: median, low_Ah: Math.max(0, median - half), high_Ah: median + half }
  })
  const [{ capacity_Ah, low_Ah, high_Ah }] = then
  const { threshold } = answer.endOfLife
  return {
    ...gradedAnswer(answer),
    stateOfHealth: {
      value: capacity_Ah / ratedCapacity,
      low: (low_Ah ?? 0) / ratedCapacity,
      high: (high_Ah ?? 0) / ratedCapacity,
      evidence: expected.kind === 'capacity' ? 'measured' : answer.stateOfHealth.evidence,
    },
    endOfLife: asksLife ? endOfLife(then, { threshold, ratedCapacity }) : answer.endOfLife,
  }
}

/** Strata of a standard normal from −4 to 4. */
const strata = { widest: 4, step: 0.01 } as const

function likelihoods(gradeAt: (deviations: number) => Grade): (Outcome & { likelihood: number })[] {
  const found = new Map<string, Outcome & { likelihood: number }>()
  const count = Math.round((2 * strata.widest) / strata.step)
  const middles = Array.from({ length: count }, (_, i) => (i + 0.5) * strata.step - strata.widest)
  const weights = middles.map((middle) => Math.exp((-middle * middle) / 2))
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  for (const [i, middle] of middles.entries()) {
    const outcome = outcomeOf(gradeAt(middle))
    const key = `${outcome.verdict} ${outcome.grade ?? ''}`
    const known = found.get(key) ?? { ...outcome, likelihood: 0 }
    found.set(key, { ...known, likelihood: known.likelihood + weights[i] / total })
  }
  return [...found.values()]
    .map((one) => ({ ...one, likelihood: Math.min(1, one.likelihood) }))
    .filter(({ likelihood }) => likelihood >= leastLikelihood)
    .sort((a, b) => b.likelihood - a.likelihood)
}

function outcomeOf({ verdict, grade }: Grade): Outcome {
  return { verdict, grade }
}
