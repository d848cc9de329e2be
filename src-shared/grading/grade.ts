import type { Assessment } from '../forecast/assessment.ts'
import { formatCycles, formatPercent, formatThreshold } from '../units/labels.ts'
import type { Fraction } from '../units/quantities.ts'
import type { GradeStep, GradingRules, Verdict } from './rules.ts'

export interface GradeReason {
  readonly code: string
  readonly message: string
}

export interface Grade {
  readonly verdict: Verdict
  /** Null unless the verdict is `graded`. */
  readonly grade: string | null
  /** At least one. */
  readonly reasons: readonly GradeReason[]
}

/** What a grade comes to, without its reasons. */
export type Outcome = Pick<Grade, 'verdict' | 'grade'>

/** The part of an assessment that grades rest on. */
export interface GradedAnswer {
  readonly stateOfHealth: Pick<Assessment['stateOfHealth'], 'value' | 'low' | 'high' | 'evidence'>
  readonly endOfLife: Pick<Assessment['endOfLife'], 'threshold' | 'p10' | 'p90'>
  /** Cycles ahead of the trajectory's last point. */
  readonly horizon: number
  /** Codes of all findings. */
  readonly findings: readonly string[]
  readonly simulated: boolean
}

export function gradedAnswer({
  stateOfHealth,
  endOfLife,
  trajectory,
  domain,
  simulated,
}: Assessment): GradedAnswer {
  return {
    stateOfHealth,
    endOfLife,
    horizon: trajectory.at(-1)?.cycle ?? 0,
    findings: domain.findings.map(({ code }) => code),
    simulated,
  }
}

/**
 * The grade of an answer: the best step that the lower bound of the interval reaches. Reasons to reject come before
 * reasons to hold, and both before any grade.
 *
 * Guarded acceptance: JCGM 106:2012, section 8.3.2, with the half-width of the interval as the guard band.
 */
export function gradeOf(answer: GradedAnswer, rules: GradingRules): Grade {
  const stated = statedReasons(answer, rules)
  const reached = reachedGrade(answer, rules)
  const all = [...stated, ...(reached.verdict === 'graded' ? [] : [reached])]
  for (const verdict of ['reject', 'hold'] as const) {
    const reasons = all.filter((found) => found.verdict === verdict).flatMap((found) => found.reasons)
    if (reasons.length > 0) return { verdict, grade: null, reasons }
  }
  return reached
}

/** What the rules say of findings, whatever grade is reached. */
export function statedReasons(answer: GradedAnswer, { reasons }: GradingRules): Grade[] {
  const codes = new Set(answer.findings)
  if (answer.stateOfHealth.evidence === 'extrapolated') codes.add('evidence-extrapolated')
  if (answer.simulated) codes.add('simulated')
  return reasons
    .filter(({ code }) => codes.has(code))
    .map(({ verdict, code, message }) => ({ verdict, grade: null, reasons: [{ code, message }] }))
}

function reachedGrade(answer: GradedAnswer, rules: GradingRules): Grade {
  const { value, low, evidence } = answer.stateOfHealth
  const { interval, life } = rules.missing
  if (evidence === 'not-determinable' || !Number.isFinite(value)) {
    return refusal('hold', 'not-determinable', 'The state of health is not determinable.')
  }
  if (low === null && interval !== 'value-decides') {
    return refusal(interval, 'interval-missing', 'The answer has no interval for a guard band.')
  }
  const bound = low ?? value
  for (const step of rules.grades) {
    if (bound < step.leastStateOfHealth) continue
    const reach = lifeReach(answer.endOfLife.p10, step, answer, rules)
    if (reach === 'reached') return graded(step, bound, low !== null)
    if (reach === 'unknown' && life !== 'next-grade') {
      return refusal(life, 'life-unknown', lifeUnknown(step, rules))
    }
  }
  return belowAll(answer, rules)
}

type Reach = 'reached' | 'short' | 'unknown'

/** Whether a quantile of the cycles to the threshold reaches what the step asks. */
function lifeReach(
  cycles: number | null,
  { leastCycles }: GradeStep,
  answer: GradedAnswer,
  rules: GradingRules,
): Reach {
  if (leastCycles === null) return 'reached'
  const hasInterval = answer.stateOfHealth.low !== null
  if (!hasInterval || answer.endOfLife.threshold !== rules.lifeThreshold) return 'unknown'
  if (cycles !== null) return cycles >= leastCycles ? 'reached' : 'short'
  return answer.horizon >= leastCycles ? 'reached' : 'unknown'
}

function belowAll(answer: GradedAnswer, rules: GradingRules): Grade {
  const lowest = rules.grades.at(-1)
  if (lowest === undefined) return refusal('hold', 'no-grade', 'The rules name no grade.')
  const { value, high } = answer.stateOfHealth
  const { p90 } = answer.endOfLife
  const asked = `${lowest.grade} asks for ${asks(lowest, rules)}`
  if ((high ?? value) < lowest.leastStateOfHealth) {
    const health = `State of health at most ${formatPercent(high ?? value)}`
    return refusal('reject', 'below-lowest-grade', `${health}; ${asked}.`)
  }
  if (lifeReach(p90, lowest, answer, rules) === 'short') {
    const life = `At most ${formatCycles(p90)} to ${formatThreshold(rules.lifeThreshold)}`
    return refusal('reject', 'life-too-short', `${life}; ${asked}.`)
  }
  return refusal(rules.undecided, 'undecided', `The interval does not decide the lowest grade: ${asked}.`)
}

function graded(step: GradeStep, bound: Fraction, isGuarded: boolean): Grade {
  const rest = isGuarded ? 'lower bound of the interval' : 'the value, without a guard band'
  const asked = `${step.grade} asks for ${formatThreshold(step.leastStateOfHealth)}`
  const message = `State of health ${formatPercent(bound)} (${rest}); ${asked}.`
  return { verdict: 'graded', grade: step.grade, reasons: [{ code: 'grade-reached', message }] }
}

function asks({ leastStateOfHealth, leastCycles }: GradeStep, { lifeThreshold }: GradingRules): string {
  const health = formatThreshold(leastStateOfHealth)
  if (leastCycles === null) return health
  return `${health} and ${formatCycles(leastCycles)} to ${formatThreshold(lifeThreshold)}`
}

function lifeUnknown(step: GradeStep, rules: GradingRules): string {
  return `The answer does not tell whether ${step.grade} is reached, which asks for ${asks(step, rules)}.`
}

function refusal(verdict: 'hold' | 'reject', code: string, message: string): Grade {
  return { verdict, grade: null, reasons: [{ code, message }] }
}
