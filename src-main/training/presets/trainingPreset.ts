import type { TrainingSettings } from '../problem/settings.ts'
import type { TrainingRole } from '../problem/trainingCell.ts'

/** A named way to train: settings, and which files of the data folder serve what. */
export interface TrainingPreset {
  readonly name: string
  readonly title: string
  /** True when it rests on simulated cells. */
  readonly simulated: boolean
  readonly settings: TrainingSettings
  readonly cells: PresetCellSource
}

export interface PresetCell {
  /** Path relative to the data folder, with forward slashes. */
  readonly file: string
  readonly role: TrainingRole
}

/** Files named here, or those of the data folder's own splits.json. */
type PresetCellSource = readonly PresetCell[] | 'splits.json'
