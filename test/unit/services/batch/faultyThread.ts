import { parentPort } from 'node:worker_threads'
import { cancelled, failureFields } from '../../../../src-shared/failure/failure.ts'

// A thread that does as it is told: echoes a number, or ends as named.
parentPort?.on('message', (order: number | 'exit' | 'bug' | 'failure') => {
  if (order === 'exit') process.exit(0)
  if (order === 'bug') throw new RangeError('a bug')
  parentPort?.postMessage(order === 'failure' ? { failure: failureFields(cancelled()) } : { answer: order })
})
