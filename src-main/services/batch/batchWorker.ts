import { parentPort, workerData } from 'node:worker_threads'
import { Failure, failureFields } from '../../../src-shared/failure/failure.ts'
import { openLibrary } from '../../library/openLibrary.ts'
import { modelShelf } from '../models.ts'
import { answerBlock, type AnsweredBlock, type BatchBlock } from './answerBlock.ts'
import type { BatchThreadOrder } from './runBatch.ts'
import type { PoolMessage } from './threadPool.ts'

// Entry of a batch's thread: answers blocks until it is terminated.

const { order, libraryFolder, modelFolders } = workerData as BatchThreadOrder
const library = openLibrary(libraryFolder)
const models = modelShelf({
  modelFolders,
  modelPackages: () => import('../../checkpoints/modelPackage.ts'),
  kernels: () => import('../../kernels/kernelForward.ts'),
})

let previous = Promise.resolve()
parentPort?.on('message', (block: BatchBlock) => {
  previous = previous.then(() => tellAnswers(block))
})

async function tellAnswers(block: BatchBlock): Promise<void> {
  try {
    const answer = await answerBlock(order, block, { library, models })
    tell({ answer }, [answer.lines.buffer])
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    tell({ failure: failureFields(error) }, [])
  }
}

function tell(message: PoolMessage<AnsweredBlock>, given: readonly ArrayBuffer[]): void {
  parentPort?.postMessage(message, given)
}
