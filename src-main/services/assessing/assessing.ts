import { randomUUID } from 'node:crypto'
import type { CellDescription } from '../../../src-shared/cell/cell.ts'
import type { Cycle } from '../../../src-shared/cell/cycle.ts'
import type { Finding } from '../../../src-shared/cell/finding.ts'
import { Failure } from '../../../src-shared/failure/failure.ts'
import type {
  Application,
  AssessmentQuestion,
  RequestInput,
  StoredAssessment,
} from '../../../src-shared/contract/requests.ts'
import { assessCells, type PlansRequest } from '../../../src-shared/forecast/assess.ts'
import type { Assessment } from '../../../src-shared/forecast/assessment.ts'
import { longestHorizon } from '../../../src-shared/forecast/horizon.ts'
import { measuredCycle, unusableReason } from '../../../src-shared/forecast/measuredCycle.ts'
import type { Manifest, ModelPackage } from '../../../src-shared/forecast/package.ts'
import type { Scenario } from '../../../src-shared/forecast/scenario.ts'
import { scenarioPresets } from '../../../src-shared/forecast/scenarioPresets.ts'
import type { Library } from '../../library/openLibrary.ts'
import { lastUsable, storedCell, type AssessedCell } from '../library/assessedCell.ts'
import { givenGrade, keepGrade } from '../grading/grading.ts'
import { stateCapacity } from '../library/measuring.ts'
import type { ModelShelf } from '../modelShelf/models.ts'
import type { Parts } from '../parts.ts'
import { withRemarks } from './recomputing.ts'
import { describeCell } from '../library/statedDescription.ts'
import { unknownCell } from '../library/unknownCell.ts'
import { unknownName } from '../unknownName.ts'

/** The question of a cell already in hand, its scenario resolved. */
export type CellQuestion = Omit<AssessmentQuestion, 'cell' | 'scenario'> & { scenario?: Scenario }

export function assessmentRequests(
  parts: Parts,
  models: ModelShelf,
): Pick<Application, 'assessments/preview' | 'assessments/run' | 'assessments/get'> {
  return {
    'assessments/preview': async (question) => previewAnswer(await parts.library(), models, question),
    'assessments/run': async (question) => (await keepAnswer(parts, models, question)).stored,
    'assessments/get': async ({ id }) => {
      const library = await parts.library()
      const kept = library.assessments.find(id)
      if (kept === null) throw unknownName('assessment', id, [])
      const { assessedAt, assessment } = kept
      return { id, assessedAt, assessment, grade: givenGrade(library, id) }
    },
  }
}

/**
 * The answer for a cell in hand.
 *
 * A simulated cell is answered by the demo model unless one is named: only that model knows the simulated cells.
 */
export async function answerCell(
  cell: AssessedCell,
  question: CellQuestion,
  models: ModelShelf,
): Promise<Assessment> {
  return answerChosen(cell, question, await chooseModel(cell.description, question.model, models))
}

function answerChosen(
  cell: AssessedCell,
  { scenario, ...question }: CellQuestion,
  choice: ChosenModel,
): Assessment {
  const answers = answersOf([{ cell, scenarios: [scenario ?? null] }], question, choice)
  const [answer] = answers[0]
  if (answer instanceof Failure) throw answer
  return answer
}

/** One cell under several plans; null: its own use, held. */
export interface CellUnderPlans {
  readonly cell: AssessedCell
  readonly scenarios: readonly (Scenario | null)[]
}

/** As `answerCell`, to the same bits, for cells that one model answers; what that would throw stands in the answer's place. */
export function answersOf(
  cells: readonly CellUnderPlans[],
  question: Omit<CellQuestion, 'scenario'>,
  { model, findings }: ChosenModel,
): (Assessment | Failure)[][] {
  const requests = cells.map((one) => plansRequest(one, question, model.manifest))
  return assessCells(model, requests).map((answers, i) =>
    answers.map((answer) => {
      if (answer instanceof Failure) return answer
      return withRemarks(answer, { before: cells[i].cell.doubts, after: findings })
    }),
  )
}

/** The answer for a cell of the library, of which no more is read than the cycle it rests on. */
async function previewAnswer(
  library: Library,
  models: ModelShelf,
  { upTo, ...question }: RequestInput<'assessments/preview'>,
): Promise<Assessment> {
  const { cell, asked, choice } = await leanQuestion(library, models, question)
  const horizon = upTo === undefined ? {} : { horizon: Math.min(upTo, longestHorizon(choice.model.manifest)) }
  return answerChosen(cell, { ...asked, ...horizon }, choice)
}

/** The cell of a question with no more of its cycles than the answer reads, and what is asked of it. */
export async function leanQuestion(
  library: Library,
  models: ModelShelf,
  { cell: idOrName, scenario, ...rest }: AssessmentQuestion,
): Promise<{ cell: AssessedCell; asked: CellQuestion; choice: ChosenModel }> {
  const stored = library.cells.find(idOrName)
  if (stored === null) throw unknownCell(library, idOrName)
  const choice = await chooseModel(stored.description, rest.model, models)
  const cell =
    rest.cycle === undefined
      ? lastUsable(library, stored, choice.model.manifest)
      : storedCell(library, stored.id).cell
  const asked = scenario === undefined ? rest : { ...rest, scenario: resolveScenario(library, scenario) }
  return { cell, asked, choice }
}

/** The answer for a cell of the library, kept there with all that it rests on. */
export async function keepAnswer(
  parts: Parts,
  models: ModelShelf,
  question: AssessmentQuestion,
): Promise<{ stored: StoredAssessment; cellId: string; cell: AssessedCell; asked: CellQuestion }> {
  const library = await parts.library()
  const { answer, cell, cellId, asked } = await answerFromLibrary(library, models, question)
  const made = { id: randomUUID(), assessedAt: new Date().toISOString(), assessment: answer }
  const cycle = await answeredCycle(cell, asked, answer, models)
  const kept = {
    ...made,
    cellId,
    cycleId: cycleIdOf(library, cellId, cycle),
    program: parts.places.version,
    question: { ...asked, cell: cellId },
    description: cell.description,
  }
  const grade = library.transaction(() => {
    library.assessments.insert(kept)
    const capacity_Ah = question.measuredCapacity_Ah
    const measured = { id: cellId, description: cell.description }
    if (capacity_Ah !== undefined) stateCapacity(library, measured, { row: cycle.row, capacity_Ah })
    return keepGrade(library, made)
  })
  return { stored: { ...made, grade }, cellId, cell, asked }
}

/** The answer for a cell of the library, not kept. */
export async function answerFromLibrary(
  library: Library,
  models: ModelShelf,
  question: AssessmentQuestion,
): Promise<{ answer: Assessment; cell: AssessedCell; cellId: string; asked: CellQuestion }> {
  const { cell: idOrName, scenario, ...rest } = question
  const { id, cell } = storedCell(library, idOrName)
  const { model } = await chooseModel(cell.description, rest.model, models)
  const plain = scenario === undefined ? rest : { ...rest, scenario: resolveScenario(library, scenario) }
  const asked = anchored(cell, plain, model.manifest)
  return { answer: await answerCell(cell, asked, models), cell, cellId: id, asked }
}

/** The question, its answer started from what is stated of the cycle that it will rest on; a question has the last word. */
function anchored<Q extends Pick<CellQuestion, 'cycle' | 'measuredCapacity_Ah'>>(
  { cycles, stated = new Map() }: AssessedCell,
  question: Q,
  manifest: Manifest,
): Q {
  if (stated.size === 0 || question.measuredCapacity_Ah !== undefined) return question
  const { cycle: wanted } = question
  const used = cycles.findLast(
    (cycle) => (wanted === undefined || cycle.number === wanted) && unusableReason(cycle, manifest) === null,
  )
  const measuredCapacity_Ah = used === undefined ? undefined : stated.get(used.row)
  return measuredCapacity_Ah === undefined ? question : { ...question, measuredCapacity_Ah }
}

/** A stored scenario by id or name, a preset by its id, or the scenario itself. Throws Failure `no-such-scenario`. */
export function resolveScenario(library: Library, scenario: string | Scenario): Scenario {
  if (typeof scenario !== 'string') return scenario
  const stored = library.scenarios.find(scenario)
  const found = stored ?? scenarioPresets.find(({ id }) => id === scenario)
  if (found !== undefined) return found.scenario
  const names = library.scenarios.list().map((one) => one.scenario.name)
  throw unknownName('scenario', scenario, [...names, ...scenarioPresets.map(({ id }) => id)])
}

export interface ChosenModel {
  readonly model: ModelPackage
  /** What is to be said of the choice. */
  readonly findings: readonly Finding[]
}

/** The model that answers for a cell. */
export async function chooseModel(
  description: Pick<CellDescription, 'simulated'>,
  named: string | undefined,
  models: ModelShelf,
): Promise<ChosenModel> {
  const isForDemo = named === undefined && description.simulated && (await models.isDemoForSimulated())
  if (!isForDemo) return { model: await models.find(named), findings: [] }
  const finding = {
    code: 'demo-model',
    isNote: true,
    message: 'The cell is simulated and is answered by the demo model, which was trained on simulated cells.',
    proposal: 'Choose another model to compare.',
  }
  const isDefault = (await models.defaultName()) === 'demo'
  return { model: await models.find('demo'), findings: isDefault ? [] : [finding] }
}

/** How a forecast is asked for a cell in hand; it starts from a capacity that is stated of the cycle it rests on. */
export function plansRequest(
  { cell, scenarios }: CellUnderPlans,
  question: Omit<CellQuestion, 'scenario'>,
  manifest: Manifest,
): PlansRequest {
  const { cycle, horizon, threshold, measuredCapacity_Ah } = anchored(cell, question, manifest)
  const { name, simulated } = cell.description
  const description = describeCell({ name, simulated, hints: cell.description }, question)
  return {
    cell: { ...cell, description },
    scenarios,
    ...(cycle === undefined ? {} : { cycle }),
    ...(horizon === undefined ? {} : { horizon }),
    ...(threshold === undefined ? {} : { threshold }),
    ...(measuredCapacity_Ah === undefined ? {} : { measuredCapacity_Ah }),
  }
}

/** The cycle that an answer rests on: numbers restart in some files, so the number alone does not say which. */
export async function answeredCycle(
  cell: AssessedCell,
  question: Pick<CellQuestion, 'model'>,
  answer: Assessment,
  models: ModelShelf,
): Promise<Cycle> {
  const { model } = await chooseModel(cell.description, question.model, models)
  return measuredCycle(cell.cycles, model.manifest, answer.cycle)
}

function cycleIdOf(library: Library, cellId: string, { row }: Cycle): number {
  const id = library.cycles.idOf(cellId, row)
  if (id === null) throw new Error(`Cell ${cellId} has no row ${row}`)
  return id
}
