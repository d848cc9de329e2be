import { parentPort, workerData } from 'node:worker_threads'
import { Failure } from '../../src-shared/failure/failure.ts'
import { runTraining } from './runTraining.ts'
import type { WorkerMessage, WorkerOrder } from './train.ts'

// Entry of the training thread: one run, then it ends.

const { config, held } = workerData as WorkerOrder

try {
  const done = runTraining(config, (epoch) => {
    tell({ epoch })
    if (held !== null) Atomics.wait(held, 0, 1)
  })
  tell({ done })
} catch (error) {
  if (!(error instanceof Failure)) throw error
  const { kind, code, message, detail } = error
  tell({ failure: { kind, code, message, detail } })
}

function tell(message: WorkerMessage): void {
  parentPort?.postMessage(message)
}
