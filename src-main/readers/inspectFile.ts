import type { Finding } from '../../src-shared/cell/finding.ts'
import { readAnything } from './readFile.ts'
import type { ReadOptions } from './readLines.ts'
import type { ColumnHeading, RecordFormat } from './readResult.ts'

/** What a file is, short enough to print. */
export interface FileInspection {
  readonly format: RecordFormat
  readonly encoding: 'utf-8'
  readonly delimiter: string
  readonly decimal: '.'
  readonly columns: readonly ColumnHeading[]
  readonly rows: number
  /** Cycles the program may assess. */
  readonly cycles: number
  readonly sha256: string
  readonly bytes: number
  readonly simulated: boolean
  readonly findings: readonly Finding[]
}

/** Reads a file only to say what it is; one without any cycle to assess is described, not refused. */
export async function inspectFile(path: string, options: ReadOptions = {}): Promise<FileInspection> {
  const { format, encoding, delimiter, decimal, columns, rows, cycles, sha256, bytes, simulated, findings } =
    await readAnything(path, options)
  return {
    ...{ format, encoding, delimiter, decimal, columns, rows },
    ...{ cycles: cycles.length, sha256, bytes, simulated, findings },
  }
}
