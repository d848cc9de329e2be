import type { EpochReport } from '../../src-shared/contract/requests.ts'
import type { ModelPackage } from '../../src-shared/forecast/package.ts'
import type { CancelSignal } from '../../src-shared/contract/signal.ts'
import { join } from 'node:path'
import { abortSignal } from './abortSignal.ts'
import { stateFolder } from './modelFolder.ts'
import type { RunCheckpoint } from '../training/trainingConfig.ts'
import type { Parts } from './parts.ts'
import { presetFiles, readTrainingCells } from './trainingCells.ts'

export interface TrainingOrder {
  readonly preset: string
  /** Data folder. */
  readonly data: string
  /** Folder of the package to write; its last name is the model's. */
  readonly folder: string
  readonly name: string
  readonly seed: number
  /** Absent: the preset's own. */
  readonly epochs?: number
  /** Keeps the run's state in the package's folder; `resume` goes on from the one there. Absent: it is not kept. */
  readonly state?: 'new' | 'resume'
}

export interface FinishedTraining {
  readonly package: ModelPackage
  readonly history: readonly EpochReport[]
  readonly bestEpoch: number
  /** What the run must say of its cells. */
  readonly notes: readonly string[]
}

export interface TrainingContext {
  readonly signal: CancelSignal
  readonly onEpoch: (report: EpochReport) => void
  /** As in TrainingWatch. */
  readonly held?: Int32Array
  /** As in TrainingWatch. */
  readonly threads?: number
}

/**
 * Reads the cells, trains in a worker and writes the package in one move: whatever happens before leaves nothing
 * behind but, where it is kept, the state of the run.
 *
 * Throws what presets, readers and training throw, or `cancelled`.
 */
export async function trainPackage(
  parts: Parts,
  order: TrainingOrder,
  { signal, onEpoch, held, threads }: TrainingContext,
): Promise<FinishedTraining> {
  const { preset, files, notes } = await presetFiles(parts, order.preset, order.data)
  const cells = await readTrainingCells(parts, files, signal)
  // Loaded before hours of work: an update of the program in between must not cost the run its end.
  const { train } = await parts.training()
  const { writeModelPackage } = await parts.modelPackages()
  const settings = { ...preset.settings, epochs: order.epochs ?? preset.settings.epochs }
  const config = {
    name: order.name,
    preset: preset.name,
    seed: order.seed,
    settings,
    cells,
    notes,
    ...(order.state === undefined ? {} : { checkpoint: checkpointOf(order) }),
    program: `PIMOE ${parts.places.version}`,
  }
  const watch = {
    signal: abortSignal(signal),
    onEpoch,
    ...(held === undefined ? {} : { held }),
    ...(threads === undefined ? {} : { threads }),
  }
  const { draft, history, bestEpoch } = await train(config, watch)
  return { package: await writeModelPackage(order.folder, draft), history, bestEpoch, notes }
}

function checkpointOf({ folder, state }: TrainingOrder): RunCheckpoint {
  return { folder: join(folder, stateFolder), resume: state === 'resume', everySeconds: 10 }
}
