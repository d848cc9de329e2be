import { setImmediate } from 'node:timers/promises'
import type {
  Comparison,
  ComparisonRequests,
  ComparisonRow,
  RankedBy,
} from '../../../src-shared/contract/comparisons.ts'
import type { Application, RequestInput } from '../../../src-shared/contract/requests.ts'
import type { CancelSignal } from '../../../src-shared/contract/signal.ts'
import { cancelled, Failure } from '../../../src-shared/failure/failure.ts'
import type { Assessment } from '../../../src-shared/forecast/assessment.ts'
import {
  capacitySurpassed,
  cyclesSurpassed,
  endOfLife,
  type Confidence,
} from '../../../src-shared/forecast/endOfLife.ts'
import type { Scenario } from '../../../src-shared/forecast/scenario.ts'
import type { Library } from '../../library/openLibrary.ts'
import { lastUsable, storedCell, type AssessedCell } from '../library/assessedCell.ts'
import { answersOf, chooseModel, resolveScenario, type CellQuestion } from './assessing.ts'
import { matchCells } from './matching.ts'
import type { ModelShelf } from '../modelShelf/models.ts'
import type { Parts } from '../parts.ts'
import { unknownCell } from '../library/unknownCell.ts'

export interface ComparedCell {
  /** The library's id, or the path of a file. */
  readonly id: string
  readonly cell: AssessedCell
}

export interface ComparisonQuestion {
  readonly cells: readonly ComparedCell[]
  /** None: each cell's own use, held. */
  readonly scenarios: readonly Scenario[]
  readonly settings: Pick<CellQuestion, 'model' | 'horizon' | 'threshold'>
  readonly ranking: Ranking
  /** Of the crossing table. */
  readonly thresholds: readonly number[]
}

export interface Ranking {
  readonly confidence: Confidence
  readonly rankedBy: RankedBy
}

export interface ComparisonContext {
  readonly signal: CancelSignal
  readonly progress: (message: { done: number; total: number }) => void
}

export function comparisonRequests(
  parts: Parts,
  models: ModelShelf,
): Pick<Application, keyof ComparisonRequests> {
  return {
    'comparisons/run': async (input, context) =>
      compareCells(await questionFromLibrary(parts, models, input), models, context),
    'comparisons/match': async ({ cells, scenario, size, ...settings }, context) => {
      const scenarios = scenario === undefined ? [] : [scenario]
      const asked = await questionFromLibrary(parts, models, { cells, scenarios, ...settings })
      return matchCells(await compareCells(asked, models, context), size)
    },
  }
}

async function questionFromLibrary(
  parts: Parts,
  models: ModelShelf,
  input: RequestInput<'comparisons/run'>,
): Promise<ComparisonQuestion> {
  const { cells, scenarios, confidence = 'p50', rankedBy = 'cycles', thresholds = [], ...settings } = input
  const library = await parts.library()
  const compared: ComparedCell[] = []
  for (const id of cells) compared.push(await comparedCell(library, models, { id, model: settings.model }))
  return {
    cells: compared,
    scenarios: scenarios.map((scenario) => resolveScenario(library, scenario)),
    settings,
    ranking: { confidence, rankedBy },
    thresholds,
  }
}

/** With the one cycle that its answer rests on: many cells are held at once. */
async function comparedCell(
  library: Library,
  models: ModelShelf,
  { id, model }: { id: string; model: string | undefined },
): Promise<ComparedCell> {
  const stored = library.cells.find(id)
  if (stored === null) throw unknownCell(library, id)
  const choice = await orFailure(chooseModel(stored.description, model, models))
  if (choice instanceof Failure) return storedCell(library, stored.id)
  return { id: stored.id, cell: lastUsable(library, stored, choice.model.manifest) }
}

/** Every cell under every scenario. An answer that cannot be given is a row with its reason, never the end of the table. */
export async function compareCells(
  { cells, scenarios, settings, ranking, thresholds }: ComparisonQuestion,
  models: ModelShelf,
  { signal, progress }: ComparisonContext,
): Promise<Comparison> {
  const plans = scenarios.length === 0 ? [null] : scenarios
  const total = cells.length * plans.length
  const rows: ComparisonRow[] = []
  for (const compared of cells) {
    // The cancel message can only arrive while this waits.
    await setImmediate()
    if (signal.aborted) throw cancelled()
    const answers = await answersOfCell(compared.cell, plans, { settings, models })
    answers.forEach((answer, plan) => {
      rows.push(rowOf(compared, { plan: plans[plan], answer, thresholds }))
      progress({ done: rows.length, total })
    })
  }
  return { schema: 'pimoe-comparison/1', ...ranking, rows: rankRows(rows, ranking) }
}

/** Throws what is no cell's fault: wrong usage, a bug. */
async function answersOfCell(
  cell: AssessedCell,
  scenarios: readonly (Scenario | null)[],
  { settings, models }: { settings: ComparisonQuestion['settings']; models: ModelShelf },
): Promise<(Assessment | Failure)[]> {
  const choice = await orFailure(chooseModel(cell.description, settings.model, models))
  if (choice instanceof Failure) return scenarios.map(() => choice)
  const answers = answersOf([{ cell, scenarios }], settings, choice)[0]
  for (const answer of answers) if (answer instanceof Failure && !isRefusal(answer)) throw answer
  return answers
}

async function orFailure<T>(work: Promise<T>): Promise<T | Failure> {
  return work.catch((error: unknown) => {
    if (error instanceof Failure && isRefusal(error)) return error
    throw error
  })
}

function isRefusal({ kind }: Failure): boolean {
  return kind !== 'cancelled' && kind !== 'usage'
}

function rowOf(
  { id, cell }: ComparedCell,
  {
    plan,
    answer,
    thresholds,
  }: { plan: Scenario | null; answer: Assessment | Failure; thresholds: readonly number[] },
): ComparisonRow {
  const row = {
    cell: id,
    cellName: cell.name,
    scenario: plan?.name ?? 'Own use, held',
    rank: null,
    surpassed: null,
  }
  if (answer instanceof Failure) {
    const { code, message, detail } = answer
    return { ...row, crossings: [], assessment: null, failure: { code, message, advice: detail.advice } }
  }
  const { trajectory, nominalCapacity_Ah: ratedCapacity } = answer
  const crossings = thresholds.map((threshold) => endOfLife(trajectory, { threshold, ratedCapacity }))
  return { ...row, crossings, assessment: answer, failure: null }
}

/**
 * Ranks by what is surpassed at the chosen confidence; 1 is best. By cycles: rows that stay above the threshold within the
 * horizon come first, ordered by the health that is left at its end. Equal rows share a rank; a row whose model gives no
 * interval has none at p10, p20 and p90.
 */
export function rankRows(rows: readonly ComparisonRow[], ranking: Ranking): ComparisonRow[] {
  const found = rows.map((row) => ({ ...row, surpassed: surpassedBy(row.assessment, ranking.confidence) }))
  return found.map((row) => {
    const own = row.surpassed
    if (own === null) return { ...row, rank: null }
    const better = found.filter(
      ({ surpassed }) => surpassed !== null && isBetter(surpassed, own, ranking.rankedBy),
    )
    return { ...row, rank: 1 + better.length }
  })
}

type Surpassed = NonNullable<ComparisonRow['surpassed']>

function surpassedBy(assessment: Assessment | null, confidence: Confidence): Surpassed | null {
  const last = assessment?.trajectory.at(-1)
  if (assessment === null || last === undefined) return null
  const left = capacitySurpassed(last, confidence)
  if (left === null) return null
  const { trajectory, nominalCapacity_Ah: ratedCapacity, endOfLife: told } = assessment
  const { threshold } = told
  const cycles =
    confidence === 'p20'
      ? cyclesSurpassed(trajectory, { threshold, ratedCapacity, confidence })
      : told[confidence]
  return { cycles, stateOfHealth: left / ratedCapacity }
}

function isBetter(a: Surpassed, b: Surpassed, by: RankedBy): boolean {
  const [own, other] = [a.cycles ?? Infinity, b.cycles ?? Infinity]
  if (by === 'cycles' && own !== other) return own > other
  if (by === 'cycles' && own < Infinity) return false
  return a.stateOfHealth > b.stateOfHealth
}
