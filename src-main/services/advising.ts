import type { Application } from '../../src-shared/contract/requests.ts'
import { extraMeasurements, type ExtraMeasurement } from '../../src-shared/forecast/extraMeasurement.ts'
import {
  chooseModel,
  plansRequest,
  resolveScenario,
  storedCell,
  type AssessedCell,
  type CellQuestion,
} from './assessing.ts'
import type { ModelShelf } from './models.ts'
import type { Parts } from './parts.ts'

export function adviceRequests(parts: Parts, models: ModelShelf): Pick<Application, 'assessments/advice'> {
  return {
    'assessments/advice': async ({ cell: idOrName, scenario, ...rest }) => {
      const library = await parts.library()
      const { cell } = storedCell(library, idOrName)
      const asked = scenario === undefined ? rest : { ...rest, scenario: resolveScenario(library, scenario) }
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
  const { scenarios: _, ...request } = plansRequest({ cell, scenarios: [] }, question)
  return extraMeasurements({ ...request, model, ...(scenario === undefined ? {} : { scenario }) })
}
