import { z } from 'zod'
import type { GradingRules } from '../../../src-shared/grading/rules.ts'

const word = z.string().trim().min(1).max(60)
const fraction = z.number().gt(0).lt(1.2)

const gradeStep = z.strictObject({
  grade: word,
  leastStateOfHealth: fraction,
  leastCycles: z.int().positive().max(10_000).nullable(),
})

const reason = z.strictObject({
  code: word.regex(/^[a-z0-9-]+$/, 'a code is written in small letters, digits and hyphens'),
  verdict: z.enum(['hold', 'reject']),
  message: z.string().trim().min(1).max(300),
})

/** Rules as edited or as read from a file: grades named once and falling, a reason a code. */
export const gradingRulesSchema = z
  .strictObject({
    schema: z.literal('pimoe-grading-rules/1'),
    name: z.string().trim().min(1).max(120),
    grades: z.array(gradeStep).min(1).max(20),
    lifeThreshold: z.number().gt(0).lt(1),
    missing: z.strictObject({
      interval: z.enum(['hold', 'reject', 'value-decides']),
      life: z.enum(['hold', 'reject', 'next-grade']),
    }),
    undecided: z.enum(['hold', 'reject']),
    reasons: z.array(reason).max(200),
  })
  .check(({ value, issues }) => {
    const issue = (path: (string | number)[], message: string, input: unknown): void => {
      issues.push({ code: 'custom', path, message, input })
    }
    for (const [i, { grade, leastStateOfHealth }] of value.grades.entries()) {
      const earlier = value.grades.slice(0, i)
      if (earlier.some((step) => step.grade === grade)) {
        issue(['grades', i, 'grade'], `${grade} is named twice`, grade)
      }
      if (earlier.some((step) => step.leastStateOfHealth < leastStateOfHealth)) {
        issue(['grades', i, 'leastStateOfHealth'], 'a later grade asks for no more', leastStateOfHealth)
      }
    }
    for (const [i, { code }] of value.reasons.entries()) {
      if (value.reasons.findIndex((other) => other.code === code) !== i) {
        issue(['reasons', i, 'code'], `${code} is named twice`, code)
      }
    }
  }) satisfies z.ZodType<GradingRules>
