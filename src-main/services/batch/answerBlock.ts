import type { WireError } from '../../../src-shared/contract/wire.ts'
import { Failure } from '../../../src-shared/failure/failure.ts'
import type { Assessment } from '../../../src-shared/forecast/assessment.ts'
import type { Scenario } from '../../../src-shared/forecast/scenario.ts'
import type { StoredCell } from '../../library/cells.ts'
import type { Library } from '../../library/openLibrary.ts'
import { lastUsable } from '../library/assessedCell.ts'
import { answersOf, chooseModel, type ChosenModel } from '../assessing/assessing.ts'
import type { ModelShelf } from '../modelShelf/models.ts'
import { unknownCell } from '../library/unknownCell.ts'
import { toWireError } from '../wireError.ts'
import type { BatchOrder } from './batchOrder.ts'
import { newLines } from './jsonLines.ts'

/** What `assess` answers, with the cell's id; or why there is no answer. */
export type BatchAnswer = ({ readonly id: string } & Assessment) | BatchRefusal

interface BatchRefusal {
  readonly schema: 'pimoe-error/1'
  readonly id: string
  readonly cell: string
  readonly scenario: { readonly name: string }
  readonly error: Omit<WireError, 'kind'>
}

/** Answers `first` … `end` − 1 of an order. */
export interface BatchBlock {
  readonly first: number
  readonly end: number
}

export interface AnsweredBlock {
  /** One JSON document an answer, each ended by a newline, UTF-8. */
  readonly lines: Uint8Array<ArrayBuffer>
  readonly count: number
  /** Those that are no refusals. */
  readonly answered: number
}

export interface BlockSource {
  readonly library: Library
  readonly models: ModelShelf
}

/**
 * A block of an order. A cell that cannot be answered is a refusal in its place.
 *
 * Throws Failure `no-such-cell`, or usage for what is no cell's fault.
 */
export async function answerBlock(
  order: BatchOrder,
  block: BatchBlock,
  { library, models }: BlockSource,
): Promise<AnsweredBlock> {
  const shares = library.reading(() => sharesOf(order, block, library))
  const answers = new Map<CellShare, readonly (Assessment | Failure)[]>()
  for (const simulated of [false, true]) {
    const alike = shares.filter(({ stored }) => stored.description.simulated === simulated)
    if (alike.length === 0) continue
    const choice = await orRefusal(chooseModel({ simulated }, order.settings.model, models))
    answersOfShares(alike, { order, library, choice }).forEach((ofCell, i) => answers.set(alike[i], ofCell))
  }
  const lines = newLines()
  let answered = 0
  for (const share of shares) {
    answers.get(share)?.forEach((answer, plan) => {
      if (!(answer instanceof Failure)) answered++
      lines.add(batchAnswer(share, plan, answer))
    })
  }
  return { lines: lines.bytes(), count: block.end - block.first, answered }
}

/** What a block has of one cell. */
interface CellShare {
  readonly stored: StoredCell
  readonly scenarios: readonly (Scenario | null)[]
}

function sharesOf(
  { cells, scenarios }: BatchOrder,
  { first, end }: BatchBlock,
  library: Library,
): CellShare[] {
  const plans = scenarios.length
  const shares: CellShare[] = []
  for (let i = Math.floor(first / plans); i * plans < end; i++) {
    const stored = library.cells.find(cells[i])
    if (stored === null) throw unknownCell(library, cells[i])
    shares.push({ stored, scenarios: scenarios.slice(Math.max(0, first - i * plans), end - i * plans) })
  }
  return shares
}

interface ShareSource {
  readonly order: BatchOrder
  readonly library: Library
  readonly choice: ChosenModel | Failure
}

function answersOfShares(
  shares: readonly CellShare[],
  { order, library, choice }: ShareSource,
): (Assessment | Failure)[][] {
  if (choice instanceof Failure) return shares.map(({ scenarios }) => scenarios.map(() => choice))
  const { manifest } = choice.model
  const cells = library.reading(() =>
    shares.map(({ stored, scenarios }) => ({ cell: lastUsable(library, stored, manifest), scenarios })),
  )
  return answersOf(cells, order.settings, choice)
}

/** Passes on what is no cell's fault: cancelling, wrong usage, a bug. */
async function orRefusal<T>(work: Promise<T>): Promise<T | Failure> {
  return work.catch((error: unknown) => {
    if (error instanceof Failure && isRefusal(error)) return error
    throw error
  })
}

function isRefusal({ kind }: Failure): boolean {
  return kind !== 'cancelled' && kind !== 'usage'
}

function batchAnswer(
  { stored, scenarios }: CellShare,
  plan: number,
  answer: Assessment | Failure,
): BatchAnswer {
  const { id, description } = stored
  if (!(answer instanceof Failure)) return { id, ...answer }
  if (!isRefusal(answer)) throw answer
  const { kind: _, ...error } = toWireError(answer)
  const scenario = { name: scenarios[plan]?.name ?? 'Own use, held' }
  return { schema: 'pimoe-error/1', id, cell: description.name, scenario, error }
}
