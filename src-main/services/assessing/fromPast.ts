import { defaultThreshold } from '../../../src-shared/forecast/assess.ts'
import type { Assessment } from '../../../src-shared/forecast/assessment.ts'
import { polynomialForecast } from '../../../src-shared/forecast/polynomial.ts'
import type { AssessedCell } from '../library/assessedCell.ts'
import type { CellQuestion } from './assessing.ts'
import { describeCell } from '../library/statedDescription.ts'

/** Cycles ahead where none are asked for. */
const defaultAhead = 50

/** The answer for a cell in hand from its own past capacities, without a model. */
export function answerFromPast(cell: AssessedCell, question: CellQuestion): Assessment {
  const { scenario, horizon = defaultAhead, threshold = defaultThreshold } = question
  const { name, simulated } = cell.description
  const description = describeCell({ name, simulated, hints: cell.description }, question)
  return polynomialForecast({
    cell: { ...cell, description },
    horizon,
    threshold,
    ...(scenario === undefined ? {} : { scenario }),
  })
}
