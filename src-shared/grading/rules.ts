import type { Fraction } from '../units/quantities.ts'

export type Verdict = 'graded' | 'hold' | 'reject'

/** A grade and what a battery must reach, decided on the lower bound of its interval. */
export interface GradeStep {
  readonly grade: string
  readonly leastStateOfHealth: Fraction
  /** Cycles to the end-of-life threshold that the earliest tenth (P10) must reach; null = not asked. */
  readonly leastCycles: number | null
}

/** What keeps a battery from its grade: a finding's code, `evidence-extrapolated` or `simulated`. */
export interface ReasonRule {
  readonly code: string
  readonly verdict: Exclude<Verdict, 'graded'>
  /** The sentence that is printed. */
  readonly message: string
}

/** What is done where a number that a grade asks for is not there. */
export interface MissingPolicy {
  /** The model brings no interval; `value-decides` gives up the guard band. */
  readonly interval: 'hold' | 'reject' | 'value-decides'
  /** The horizon ends before the cycles asked for, or the answer has another threshold. */
  readonly life: 'hold' | 'reject' | 'next-grade'
}

/** The grading rules a plant owns; the same shape is the rules file. */
export interface GradingRules {
  readonly schema: 'pimoe-grading-rules/1'
  readonly name: string
  /** Best first; state of health falls from step to step. */
  readonly grades: readonly GradeStep[]
  /** End-of-life threshold that `leastCycles` counts to. */
  readonly lifeThreshold: Fraction
  readonly missing: MissingPolicy
  /** The interval reaches into the lowest grade, its lower bound does not. */
  readonly undecided: 'hold' | 'reject'
  readonly reasons: readonly ReasonRule[]
}

/** The rules that a library starts with. */
export const defaultRules: GradingRules = {
  schema: 'pimoe-grading-rules/1',
  name: 'Default rules',
  grades: [
    { grade: 'A', leastStateOfHealth: 0.9, leastCycles: null },
    { grade: 'B', leastStateOfHealth: 0.8, leastCycles: null },
    { grade: 'C', leastStateOfHealth: 0.7, leastCycles: null },
  ],
  lifeThreshold: 0.8,
  missing: { interval: 'hold', life: 'hold' },
  undecided: 'hold',
  reasons: [
    {
      code: 'evidence-extrapolated',
      verdict: 'hold',
      message: 'The state of health is extrapolated: measure the capacity.',
    },
    {
      code: 'charge-balance',
      verdict: 'hold',
      message: 'The record disagrees with its own capacity: check the file and measure again.',
    },
    {
      code: 'measured-outside-interval',
      verdict: 'hold',
      message: 'The measured capacity disagrees with the estimate: measure again.',
    },
  ],
}
