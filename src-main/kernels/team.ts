import { Failure } from '../../src-shared/failure/failure.ts'

/** Does one item of a phase. What it gives may depend neither on the thread that does it nor on when. */
export type Work = (phase: number, item: number) => void

/** Threads that share the items of a phase; the one that leads works too. */
export interface Team {
  /** Returns when items 0 … items−1, at most 255, are done. Throws `thread-ended` where a thread broke off. */
  perform(phase: number, items: number): void
}

// Words of the shared control, one cache line each.
const ticket = 0 // phase, number of items, next item: a claim is one compare-and-exchange of all three
const finished = 16
const broken = 32
const followers = 48
const words = 64

/** A thread stays awake this long, about the leader's own part of a step: waking it would take long. */
const watch_ms = 0.3

/** Then it sleeps, and the leader looks this often whether a thread broke off. */
const lookEvery_ms = 100

export function teamControl(): Int32Array {
  return new Int32Array(new SharedArrayBuffer(4 * words))
}

/** The leader's side. Without a follower it does all items itself. */
export function lead(control: Int32Array, work: Work): Team {
  return {
    perform(phase, items) {
      Atomics.store(control, finished, 0)
      Atomics.store(control, ticket, (phase << 16) | (items << 8))
      Atomics.notify(control, ticket)
      workOff(control, work)
      for (let done = 0; (done = Atomics.load(control, finished)) < items;) {
        if (Atomics.load(control, broken) === 1) throw threadEnded()
        awaitChange(control, finished, done)
      }
    },
  }
}

/** Followers that have come so far. */
export function followersOf(control: Int32Array): number {
  return Atomics.load(control, followers)
}

/** A follower's side: sleeps until there are items. Ends only with its thread, or by what `work` throws. */
export function follow(control: Int32Array, work: Work): never {
  Atomics.add(control, followers, 1)
  try {
    for (;;) awaitChange(control, ticket, workOff(control, work))
  } catch (error) {
    Atomics.store(control, broken, 1)
    Atomics.notify(control, finished)
    throw error
  }
}

/** Does items until all are claimed; returns the ticket that said so. */
function workOff(control: Int32Array, work: Work): number {
  for (;;) {
    const seen = Atomics.load(control, ticket)
    const [phase, items, next] = [seen >> 16, (seen >> 8) & 255, seen & 255]
    if (next === items) return seen
    if (Atomics.compareExchange(control, ticket, seen, seen + 1) !== seen) continue
    work(phase, next)
    if (Atomics.add(control, finished, 1) + 1 === items) Atomics.notify(control, finished)
  }
}

/** Returns when the word differs from `value`, or after a while. */
function awaitChange(control: Int32Array, word: number, value: number): void {
  const end = performance.now() + watch_ms
  do {
    for (let look = 0; look < 100; look++) if (Atomics.load(control, word) !== value) return
  } while (performance.now() < end)
  Atomics.wait(control, word, value, lookEvery_ms)
}

/** A thread ended that others waited for: what it had in hand is lost. */
export function threadEnded(): Failure {
  return new Failure(
    'not-determinable',
    'thread-ended',
    'A computing thread ended before its work was done.',
    {
      advice: 'Close other programs if memory is short, then go on with --resume, or with fewer threads.',
    },
  )
}
