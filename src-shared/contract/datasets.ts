/** A published data set: where it comes from, and how much of it the library holds. */
export interface DatasetSummary {
  name: string
  title: string
  publication: string
  doi: string
  /** Null where the source that is known here does not name one. */
  licence: string | null
  /** Cells that the training presets name, and those of them in the library. */
  cells: number
  found: number
  presets: DatasetPreset[]
}

export interface DatasetPreset {
  name: string
  cells: number
  /** Named as in the preset's list: folder and file. */
  missing: string[]
}
