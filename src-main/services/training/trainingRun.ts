import { join } from 'node:path'
import type { EpochReport } from '../../../src-shared/contract/run.ts'
import type { ModelPackage } from '../../../src-shared/forecast/package.ts'
import type { RunConfig } from '../../training/presets/runConfig.ts'
import type { RunResumption } from '../../training/network/runState.ts'
import type { TrainingCell } from '../../training/problem/trainingCell.ts'
import { stateFolder } from '../modelShelf/modelFolder.ts'
import type { Parts } from '../parts.ts'
import { readTrainingCells, runFiles } from './trainingCells.ts'

export interface TrainingOrder {
  readonly config: RunConfig
  /** Folder of the package to write; the state of the run stands in it until then. */
  readonly folder: string
  /** Of the model. */
  readonly name: string
  readonly state: 'new' | 'resume'
}

export interface FinishedTraining {
  readonly package: ModelPackage
  readonly history: readonly EpochReport[]
  readonly bestEpoch: number
  /** What the run must say of its cells. */
  readonly notes: readonly string[]
}

export interface TrainingContext {
  readonly signal: AbortSignal
  /** Called once the cells are read. */
  readonly onStart?: (start: StartedTraining) => void
  /** As in TrainingWatch. */
  readonly onResume?: (from: RunResumption) => void
  readonly onEpoch: (report: EpochReport) => void
  /** As in TrainingWatch. */
  readonly held?: Int32Array
}

export interface StartedTraining {
  readonly cells: readonly TrainingCell[]
  readonly notes: readonly string[]
  readonly threads: number
}

/**
 * Reads the cells, trains in a worker and writes the package in one move: whatever happens before leaves nothing
 * behind but the state of the run.
 *
 * Throws what readers and training throw, or `cells-missing`, or `cancelled`.
 */
export async function trainPackage(
  parts: Parts,
  { config, folder, name, state }: TrainingOrder,
  { signal, onStart, onResume, onEpoch, held }: TrainingContext,
): Promise<FinishedTraining> {
  const { files, notes } = await runFiles(parts, config)
  const cells = await readTrainingCells(parts, files, signal)
  // Loaded before hours of work: an update of the program in between must not cost the run its end.
  const { train, threadsOf } = await parts.training()
  const { writeModelPackage } = await parts.modelPackages()
  const { preset, seed, settings } = config
  const threads = threadsOf(settings, config.threads)
  onStart?.({ cells, notes, threads })
  const checkpoint = { folder: join(folder, stateFolder), resume: state === 'resume', everySeconds: 10 }
  const program = `PIMOE ${parts.places.version}`
  const watch = {
    signal,
    onEpoch,
    threads,
    ...(onResume === undefined ? {} : { onResume }),
    ...(held === undefined ? {} : { held }),
  }
  const order = { name, preset, seed, settings, cells, notes, checkpoint, program }
  const { draft, history, bestEpoch } = await train(order, watch)
  return { package: await writeModelPackage(folder, draft), history, bestEpoch, notes }
}
