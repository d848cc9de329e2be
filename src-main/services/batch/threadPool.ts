import { Worker } from 'node:worker_threads'
import { failureOf, type FailureFields } from '../../../src-shared/failure/failure.ts'
import { threadEnded } from '../../kernels/team.ts'

/** What a pool's thread says of each order, in their order. */
export type PoolMessage<Answer> = { readonly answer: Answer } | { readonly failure: FailureFields }

/** What a pool tells its threads; nothing comes after the end. */
export type PoolOrder<Order> = { readonly order: Order } | { readonly end: true }

/** A thread that is not gone after this long is stopped, whatever it does. */
const patience_ms = 20_000

/** Threads of one entry file, which answers by `answerOrders`. */
export interface ThreadPool<Order, Answer> {
  /**
   * Gives an order to the thread that has least to do. Rejects with the Failure that the thread sends, with its bug, or
   * with `thread-ended`; whatever ends one thread ends all.
   */
  readonly ask: (order: Order) => Promise<Answer>
  /** Ends what is in hand with this reason, and tells the threads to go. */
  readonly end: (reason: Error) => void
  /** Resolves when every thread has gone. */
  readonly gone: Promise<void>
}

/** Starts that many threads, each given `workerData`. */
export function threadPool<Order, Answer>(
  entry: URL,
  { threads, workerData }: { threads: number; workerData: unknown },
): ThreadPool<Order, Answer> {
  let ended: Error | null = null
  const end = (reason: Error): void => {
    if (ended !== null) return
    ended = reason
    for (const thread of pool) thread.end(reason)
  }
  const pool = Array.from({ length: threads }, () => poolThread<Answer>(entry, workerData, end))
  return {
    ask: async (order) => {
      if (ended !== null) throw ended
      const leastBusy = pool.reduce((a, b) => (b.waiting() < a.waiting() ? b : a))
      return leastBusy.ask(order)
    },
    end,
    gone: Promise.all(pool.map(({ gone }) => gone)).then(() => undefined),
  }
}

interface Waiting<Answer> {
  readonly resolve: (answer: Answer) => void
  readonly reject: (reason: Error) => void
}

function poolThread<Answer>(entry: URL, workerData: unknown, onEnd: (reason: Error) => void) {
  const worker = new Worker(entry, { workerData })
  const waiting: Waiting<Answer>[] = []
  worker.on('message', (message: PoolMessage<Answer>) => {
    if ('answer' in message) waiting.shift()?.resolve(message.answer)
    else onEnd(failureOf(message.failure))
  })
  worker.on('error', (error) => onEnd(isOutOfMemory(error) ? threadEnded() : asError(error)))
  const gone = new Promise<void>((resolve) => worker.on('exit', () => resolve()))
  void gone.then(() => onEnd(threadEnded()))
  return {
    gone,
    waiting: () => waiting.length,
    ask: (order: unknown) =>
      new Promise<Answer>((resolve, reject) => {
        waiting.push({ resolve, reject })
        worker.postMessage({ order } satisfies PoolOrder<unknown>)
      }),
    end: (reason: Error) => {
      for (const { reject } of waiting.splice(0)) reject(reason)
      worker.postMessage({ end: true } satisfies PoolOrder<unknown>)
      const overdue = setTimeout(() => void worker.terminate(), patience_ms)
      void gone.then(() => clearTimeout(overdue))
    },
  }
}

function isOutOfMemory(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY'
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error))
}
