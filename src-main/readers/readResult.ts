import type { AmpereHour, Celsius } from '../../src-shared/units/quantities.ts'
import type { Cycle } from '../../src-shared/cell/cycle.ts'
import type { CycleProfile } from '../../src-shared/cell/cycleProfile.ts'
import type { TableMapping } from '../../src-shared/cell/mapping.ts'
import type { Finding } from '../../src-shared/cell/finding.ts'
import type { Trace } from '../../src-shared/cell/trace.ts'

export const recordFormats = [
  'raw-eclab',
  'per-cycle-ul',
  'per-cycle-lsd',
  'per-cycle-tpsl',
  'neware',
  'arbin',
  'biologic',
  'maccor',
  'basytec',
  'battery-archive',
  'bdf',
  'landt',
  'pec',
  'novonix',
  'bitrode',
  'digatron',
  'nebula',
  'nasa',
  'vdf',
  'cycler-table',
] as const
export type RecordFormat = (typeof recordFormats)[number]

/** A column as the file heads it; unit null where the heading names none. */
export interface ColumnHeading {
  readonly name: string
  readonly unit: string | null
}

/** What the file's place and layout say about the cell; a hint, overruled by whatever the user states. */
export interface DescriptionHints {
  readonly chemistry: string | null
  readonly nominalCapacity_Ah: AmpereHour | null
  readonly temperature_degC: Celsius | null
}

/** What a format's reader makes of the lines of a file. */
export interface RecordContent {
  readonly format: RecordFormat
  /** Measured rows, headings not counted. */
  readonly rows: number
  readonly delimiter: string
  readonly decimal: '.' | ','
  readonly columns: readonly ColumnHeading[]
  /** How the table was read, as stated and found; null for the layouts that are known as a whole. */
  readonly mapping: TableMapping | null
  /** Name of the template it was read by; absent where none was. */
  readonly template?: string
  /** Every cycle the program may assess, in the file's order. */
  readonly cycles: readonly Cycle[]
  /** The signals of each cycle, thinned; null for per-cycle files, which hold only what was derived from them. */
  readonly traces: readonly Trace[] | null
  /** What each cycle consists of and offers; null for per-cycle files. */
  readonly profiles: readonly CycleProfile[] | null
  readonly simulated: boolean
  readonly findings: readonly Finding[]
}

/** A measurement file, understood: units are the program's own from here on. */
export interface ReadResult extends RecordContent {
  /** Of the file's bytes as they lie on disk, compressed or not. */
  readonly sha256: string
  readonly bytes: number
  /** By its name on the web. */
  readonly encoding: string
  /** File name without `.gz` and the ending of its kind. */
  readonly cellName: string
  /** Folder and stem before `-#`, `UL-NCMNCA CY25-05_2`; `LSD` for the retired cells. */
  readonly condition: string
  readonly description: DescriptionHints
}
