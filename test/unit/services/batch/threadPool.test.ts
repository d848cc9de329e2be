import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { threadPool, type ThreadPool } from '../../../../src-main/services/batch/threadPool.ts'

type Order = number | 'exit' | 'bug' | 'failure'

const over = new Error('over')
const pools: ThreadPool<Order, number>[] = []
const putAway = new Int32Array(new SharedArrayBuffer(4))
beforeEach(() => Atomics.store(putAway, 0, 0))
afterEach(async () => {
  for (const pool of pools.splice(0)) {
    pool.end(over)
    await pool.gone
  }
})

function poolOf(threads: number): ThreadPool<Order, number> {
  const pool = threadPool<Order, number>(new URL('./faultyThread.ts', import.meta.url), {
    threads,
    workerData: putAway.buffer,
  })
  pools.push(pool)
  return pool
}

describe('a pool of threads', () => {
  it('answers each order once', async () => {
    const { ask } = poolOf(3)
    const orders = Array.from({ length: 50 }, (_, i) => i)
    expect(await Promise.all(orders.map(ask))).toEqual(orders)
  })

  it.each([
    ['exit', { name: 'Failure', code: 'thread-ended' }],
    ['bug', { name: 'RangeError', message: 'a bug' }],
    ['failure', { name: 'Failure', code: 'cancelled' }],
  ] as const)('ends whole where a thread says %s', async (fault, reason) => {
    const { ask } = poolOf(2)
    const answers = await Promise.allSettled(([fault, fault, 1, 2] as const).map(ask))
    expect(answers.find(({ status }) => status === 'rejected')).toMatchObject({ reason })
    await expect(ask(3)).rejects.toMatchObject(reason)
  })

  it('ends what is in hand when it is told to', async () => {
    const pool = poolOf(1)
    const answer = pool.ask(1)
    pool.end(over)
    await expect(answer).rejects.toBe(over)
    await expect(pool.ask(2)).rejects.toBe(over)
  })

  it('lets each thread put away what it holds before it is gone', async () => {
    const pool = poolOf(3)
    const answers = Array.from({ length: 30 }, (_, i) => pool.ask(i).catch(() => 'left'))
    pool.end(over)
    await pool.gone
    expect(Atomics.load(putAway, 0)).toBe(3)
    expect(new Set(await Promise.all(answers))).toEqual(new Set(['left']))
  })
})
