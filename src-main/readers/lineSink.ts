import type { Repair } from '../../src-shared/cell/repair.ts'
import type { RowListener } from './cycleStream.ts'
import type { TableMapping } from '../../src-shared/cell/mapping.ts'
import type { RecordContent } from './readResult.ts'

/** A format's reader: takes the lines after the heading one by one, bounded in memory, then tells what they were. */
export interface LineSink {
  line(text: string, number: number): void
  /** Reads the row of plain decimals at `at` of ASCII lines; answers where the next line begins, or −1 where `line` must take it. */
  plain?(block: Buffer, at: number, number: number): number
  end(): RecordContent
}

/** What a reader may know of a file beside its lines. */
export interface FileContext {
  readonly onRow?: RowListener | undefined
  /** What the user accepted to be changed. */
  readonly repairs?: readonly Repair[] | undefined
  /** File name without `.csv` and `.gz`. */
  readonly cellName: string
  /** How the user says that the table is to be read. */
  readonly mapping?: TableMapping | undefined
}

/** What every reader of signals takes of it. */
export type Reading = Pick<FileContext, 'onRow' | 'repairs' | 'mapping'>
