import { readFile } from '../../src-main/readers/readFile.ts'
import type { ReadOptions } from '../../src-main/readers/readLines.ts'
import { growingRecord } from '../../src-main/readers/growingRecord.ts'
import type { ReadResult } from '../../src-main/readers/readResult.ts'
import type { CyclerRecord } from '../../src-shared/cell/record.ts'

export interface ReadRecord extends ReadResult {
  readonly record: CyclerRecord
}

/** Reads a file and keeps its whole signal, which the program itself never holds at once; no rows for per-cycle files. */
export async function readRecord(path: string, options: ReadOptions = {}): Promise<ReadRecord> {
  const rows = growingRecord()
  const result = await readFile(path, { ...options, onRow: (row) => rows.push(row) })
  return { ...result, record: rows.view() }
}
