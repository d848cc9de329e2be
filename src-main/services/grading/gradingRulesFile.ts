import { Failure } from '../../../src-shared/failure/failure.ts'
import type { GradingRules } from '../../../src-shared/grading/rules.ts'
import { gradingRulesSchema } from './gradingRulesSchema.ts'
import { readJsonFile } from '../jsonFile.ts'

/** Reads grading rules. Throws a refused Failure `not-found`, `not-json` or `not-grading-rules` that names the field. */
export async function readGradingRulesFile(path: string): Promise<GradingRules> {
  const parsed = gradingRulesSchema.safeParse(await readJsonFile(path, { what: 'rules', verb: 'are' }))
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues.at(0)
  throw new Failure('refused', 'not-grading-rules', `The rules do not fit: ${issue?.message ?? ''}.`, {
    advice: 'Start from what `pimoe rules show` prints, and correct the field named.',
    file: path,
    column: issue?.path.join('.') ?? '',
  })
}
