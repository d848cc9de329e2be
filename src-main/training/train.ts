import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import type { EpochReport } from '../../src-shared/contract/run.ts'
import type { CancelSignal } from '../../src-shared/contract/signal.ts'
import { cancelled, failureOf, type Failure, type FailureFields } from '../../src-shared/failure/failure.ts'
import { startFollowers, type CrewRoom } from '../kernels/crew.ts'
import { threadEnded } from '../kernels/team.ts'
import { mostThreads } from '../kernels/trainingMachine.ts'
import { runRoom } from './network/networkRun.ts'
import type { RunResumption } from './network/runState.ts'
import type { TrainingSettings } from './problem/settings.ts'
import type { TrainedPackage, TrainingConfig } from './problem/trainingConfig.ts'

export interface TrainingWatch {
  readonly signal?: CancelSignal
  readonly onEpoch?: (report: EpochReport) => void
  /** Called before the first epoch of a run that goes on from a stored state. */
  readonly onResume?: (from: RunResumption) => void
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
  | { readonly epoch: EpochReport }
  | { readonly resumed: RunResumption }
  | { readonly done: TrainedPackage }
  | { readonly failure: FailureFields }

const workerFile = import.meta.url.endsWith('.ts') ? './trainingWorker.ts' : './trainingWorker.js'

/**
 * Trains in worker threads, so that neither window nor service waits. Rejects with the Failure of runTraining, or
 * `cancelled` as soon as the signal says so, or `thread-ended` where one of the threads breaks off, or what `onEpoch`
 * throws; no thread outlives it.
 */
export async function train(config: TrainingConfig, watch: TrainingWatch = {}): Promise<TrainedPackage> {
  if (watch.signal?.aborted === true) throw cancelled()
  const room = runRoom(config.settings, watch.threads)
  const workerData: WorkerOrder = { config, held: watch.held ?? null, room }
  const worker = new Worker(new URL(workerFile, import.meta.url), { workerData })
  let stop: (reason: Failure) => void = () => undefined
  const stopped = new Promise<never>((_, reject) => {
    stop = reject
  })
  const followers = startFollowers(room, () => stop(threadEnded()))
  const abort = (): void => stop(cancelled())
  watch.signal?.addEventListener('abort', abort, { once: true })
  try {
    return await Promise.race([answerOf(worker, watch), stopped])
  } finally {
    watch.signal?.removeEventListener('abort', abort)
    followers.terminate()
    // Waited for: a state that it is still writing must not come after what the caller does next.
    await worker.terminate()
  }
}

/** Threads that a run computes on: as many as wanted, else one for each core, but no more than a batch keeps busy. */
export function threadsOf({ batch }: TrainingSettings, wanted: number | null): number {
  return Math.min(wanted ?? availableParallelism(), mostThreads(batch))
}

function answerOf(worker: Worker, { onEpoch, onResume }: TrainingWatch): Promise<TrainedPackage> {
  return new Promise((resolve, reject) => {
    worker.on('message', (message: WorkerMessage) => {
      // Thrown in a listener it would end the whole program.
      try {
        if ('done' in message) resolve(message.done)
        else if ('failure' in message) reject(failureOf(message.failure))
        else if ('resumed' in message) onResume?.(message.resumed)
        else onEpoch?.(message.epoch)
      } catch (error) {
        reject(error instanceof Error ? error : new Error(String(error)))
      }
    })
    worker.on('error', reject)
    worker.on('exit', () => reject(threadEnded()))
  })
}
