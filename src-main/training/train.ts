import { Worker } from 'node:worker_threads'
import type { EpochReport } from '../../src-shared/contract/requests.ts'
import type { CancelSignal } from '../../src-shared/contract/signal.ts'
import { cancelled, failureOf, type FailureFields } from '../../src-shared/failure/failure.ts'
import { startFollowers, type CrewRoom } from '../kernels/crew.ts'
import { threadEnded } from '../kernels/team.ts'
import { runRoom } from './networkRun.ts'
import type { TrainedPackage, TrainingConfig } from './trainingConfig.ts'

export interface TrainingWatch {
  readonly signal?: CancelSignal
  readonly onEpoch?: (report: EpochReport) => void
  /** Shared memory: while its first entry is 1, the run waits after the epoch it is in. */
  readonly held?: Int32Array
  /** Threads that compute; absent: one for each core. Their number changes no bit of the result. */
  readonly threads?: number
}

export interface WorkerOrder {
  readonly config: TrainingConfig
  readonly held: Int32Array | null
  readonly room: CrewRoom
}

/** What the worker says; a Failure loses its class between threads and is made anew from its fields. */
export type WorkerMessage =
  { readonly epoch: EpochReport } | { readonly done: TrainedPackage } | { readonly failure: FailureFields }

const workerFile = import.meta.url.endsWith('.ts') ? './trainingWorker.ts' : './trainingWorker.js'

/**
 * Trains in worker threads, so that neither window nor service waits. Rejects with the Failure of runTraining, or
 * `cancelled` as soon as the signal says so, or `thread-ended` where one of the threads breaks off, or what `onEpoch`
 * throws; no thread outlives it.
 */
export function train(
  config: TrainingConfig,
  { signal, onEpoch, held, threads }: TrainingWatch = {},
): Promise<TrainedPackage> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted === true) {
      reject(cancelled())
      return
    }
    const room = runRoom(config.settings, threads)
    const workerData: WorkerOrder = { config, held: held ?? null, room }
    const worker = new Worker(new URL(workerFile, import.meta.url), { workerData })
    const settle = (end: () => void): void => {
      signal?.removeEventListener('abort', abort)
      end()
      void worker.terminate()
      followers.terminate()
    }
    const abort = (): void => settle(() => reject(cancelled()))
    signal?.addEventListener('abort', abort, { once: true })
    const fail = (error: unknown): void =>
      settle(() => reject(error instanceof Error ? error : new Error(String(error))))
    const followers = startFollowers(room, () => fail(threadEnded()))
    worker.on('message', (message: WorkerMessage) => {
      if ('done' in message) settle(() => resolve(message.done))
      else if ('failure' in message) fail(failureOf(message.failure))
      else tell(message.epoch)
    })
    const tell = (epoch: EpochReport): void => {
      // Thrown in a listener it would end the whole program.
      try {
        onEpoch?.(epoch)
      } catch (error) {
        fail(error)
      }
    }
    worker.on('error', fail)
    worker.on('exit', () => fail(threadEnded()))
  })
}
