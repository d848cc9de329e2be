import { closeSync, openSync, writeSync } from 'node:fs'
import { fileWriter, ParquetWriter, schemaFromColumnData, type ColumnSource } from 'hyparquet-writer'
import type { BdfColumn, BdfRow } from './bdfColumns.ts'

export { bdfColumns, bdfRows } from './bdfColumns.ts'

/** Takes a record row by row and writes it on in pieces, bounded in memory. */
export interface RecordWriter {
  row(row: BdfRow): void
  /** Once, after the last row. */
  end(): void
}

/** Writes a record to a new file at `path`. Throws what the file system throws. */
export function recordWriter(
  format: 'csv' | 'parquet',
  columns: readonly BdfColumn[],
  path: string,
): RecordWriter {
  return format === 'csv' ? csvWriter(columns, path) : parquetWriter(columns, path)
}

const piece_characters = 1 << 18

/** Comma, decimal point, LF, UTF-8; numbers in full, so that the same record comes back. */
function csvWriter(columns: readonly BdfColumn[], path: string): RecordWriter {
  let text = `${columns.map(({ name }) => name).join(',')}\n`
  const file = openSync(path, 'wx')
  const flush = () => {
    writeSync(file, text)
    text = ''
  }
  return {
    row(row) {
      text += `${columns.map(({ valueOf }) => valueOf(row) ?? '').join(',')}\n`
      if (text.length >= piece_characters) flush()
    },
    end() {
      flush()
      closeSync(file)
    },
  }
}

const group_rows = 100_000

/** Columns of doubles and whole numbers, packed with Snappy, in groups of rows. */
function parquetWriter(columns: readonly BdfColumn[], path: string): RecordWriter {
  const values = columns.map((): (number | null)[] => [])
  const source = (): ColumnSource[] =>
    columns.map(({ name, isWhole }, i) => ({
      ...{ name, data: values[i], type: isWhole ? 'INT32' : 'DOUBLE', nullable: true },
    }))
  const writer = fileWriter(path)
  const parquet = new ParquetWriter({ writer, schema: schemaFromColumnData({ columnData: source() }) })
  const flush = () => {
    if (values[0].length > 0) void parquet.write({ columnData: source(), rowGroupSize: group_rows })
    for (const column of values) column.length = 0
  }
  return {
    row(row) {
      for (const [i, { valueOf }] of columns.entries()) values[i].push(valueOf(row))
      if (values[0].length === group_rows) flush()
    },
    end() {
      flush()
      void parquet.finish()
    },
  }
}
