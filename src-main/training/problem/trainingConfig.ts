import type { EpochReport } from '../../../src-shared/contract/run.ts'
import type { PackageDraft } from '../../checkpoints/modelPackage.ts'
import type { TrainingSettings } from './settings.ts'
import type { TrainingCell } from './trainingCell.ts'

export interface TrainingConfig {
  /** Name of the package. */
  readonly name: string
  readonly preset: string
  readonly seed: number
  readonly settings: TrainingSettings
  readonly cells: readonly TrainingCell[]
  /** What manifest and card must say of the cells. */
  readonly notes?: readonly string[]
  /** Keeps the state of the run in a folder, to go on from after an interruption; absent: it is not kept. */
  readonly checkpoint?: RunCheckpoint
  /** Version of the program, for the manifest. */
  readonly program: string
}

export interface RunCheckpoint {
  readonly folder: string
  /** Whether to go on from the state there. */
  readonly resume: boolean
  /** Time between two states, the first of which follows the first epoch; 0 = after every epoch. */
  readonly everySeconds: number
}

export interface TrainedPackage {
  /** For writeModelPackage. */
  readonly draft: PackageDraft
  readonly history: readonly EpochReport[]
  readonly bestEpoch: number
}
