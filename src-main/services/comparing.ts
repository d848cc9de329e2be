import { setImmediate } from 'node:timers/promises'
import type {
  Application,
  Comparison,
  ComparisonRow,
  RequestInput,
  RequestProgress,
} from '../../src-shared/contract/requests.ts'
import type { CancelSignal } from '../../src-shared/contract/signal.ts'
import { cancelled, Failure } from '../../src-shared/failure/failure.ts'
import type { Assessment } from '../../src-shared/forecast/assessment.ts'
import type { Scenario } from '../../src-shared/forecast/scenario.ts'
import { answerCell, resolveScenario, storedCell, type AssessedCell, type CellQuestion } from './assessing.ts'
import type { ModelShelf } from './models.ts'
import type { Parts } from './parts.ts'

export type Confidence = 'p10' | 'p50' | 'p90'

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
  readonly confidence: Confidence
}

export interface ComparisonContext {
  readonly signal: CancelSignal
  readonly progress: (message: RequestProgress<'comparisons/run'>) => void
}

export function comparisonRequests(parts: Parts, models: ModelShelf): Pick<Application, 'comparisons/run'> {
  return {
    'comparisons/run': async (input, context) =>
      compareCells(await questionFromLibrary(parts, input), models, context),
  }
}

async function questionFromLibrary(
  parts: Parts,
  { cells, scenarios, confidence = 'p50', ...settings }: RequestInput<'comparisons/run'>,
): Promise<ComparisonQuestion> {
  const library = await parts.library()
  return {
    cells: cells.map((id) => storedCell(library, id)),
    scenarios: scenarios.map((scenario) => resolveScenario(library, scenario)),
    settings,
    confidence,
  }
}

/** Every cell under every scenario. An answer that cannot be given is a row with its reason, never the end of the table. */
export async function compareCells(
  { cells, scenarios, settings, confidence }: ComparisonQuestion,
  models: ModelShelf,
  { signal, progress }: ComparisonContext,
): Promise<Comparison> {
  const plans = scenarios.length === 0 ? [null] : scenarios
  const total = cells.length * plans.length
  const rows: ComparisonRow[] = []
  for (const cell of cells) {
    for (const scenario of plans) {
      // The cancel message can only arrive while this waits.
      await setImmediate()
      if (signal.aborted) throw cancelled()
      rows.push(await comparisonRow(cell, { scenario, settings, models }))
      progress({ done: rows.length, total })
    }
  }
  return { schema: 'pimoe-comparison/1', rows: rankRows(rows, confidence) }
}

async function comparisonRow(
  { id, cell }: ComparedCell,
  plan: { scenario: Scenario | null; settings: ComparisonQuestion['settings']; models: ModelShelf },
): Promise<ComparisonRow> {
  const { scenario, settings, models } = plan
  const row = { cell: id, cellName: cell.name, scenario: scenario?.name ?? 'Own use, held', rank: null }
  try {
    const question = scenario === null ? settings : { ...settings, scenario }
    return { ...row, assessment: await answerCell(cell, question, models), failure: null }
  } catch (error) {
    if (!(error instanceof Failure) || error.kind === 'cancelled' || error.kind === 'usage') throw error
    const { code, message, detail } = error
    return { ...row, assessment: null, failure: { code, message, advice: detail.advice } }
  }
}

/**
 * Ranks by cycles to the threshold at the chosen confidence; 1 lasts longest. Rows that stay above it within the horizon
 * come first, ordered by the capacity that is left at the horizon's end. Equal rows share a rank; a row whose model gives
 * no interval has none at p10 and p90.
 */
export function rankRows(rows: readonly ComparisonRow[], confidence: Confidence): ComparisonRow[] {
  const lives = rows.map(({ assessment }) => (assessment === null ? null : life(assessment, confidence)))
  return rows.map((row, i) => {
    const own = lives[i] ?? null
    if (own === null) return { ...row, rank: null }
    return { ...row, rank: 1 + lives.filter((other) => other !== null && isLonger(other, own)).length }
  })
}

interface Life {
  /** Infinity = beyond the horizon. */
  readonly cycles: number
  /** Fraction of the rated capacity at the end of the horizon. */
  readonly left: number
}

/** p10 is the cautious reading, so it looks at the lower bound. Null where a model without an interval is asked for it. */
function life(
  { endOfLife, trajectory, nominalCapacity_Ah }: Assessment,
  confidence: Confidence,
): Life | null {
  const last = trajectory.at(-1)
  const bound = { p10: last?.low_Ah, p50: last?.capacity_Ah, p90: last?.high_Ah }[confidence] ?? null
  if (bound === null) return null
  const left = bound / nominalCapacity_Ah
  return { cycles: endOfLife[confidence] ?? Number.POSITIVE_INFINITY, left }
}

function isLonger(a: Life, b: Life): boolean {
  if (a.cycles !== b.cycles) return a.cycles > b.cycles
  return a.cycles === Number.POSITIVE_INFINITY && a.left > b.left
}
