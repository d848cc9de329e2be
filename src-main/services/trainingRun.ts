import type { EpochReport } from '../../src-shared/contract/requests.ts'
import type { ModelPackage } from '../../src-shared/forecast/package.ts'
import type { CancelSignal } from '../../src-shared/contract/signal.ts'
import { abortSignal } from './abortSignal.ts'
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
}

/**
 * Reads the cells, trains in a worker and writes the package in one move: whatever happens before leaves nothing behind.
 *
 * Throws what presets, readers and training throw, or `cancelled`.
 */
export async function trainPackage(
  parts: Parts,
  order: TrainingOrder,
  { signal, onEpoch }: TrainingContext,
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
    program: `PIMOE ${parts.places.version}`,
  }
  const { draft, history, bestEpoch } = await train(config, { signal: abortSignal(signal), onEpoch })
  return { package: await writeModelPackage(order.folder, draft), history, bestEpoch, notes }
}
