import type { Finding } from '../cell/finding.ts'
import type { Quantity, TableMapping } from '../cell/mapping.ts'
import type { WireError } from './wire.ts'

/** What a record amounts to. */
export interface KeyFigures {
  rows: number
  cycles: number
  /** Cycles with a charge curve over the whole window. */
  usableCycles: number
  duration_s: number
  voltage_V: { low: number; high: number } | null
  current_A: { low: number; high: number } | null
  /** Greatest capacity of a full discharge. */
  capacity_Ah: number | null
  /** Findings that still hold the file back. */
  doubts: number
}

/** A measurement file: by its path, by its id in quarantine, or the one that a cell of the library was read from. */
export type FileTarget = { path: string } | { quarantine: string } | { cell: string }

/** What a file is and what was made of it; nothing is stored. */
export interface FileInspection {
  /** The file's own name. */
  name: string
  /** Null where it cannot be read; then `failure` says why. */
  reading: FileReading | null
  failure: WireError | null
  /** Its first lines as they stand; null where the file holds no text and no sheets. */
  opening: FileOpening | null
  /** What part of a long file this is of, where the rest is still being read; null for the whole. */
  part: { bytes: number; of_bytes: number } | null
  /** What the reading went by beside what was found: as asked, as kept with the file, or of a template. */
  stated: TableMapping | null
}

export interface FileReading {
  format: string
  sha256: string
  bytes: number
  /** By its name on the web. */
  encoding: string
  /** Empty for sheets. */
  delimiter: string
  decimal: '.' | ','
  columns: FileColumn[]
  /** Null for the layouts that are known as a whole. */
  mapping: TableMapping | null
  /** Name of the template it was read by. */
  template: string | null
  figures: KeyFigures
  simulated: boolean
  findings: Finding[]
  /** The whole record, down-sampled so that no peak is lost; null for files of one row a cycle. */
  signals: { time_s: number[]; voltage_V: number[]; current_A: number[] } | null
  /** Where on the time axis findings stand, as far as they name a line. */
  marks: FindingMark[]
}

export interface FileColumn {
  name: string
  unit: string | null
  /** Null where the column is not used. */
  readAs: Quantity | null
}

export interface FindingMark {
  time_s: number
  /** Index among the reading's findings. */
  finding: number
}

export interface FileOpening {
  encoding: string
  /** Empty for sheets. */
  delimiter: string
  /** Of a workbook. */
  sheets: string[]
  /** The sheet that `lines` are of. */
  sheet: string | null
  /** Line of the headings, as read or as it looks; null where there are none. */
  headingLine: number | null
  /** From the first line to some below the headings; cells are cut to 60 characters. */
  lines: { line: number; cells: string[] }[]
}

/** What a column can hold, and the units it may be written in; for forms. */
export { dimensions, quantities, writtenUnits } from '../cell/mapping.ts'
