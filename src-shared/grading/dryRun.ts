import type { Grade, Outcome } from './grade.ts'
import type { Verdict } from './rules.ts'

export interface OutcomeCount {
  verdict: Verdict
  grade: string | null
  before: number
  after: number
}

const verdicts: readonly Verdict[] = ['graded', 'hold', 'reject']

/** Batteries of each outcome before and after: the grades in the order named, then those held, then those rejected. */
export function countOutcomes(
  pairs: readonly { readonly before: Grade; readonly after: Grade }[],
  order: readonly string[],
): OutcomeCount[] {
  const counts = new Map<string, OutcomeCount>()
  const countOf = ({ verdict, grade }: Pick<Grade, 'verdict' | 'grade'>): OutcomeCount => {
    const key = `${verdict} ${grade ?? ''}`
    const known = counts.get(key) ?? { verdict, grade, before: 0, after: 0 }
    counts.set(key, known)
    return known
  }
  for (const grade of order) countOf({ verdict: 'graded', grade })
  for (const { before, after } of pairs) {
    countOf(before).before++
    countOf(after).after++
  }
  for (const verdict of ['hold', 'reject'] as const) countOf({ verdict, grade: null })
  return [...counts.values()].toSorted((a, b) => verdicts.indexOf(a.verdict) - verdicts.indexOf(b.verdict))
}

export function isSameOutcome(a: Outcome, b: Outcome): boolean {
  return a.verdict === b.verdict && a.grade === b.grade
}
