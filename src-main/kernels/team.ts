import { Failure } from '../../src-shared/failure/failure.ts'

/** Does one item of a phase. What it gives may depend neither on the thread that does it nor on when. */
export type Work = (phase: number, item: number) => void

/** Threads that share the items of a phase; the one that leads works too. */
export interface Team {
  /** Returns when items 0 … items−1, at most 255, are done. Throws `thread-ended` where a thread broke off. */
  perform(phase: number, items: number): void
}

// Words of the shared control, a cache line each.
const round = 0
const finished = 16
const broken = 32
const followers = 48
/** One ticket for each thread: the phase, the end of its own items, and the next of them. */
const tickets = 64
const line = 16

/** A thread stays awake this long, about the leader's own part of a step: waking it would take long. */
const watch_ms = 0.3

/** Then it sleeps, and the leader looks this often whether a thread broke off. */
const lookEvery_ms = 100

/** What the threads of a team agree on; goes to another thread as it is. */
export function teamControl(threads: number): Int32Array {
  return new Int32Array(new SharedArrayBuffer(4 * (tickets + line * threads)))
}

/** The leader's side. What no follower takes it does itself. */
export function lead(control: Int32Array, work: Work): Team {
  return {
    perform(phase, items) {
      Atomics.store(control, finished, 0)
      handOut(control, phase, items)
      Atomics.add(control, round, 1)
      Atomics.notify(control, round)
      workOff(control, work, 0)
      for (let done = 0; (done = Atomics.load(control, finished)) < items;) {
        if (Atomics.load(control, broken) === 1) throw threadEnded()
        awaitChange(control, finished, done)
      }
    },
  }
}

/**
 * Each thread has items of its own, the same in every phase of as many: its cache may still hold what it needs. A claim
 * changes the whole ticket at once, so that one left over from an earlier phase cannot be had.
 */
function handOut(control: Int32Array, phase: number, items: number): void {
  const threads = threadsOf(control)
  for (let member = 0; member < threads; member++) {
    const next = Math.floor((items * member) / threads)
    const end = Math.floor((items * (member + 1)) / threads)
    Atomics.store(control, tickets + line * member, (phase << 16) | (end << 8) | next)
  }
}

function threadsOf(control: Int32Array): number {
  return (control.length - tickets) / line
}

/** Followers that have come so far. */
export function followersOf(control: Int32Array): number {
  return Atomics.load(control, followers)
}

/** A follower's side, `member` from 1: sleeps until there are items. Ends only with its thread, or by what `work` throws. */
export function follow(control: Int32Array, work: Work, member: number): never {
  Atomics.add(control, followers, 1)
  try {
    for (;;) {
      const seen = Atomics.load(control, round)
      workOff(control, work, member)
      awaitChange(control, round, seen)
    }
  } catch (error) {
    Atomics.store(control, broken, 1)
    Atomics.notify(control, finished)
    throw error
  }
}

/** Does a thread's own items, then what others have not begun. */
function workOff(control: Int32Array, work: Work, member: number): void {
  const threads = threadsOf(control)
  for (let i = 0; i < threads; i++) useUp(control, work, tickets + line * ((member + i) % threads))
}

function useUp(control: Int32Array, work: Work, ticket: number): void {
  for (;;) {
    const seen = Atomics.load(control, ticket)
    const [phase, end, next] = [seen >> 16, (seen >> 8) & 255, seen & 255]
    if (next === end) return
    if (Atomics.compareExchange(control, ticket, seen, seen + 1) !== seen) continue
    work(phase, next)
    Atomics.add(control, finished, 1)
    Atomics.notify(control, finished)
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
