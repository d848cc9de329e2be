import type { Application } from '../../../src-shared/contract/requests.ts'
import { extraMeasurements, type ExtraMeasurement } from '../../../src-shared/forecast/extraMeasurement.ts'
import type { AssessedCell } from '../library/assessedCell.ts'
import { chooseModel, leanQuestion, plansRequest, type CellQuestion } from './assessing.ts'
import type { ModelShelf } from '../modelShelf/models.ts'
import type { Parts } from '../parts.ts'

export function adviceRequests(parts: Parts, models: ModelShelf): Pick<Application, 'assessments/advice'> {
  return {
    'assessments/advice': async (question) => {
      const { cell, asked } = await leanQuestion(await parts.library(), models, question)
      return adviceFor(cell, asked, models)
    },
  }
}

/** Which further measurement of a cell in hand would narrow its answer most, the best first. */
export async function adviceFor(
  cell: AssessedCell,
  { scenario, ...question }: CellQuestion,
  models: ModelShelf,
): Promise<ExtraMeasurement[]> {
  const { model } = await chooseModel(cell.description, question.model, models)
  const { scenarios: _, ...request } = plansRequest({ cell, scenarios: [] }, question, model.manifest)
  return extraMeasurements({ ...request, model, ...(scenario === undefined ? {} : { scenario }) })
}
