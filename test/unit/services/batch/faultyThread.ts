import { workerData } from 'node:worker_threads'
import { cancelled } from '../../../../src-shared/failure/failure.ts'
import { answerOrders } from '../../../../src-main/services/batch/poolThread.ts'

// A thread that does as it is told: echoes a number, or ends as named; it counts where it has put away.
const putAway = new Int32Array(workerData as SharedArrayBuffer)

answerOrders<number | 'exit' | 'bug' | 'failure', number>({
  answer: (order) => {
    if (order === 'exit') return process.exit(0)
    if (order === 'bug') throw new RangeError('a bug')
    return order === 'failure' ? Promise.reject(cancelled()) : Promise.resolve(order)
  },
  putAway: () => Atomics.add(putAway, 0, 1),
})
