import { parentPort, workerData } from 'node:worker_threads'
import { fuzzer } from './input.ts'
import { fixtureSources, sharedSources } from './sources.ts'

/** What a thread is told: its inputs are `from`, `from + step`, … below `count`; `place` counts where it is, and how many were read and refused. */
export interface WorkerTask {
  readonly seed: number
  readonly folder: string
  readonly from: number
  readonly step: number
  readonly count: number
  readonly place: SharedArrayBuffer
}

const { seed, folder, from, step, count, place } = workerData as WorkerTask
const at = new Int32Array(place)
const ask = fuzzer({ seed, folder, sources: [...fixtureSources(), ...(await sharedSources())] })
for (let input = from; input < count; input += step) {
  Atomics.store(at, 0, input)
  const outcome = await ask(input)
  if (outcome.end === 'broken') parentPort?.postMessage(outcome)
  else at[outcome.end === 'read' ? 1 : 2]++
}
parentPort?.postMessage(null)
