import { availableParallelism } from 'node:os'
import type { CancelSignal } from '../../../src-shared/contract/signal.ts'
import { cancelled } from '../../../src-shared/failure/failure.ts'
import type { Parts } from '../parts.ts'
import type { AnsweredBlock, BatchBlock } from './answerBlock.ts'
import { answerCount, type BatchOrder } from './batchOrder.ts'
import { threadPool } from './threadPool.ts'

/** What each thread of a batch is given when it starts. */
export interface BatchThreadOrder extends Pick<Parts, 'libraryFolder' | 'modelFolders'> {
  readonly order: BatchOrder
}

export interface BatchRun {
  readonly parts: Pick<Parts, 'libraryFolder' | 'modelFolders'>
  readonly signal: CancelSignal
  /** Answers to leave out at the beginning. */
  readonly first?: number
  /** Absent: one for each core. Their number changes no bit. */
  readonly threads?: number
}

/** Answers computed at once: enough to fill the network's batches, few enough to hear of often. */
const blockSize = 128

/** Blocks a thread has in hand or that wait for earlier ones: memory does not grow with the batch. */
const blocksInHand = 2

const workerFile = import.meta.url.endsWith('.ts') ? './batchWorker.ts' : './batchWorker.js'

/**
 * The answers of an order, block by block, in its order.
 *
 * Throws `cancelled`, `thread-ended` where a thread breaks off, or what `answerBlock` throws; no thread outlives it.
 */
export async function* runBatch(
  order: BatchOrder,
  { parts, signal, first = 0, threads = availableParallelism() }: BatchRun,
): AsyncGenerator<AnsweredBlock> {
  const count = answerCount(order) - first
  if (count <= 0) return
  const { libraryFolder, modelFolders } = parts
  const workerData: BatchThreadOrder = { order, libraryFolder, modelFolders }
  const used = Math.min(threads, Math.ceil(count / blockSize))
  const pool = threadPool<BatchBlock, AnsweredBlock>(new URL(workerFile, import.meta.url), {
    threads: used,
    workerData,
  })
  const cancel = (): void => pool.end(cancelled())
  signal.addEventListener('abort', cancel, { once: true })
  if (signal.aborted) cancel()
  try {
    yield* inOrder(blocksOf(order, first), pool.ask, used * blocksInHand)
  } finally {
    signal.removeEventListener('abort', cancel)
    cancel()
    await pool.gone
  }
}

function* blocksOf(order: BatchOrder, start: number): Generator<BatchBlock> {
  const count = answerCount(order)
  for (let first = start; first < count; first += blockSize) {
    yield { first, end: Math.min(first + blockSize, count) }
  }
}

/** At most `most` are asked before the first of them is taken. */
async function* inOrder<Order, Answer>(
  orders: Iterable<Order>,
  ask: (order: Order) => Promise<Answer>,
  most: number,
): AsyncGenerator<Answer> {
  const asked: Promise<Answer>[] = []
  for (const order of orders) {
    const answer = ask(order)
    // Whoever awaits it hears of it; nobody may be left to, where an earlier one fails.
    answer.catch(() => undefined)
    asked.push(answer)
    if (asked.length >= most) yield (await asked.shift()) as Answer
  }
  for (const answer of asked) yield await answer
}
