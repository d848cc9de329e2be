import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { Worker } from 'node:worker_threads'
import type { Outcome } from './input.ts'
import type { WorkerTask } from './worker.ts'

// Reads mutations of every kind of file and says what breaks a law of the readers:
// npm run fuzz -- [--count N] [--seed N] [--threads N] [--limit SECONDS] [--keep FOLDER]
const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '100000' },
    seed: { type: 'string', default: '1' },
    threads: { type: 'string', default: String(availableParallelism()) },
    /** Longest time for one input. */
    limit: { type: 'string', default: '60' },
    /** Where inputs that break a law are kept. */
    keep: { type: 'string', default: 'fuzz' },
  },
})
const [count, seed, threads, limit_s] = [values.count, values.seed, values.threads, values.limit].map(Number)
const root = mkdtempSync(join(tmpdir(), 'pimoe-fuzz-'))
let broken = 0
/** Place of a thread that still reads its sources. */
const starting = -1
/** Of every thread started: the input it is at, and how many were read and refused. */
const places: Int32Array[] = []
const sum = (of: number) => places.reduce((all, place) => all + place[of], 0)
const start = performance.now()
const watch = setInterval(() => {
  const done = sum(1) + sum(2) + broken
  console.error(`${done} of ${count}, ${broken} broken, ${Math.round((performance.now() - start) / 1000)} s`)
}, 10_000)
try {
  await Promise.all(Array.from({ length: threads }, (_, thread) => runFrom(thread, thread)))
} finally {
  clearInterval(watch)
  rmSync(root, { recursive: true, force: true })
}
console.log(JSON.stringify({ schema: 'pimoe-fuzz/1', seed, count, read: sum(1), refused: sum(2), broken }))
process.exitCode = broken > 0 ? 1 : 0

/** Runs a thread's inputs; one that hangs or kills the thread is kept, and the next thread goes on behind it. */
async function runFrom(thread: number, from: number): Promise<void> {
  for (let next = from; next < count;) {
    const stopped = await run(thread, next)
    if (stopped === null) return
    report({
      input: stopped.at,
      source: '',
      mutation: '',
      end: 'broken',
      broken: stopped.why,
      bytes: Buffer.alloc(0),
    })
    next = stopped.at + threads
  }
}

function run(thread: number, from: number): Promise<{ at: number; why: string } | null> {
  const place = new SharedArrayBuffer(12)
  const at = new Int32Array(place)
  places.push(at)
  at[0] = starting
  const folder = join(root, String(thread))
  mkdirSync(folder, { recursive: true })
  const task: WorkerTask = { seed, folder, from, step: threads, count, place }
  const worker = new Worker(new URL('worker.ts', import.meta.url), {
    workerData: task,
    resourceLimits: { maxOldGenerationSizeMb: 1024 },
  })
  return new Promise((resolve) => {
    let seen = { at: -1, since: performance.now() }
    const timer = setInterval(() => {
      if (at[0] !== seen.at) seen = { at: at[0], since: performance.now() }
      else if (at[0] !== starting && performance.now() - seen.since > limit_s * 1000)
        end({ at: at[0], why: `hangs for ${limit_s} s` })
    }, 1000)
    const end = (stopped: { at: number; why: string } | null) => {
      clearInterval(timer)
      void worker.terminate()
      resolve(stopped)
    }
    worker.on('message', (outcome: Outcome | null) => {
      if (outcome === null) end(null)
      else report(outcome)
    })
    worker.on('error', (error: Error) => end({ at: at[0], why: error.stack ?? error.message }))
  })
}

function report({ input, source, mutation, broken: law, bytes }: Outcome): void {
  broken++
  mkdirSync(values.keep, { recursive: true })
  if (bytes.length > 0) writeFileSync(join(values.keep, `${seed}-${input}-${source}`), bytes)
  console.log(JSON.stringify({ input, source, mutation, broken: law }))
}
