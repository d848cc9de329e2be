import type { AdvisedMeasurement } from '../../../src-shared/contract/advice.ts'
import type { StoredRules } from '../../../src-shared/contract/grading.ts'
import type { Application } from '../../../src-shared/contract/requests.ts'
import { extraMeasurements, type MeasurementAdvice } from '../../../src-shared/forecast/extraMeasurement.ts'
import { gradeOutlook } from '../../../src-shared/grading/gradeOutlook.ts'
import { currentRules, identityOf } from '../grading/grading.ts'
import type { AssessedCell } from '../library/assessedCell.ts'
import { chooseModel, leanQuestion, plansRequest, type CellQuestion } from './assessing.ts'
import type { ModelShelf } from '../modelShelf/models.ts'
import type { Parts } from '../parts.ts'
import { withRemarks } from './recomputing.ts'

export function adviceRequests(parts: Parts, models: ModelShelf): Pick<Application, 'assessments/advice'> {
  return {
    'assessments/advice': async (question) => {
      const library = await parts.library()
      const { cell, asked } = await leanQuestion(library, models, question)
      return graded(await adviceFor(cell, asked, models), currentRules(library))
    },
  }
}

/** Which further measurement of a cell in hand would narrow its answer most; null: unknown, or nothing to narrow. */
export async function adviceFor(
  cell: AssessedCell,
  { scenario, ...question }: CellQuestion,
  models: ModelShelf,
): Promise<MeasurementAdvice | null> {
  const { model, findings } = await chooseModel(cell.description, question.model, models)
  const { scenarios: _, ...request } = plansRequest({ cell, scenarios: [] }, question, model.manifest)
  const advice = extraMeasurements({ ...request, model, ...(scenario === undefined ? {} : { scenario }) })
  if (advice === null) return null
  return { ...advice, answer: withRemarks(advice.answer, { before: cell.doubts, after: findings }) }
}

/** The advice with what each measurement can make of the grade by these rules; null: no rules to ask. */
export function graded(advice: MeasurementAdvice | null, rules: StoredRules | null): AdvisedMeasurement[] {
  if (advice === null) return []
  return advice.measurements.map(({ halves_Ah, ...measurement }) => ({
    ...measurement,
    grade:
      rules === null
        ? null
        : {
            ...gradeOutlook(advice.answer, { kind: measurement.kind, halves_Ah }, rules.rules),
            rules: identityOf(rules),
          },
  }))
}
