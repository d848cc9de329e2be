import { setImmediate } from 'node:timers/promises'
import type { WireError } from '../../src-shared/contract/requests.ts'
import type { CancelSignal } from '../../src-shared/contract/signal.ts'
import { cancelled, Failure } from '../../src-shared/failure/failure.ts'
import type { Assessment } from '../../src-shared/forecast/assessment.ts'
import type { Scenario } from '../../src-shared/forecast/scenario.ts'
import { answerCell, storedCell, type CellQuestion } from './assessing.ts'
import type { ModelShelf } from './models.ts'
import type { Parts } from './parts.ts'
import { toWireError } from './wireError.ts'
import { unknownCell } from './unknownCell.ts'

/** One cell under one plan; `id` is the library's. */
export interface BatchTask {
  readonly id: string
  /** Null: the cell's own use, held. */
  readonly scenario: Scenario | null
}

/** What `assess` answers, with the cell's id; or why there is no answer. */
export type BatchAnswer = ({ readonly id: string } & Assessment) | BatchRefusal

export interface BatchRefusal {
  readonly schema: 'pimoe-error/1'
  readonly id: string
  readonly cell: string
  readonly scenario: { readonly name: string }
  readonly error: Omit<WireError, 'kind'>
}

export const ownUse = 'Own use, held'

/**
 * Every cell under every scenario, cell by cell, in the order given; no cells named: all of the library.
 *
 * Throws `no-such-cell` before anything is answered.
 */
export async function batchTasks(
  parts: Parts,
  { cells, scenarios }: { cells: readonly string[]; scenarios: readonly Scenario[] },
): Promise<BatchTask[]> {
  const library = await parts.library()
  const idOf = (named: string): string => {
    const found = library.cells.find(named)
    if (found === null) throw unknownCell(library, named)
    return found.id
  }
  const ids = cells.length === 0 ? library.cells.list().map(({ id }) => id) : cells.map(idOf)
  const plans = scenarios.length === 0 ? [null] : scenarios
  return ids.flatMap((id) => plans.map((scenario) => ({ id, scenario })))
}

export interface BatchSource {
  readonly parts: Parts
  readonly models: ModelShelf
  readonly settings: Pick<CellQuestion, 'model' | 'horizon' | 'threshold'>
  readonly signal: CancelSignal
}

/** The answers one by one, so that memory holds one. A cell that cannot be answered is a refusal, never the end. */
export async function* batchAnswers(
  tasks: readonly BatchTask[],
  { parts, models, settings, signal }: BatchSource,
): AsyncGenerator<BatchAnswer> {
  const library = await parts.library()
  let known: ReturnType<typeof storedCell> | null = null
  for (const { id, scenario } of tasks) {
    // The interrupt can only arrive while this waits.
    await setImmediate()
    if (signal.aborted) throw cancelled()
    if (known?.id !== id) known = storedCell(library, id)
    const { cell } = known
    try {
      const answer = await answerCell(cell, scenario === null ? settings : { ...settings, scenario }, models)
      yield { id, ...answer }
    } catch (error) {
      yield refusal(error, { id, cell: cell.name, scenario: { name: scenario?.name ?? ownUse } })
    }
  }
}

/** Passes on what is no cell's fault: cancelling, wrong usage, a bug. */
function refusal(error: unknown, task: Pick<BatchRefusal, 'id' | 'cell' | 'scenario'>): BatchRefusal {
  if (!(error instanceof Failure) || error.kind === 'cancelled' || error.kind === 'usage') throw error
  const { kind: _, ...failure } = toWireError(error)
  return { schema: 'pimoe-error/1', ...task, error: failure }
}
