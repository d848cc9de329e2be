import { Worker } from 'node:worker_threads'
import type { EpochReport } from '../../src-shared/contract/requests.ts'
import type { CancelSignal } from '../../src-shared/contract/signal.ts'
import { cancelled, Failure } from '../../src-shared/failure/failure.ts'
import type { TrainedPackage, TrainingConfig } from './trainingConfig.ts'

export interface TrainingWatch {
  readonly signal?: CancelSignal
  readonly onEpoch?: (report: EpochReport) => void
  /** Shared memory: while its first entry is 1, the run waits after the epoch it is in. */
  readonly held?: Int32Array
}

export interface WorkerOrder {
  readonly config: TrainingConfig
  readonly held: Int32Array | null
}

/** What the worker says; a Failure loses its class between threads and is made anew from its fields. */
export type WorkerMessage =
  | { readonly epoch: EpochReport }
  | { readonly done: TrainedPackage }
  | { readonly failure: Pick<Failure, 'kind' | 'code' | 'message' | 'detail'> }

const workerFile = import.meta.url.endsWith('.ts') ? './trainingWorker.ts' : './trainingWorker.js'

/**
 * Trains in a worker thread, so that neither window nor service waits. Rejects with the Failure of runTraining, or
 * `cancelled` as soon as the signal says so, or what `onEpoch` throws.
 */
export function train(
  config: TrainingConfig,
  { signal, onEpoch, held }: TrainingWatch = {},
): Promise<TrainedPackage> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted === true) {
      reject(cancelled())
      return
    }
    const workerData: WorkerOrder = { config, held: held ?? null }
    const worker = new Worker(new URL(workerFile, import.meta.url), { workerData })
    const settle = (end: () => void): void => {
      signal?.removeEventListener('abort', abort)
      end()
      void worker.terminate()
    }
    const abort = (): void => settle(() => reject(cancelled()))
    signal?.addEventListener('abort', abort, { once: true })
    const fail = (error: unknown): void =>
      settle(() => reject(error instanceof Error ? error : new Error(String(error))))
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
    worker.on('exit', (code) =>
      settle(() => reject(new Error(`The training thread ended with code ${code}.`))),
    )
  })
}

function failureOf({
  kind,
  code,
  message,
  detail,
}: Pick<Failure, 'kind' | 'code' | 'message' | 'detail'>): Failure {
  return new Failure(kind, code, message, detail)
}
