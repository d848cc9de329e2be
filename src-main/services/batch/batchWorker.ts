import { workerData } from 'node:worker_threads'
import { openLibrary } from '../../library/openLibrary.ts'
import { modelShelf } from '../modelShelf/models.ts'
import { answerBlock, type AnsweredBlock, type BatchBlock } from './answerBlock.ts'
import { answerOrders } from './poolThread.ts'
import type { BatchThreadOrder } from './runBatch.ts'

// Entry of a batch's thread: answers blocks until it is told to end.

const { order, libraryFolder, modelFolders } = workerData as BatchThreadOrder
const library = openLibrary(libraryFolder)
const models = modelShelf({
  modelFolders,
  modelPackages: () => import('../../checkpoints/modelPackage.ts'),
  kernels: () => import('../../kernels/kernelForward.ts'),
  chosenDefault: () => Promise.resolve(library.defaultModels.newest()),
})

answerOrders<BatchBlock, AnsweredBlock>({
  answer: (block) => answerBlock(order, block, { library, models }),
  given: ({ lines }) => [lines.buffer],
  putAway: () => library.close(),
})
