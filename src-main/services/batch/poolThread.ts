import { parentPort } from 'node:worker_threads'
import { setImmediate } from 'node:timers/promises'
import { Failure, failureFields } from '../../../src-shared/failure/failure.ts'
import type { PoolMessage, PoolOrder } from './threadPool.ts'

export interface OrderService<Order, Answer> {
  readonly answer: (order: Order) => Promise<Answer>
  /** Memory of an answer that is handed over, not copied. */
  readonly given?: (answer: Answer) => readonly ArrayBuffer[]
  /** Closes what the thread holds. */
  readonly putAway: () => void
}

/**
 * Answers the orders of a pool one after the other. Told to end, a thread leaves what waits, puts away what it holds and
 * goes by itself: one that is stopped while a native module loads or works takes the whole program with it.
 */
export function answerOrders<Order, Answer>({
  answer,
  given = () => [],
  putAway,
}: OrderService<Order, Answer>): void {
  const port = parentPort
  if (port === null) return
  let hasEnded = false
  let previous: Promise<unknown> = Promise.resolve()
  const tell = (message: PoolMessage<Answer>, memory: readonly ArrayBuffer[] = []): void =>
    port.postMessage(message, memory)
  port.on('message', (message: PoolOrder<Order>) => {
    if ('end' in message) {
      hasEnded = true
      previous = previous.then(() => {
        putAway()
        port.close()
      })
      return
    }
    previous = previous.then(async () => {
      // So that the end is heard of between two orders.
      await setImmediate()
      if (hasEnded) return
      try {
        const told = await answer(message.order)
        tell({ answer: told }, given(told))
      } catch (error) {
        if (!(error instanceof Failure)) throw error
        tell({ failure: failureFields(error) })
      }
    })
  })
}
