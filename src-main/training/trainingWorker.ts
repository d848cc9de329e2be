import { parentPort, workerData } from 'node:worker_threads'
import type { EpochReport } from '../../src-shared/contract/run.ts'
import { Failure, failureFields } from '../../src-shared/failure/failure.ts'
import { leadCrew } from '../kernels/crew.ts'
import { runTraining } from './runTraining.ts'
import type { WorkerMessage, WorkerOrder } from './train.ts'

// Entry of the training thread: one run, which it leads, then it ends.

const { config, held, room } = workerData as WorkerOrder

try {
  const onEpoch = (epoch: EpochReport): void => {
    tell({ epoch })
    if (held !== null) Atomics.wait(held, 0, 1)
  }
  const done = runTraining(config, onEpoch, leadCrew(room), (resumed) => tell({ resumed }))
  tell({ done })
} catch (error) {
  if (!(error instanceof Failure)) throw error
  tell({ failure: failureFields(error) })
}

function tell(message: WorkerMessage): void {
  parentPort?.postMessage(message)
}
