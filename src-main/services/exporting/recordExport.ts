import { randomUUID } from 'node:crypto'
import { rename, rm, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { TableMapping } from '../../../src-shared/cell/mapping.ts'
import type { Repair } from '../../../src-shared/cell/repair.ts'
import { Failure } from '../../../src-shared/failure/failure.ts'
import type { CancelSignal } from '../../../src-shared/contract/signal.ts'
import { storedCell } from '../library/assessedCell.ts'
import type { Parts } from '../parts.ts'

export interface ExportedRecord {
  readonly schema: 'pimoe-record/1'
  readonly file: string
  readonly format: 'csv' | 'parquet'
  /** Of the file that was read. */
  readonly source: { readonly path: string; readonly sha256: string }
  readonly rows: number
  readonly bytes: number
  readonly columns: readonly string[]
  readonly simulated: boolean
}

/** The file that the newest record of a cell was read from. Throws `no-such-cell` and, for a cell without one, `no-record`. */
export async function recordOfCell(parts: Parts, idOrName: string): Promise<ExportSource> {
  const library = await parts.library()
  const record = library.records.ofCell(storedCell(library, idOrName).id).at(-1)
  if (record !== undefined) {
    const { path, sha256, mapping, acceptance } = record
    return { path, sha256, mapping, repairs: acceptance?.repairs }
  }
  throw new Failure('refused', 'no-record', `The cell ${idOrName} has no record.`, {
    advice: 'Import a measurement of it.',
  })
}

/** A file, and how it was read. */
interface ExportSource {
  readonly path: string
  /** The file must still be this one; null where any will do. */
  readonly sha256: string | null
  readonly mapping?: TableMapping | undefined
  readonly repairs?: readonly Repair[] | undefined
}

interface ExportQuestion extends ExportSource {
  /** Ends in `.csv` or `.parquet`. */
  readonly out: string
  readonly signal: CancelSignal
}

/**
 * Writes the whole signal of a measurement file, as it was read, in the words of the Battery Data Format: s, V, A with
 * charging positive, Ah since the start of the cycle. The file appears when it is whole.
 *
 * Reads twice, so that nothing is written of a file that is refused in its last line, and no row is held.
 */
export async function exportRecord(
  parts: Parts,
  { path, sha256, mapping, repairs, out, signal }: ExportQuestion,
): Promise<ExportedRecord> {
  const format = formatOf(out)
  let hasTemperature = false
  const onRow = (_: unknown, temperature: number | null) => (hasTemperature ||= temperature !== null)
  const setting = { mapping, repairs, templates: await parts.templates() }
  const read = await parts.readFile(path, signal, { ...setting, onRow })
  if (read.traces === null) throw noSignal(path)
  if (sha256 !== null && read.sha256 !== sha256) throw changedFile(path)
  const { bdfColumns, bdfRows, recordWriter } = await parts.recordWriter()
  const columns = bdfColumns({ hasTemperature, simulated: read.simulated })
  const temporary = join(dirname(out), `.${basename(out)}.${randomUUID().slice(0, 8)}`)
  try {
    const writer = recordWriter(format, columns, temporary)
    const onBdfRow = bdfRows((row) => writer.row(row))
    const again = await parts.readFile(path, signal, { ...setting, onRow: onBdfRow })
    writer.end()
    if (again.sha256 !== read.sha256) throw changedFile(path)
    const { size: bytes } = await stat(temporary)
    await rename(temporary, out)
    const names = columns.map(({ name }) => name)
    const source = { path, sha256: read.sha256 }
    const { rows, simulated } = read
    return { schema: 'pimoe-record/1', file: out, format, source, rows, bytes, columns: names, simulated }
  } catch (error) {
    throw writingFailure(error, out)
  } finally {
    await rm(temporary, { force: true })
  }
}

function formatOf(out: string): 'csv' | 'parquet' {
  const ending = /\.(csv|parquet)$/i.exec(out)?.[1].toLowerCase()
  if (ending === 'csv' || ending === 'parquet') return ending
  throw new Failure('usage', 'wrong-arguments', 'A record is written as csv or parquet.', {
    advice: 'Name a file that ends in .csv or .parquet.',
    file: out,
  })
}

function noSignal(file: string): Failure {
  return new Failure(
    'refused',
    'no-time-series',
    'The file holds one row a cycle, not the signals over time.',
    {
      advice: 'Export the raw record of the cell.',
      file,
    },
  )
}

function changedFile(file: string): Failure {
  return new Failure('refused', 'changed-file', 'The file is not the one that was imported.', {
    advice: 'Put the original back, or import this one and export it.',
    file,
  })
}

function writingFailure(error: unknown, file: string): unknown {
  if (!(error instanceof Error) || error instanceof Failure || !('code' in error)) return error
  return new Failure('usage', 'not-writable', `The file cannot be written: ${error.message}`, {
    advice: 'Name a file in a folder that can be written, not open in another program.',
    file,
  })
}
