import type { Database } from 'better-sqlite3'
import type { Finding } from '../../src-shared/cell/finding.ts'
import type { RecordPreview } from '../../src-shared/cell/recordPreview.ts'
import type { TableMapping } from '../../src-shared/cell/mapping.ts'
import type { Acceptance, RecordSummary } from '../../src-shared/contract/requests.ts'
import { toBlob, toFloat32 } from './columns.ts'

/** A measurement file as it was when it was read: enough to find it again and to know that it is the same. */
export interface StoredRecord extends RecordSummary {
  readonly id: number
  readonly cellId: string
}

/** Where a record was found, as what it was read, and what is stated of its cell. */
export interface RecordOrigin extends Pick<RecordSummary, 'path' | 'format'> {
  readonly chemistry: string | null
}

interface RecordRow {
  id: number
  cell_id: string
  sha256: string
  path: string
  bytes: number
  format: string
  mapping: string | null
  findings: string
  acceptance: string | null
  imported_at: string
}

interface PreviewRow {
  rows: number
  time_s: Buffer
  voltage_V: Buffer
  current_A: Buffer
  temperature_degC: Buffer | null
  cycle: Buffer
}

export type RecordRepository = ReturnType<typeof recordRepository>

export function recordRepository(database: Database) {
  const byHash = database.prepare<[string], RecordRow>('SELECT * FROM record WHERE sha256 = ?')
  const ofCell = database.prepare<[string], RecordRow>('SELECT * FROM record WHERE cell_id = ? ORDER BY id')
  const previews = database.prepare<[number], PreviewRow>('SELECT * FROM preview WHERE record_id = ?')
  const keepPreview = database.prepare(
    `INSERT INTO preview (record_id, rows, time_s, voltage_V, current_A, temperature_degC, cycle)
     VALUES (@record_id, @rows, @time_s, @voltage_V, @current_A, @temperature_degC, @cycle)`,
  )
  const ofRow = database.prepare<[string, number], RecordRow>(
    `SELECT record.* FROM record JOIN cycle ON cycle.record_id = record.id
     WHERE cycle.cell_id = ? AND cycle.row = ?`,
  )
  const findingsOf = database.prepare<[string], Pick<RecordRow, 'findings'>>(
    "SELECT findings FROM record WHERE cell_id = ? AND findings <> '[]' ORDER BY id",
  )
  const insert = database.prepare(
    `INSERT INTO record (cell_id, sha256, path, bytes, format, mapping, findings, acceptance, imported_at)
     VALUES (@cellId, @sha256, @path, @bytes, @format, @mapping, @findings, @acceptance, @importedAt)`,
  )
  const origins = database.prepare<[], RecordOrigin>(
    `SELECT path, format, cell.chemistry FROM record JOIN cell ON cell.id = record.cell_id
     WHERE cell.removed_at IS NULL AND cell.simulated = 0`,
  )
  const remove = database.prepare('DELETE FROM record WHERE id = ?')
  return {
    /** Finds records of removed cells too: importing the file again restores them. */
    findByHash(sha256: string): StoredRecord | null {
      const row = byHash.get(sha256)
      return row === undefined ? null : storedRecord(row)
    },
    /** Of every measured record whose cell was not removed. */
    origins: (): RecordOrigin[] => origins.all(),
    /** All that readers found in a cell's records. */
    findingsOf: (cellId: string): Finding[] =>
      findingsOf.all(cellId).flatMap(({ findings }) => JSON.parse(findings) as Finding[]),
    ofCell: (cellId: string): StoredRecord[] => ofCell.all(cellId).map(storedRecord),
    /** The record that holds a cycle of the cell; null where the cell has no such row. */
    ofRow(cellId: string, row: number): StoredRecord | null {
      const found = ofRow.get(cellId, row)
      return found === undefined ? null : storedRecord(found)
    },
    /** The thinned signals; null for files without a time series. */
    preview(id: number): RecordPreview | null {
      const found = previews.get(id)
      return found === undefined ? null : recordPreview(found)
    },
    keepPreview(id: number, { rows, time, voltage, current, temperature, cycle }: RecordPreview): void {
      keepPreview.run({
        record_id: id,
        rows,
        time_s: toBlob(time),
        voltage_V: toBlob(voltage),
        current_A: toBlob(current),
        temperature_degC: temperature === null ? null : toBlob(temperature),
        cycle: toBlob(cycle),
      })
    },
    /** Returns the new record's id. */
    insert: (cellId: string, record: RecordSummary): number =>
      Number(insert.run(columnsOf(cellId, record)).lastInsertRowid),
    /** With its cycles; no assessment may rest on them any more. */
    remove: (id: number): number => remove.run(id).changes,
  }
}

function columnsOf(cellId: string, { acceptance, findings, mapping, ...record }: RecordSummary) {
  return {
    ...record,
    cellId,
    mapping: mapping === undefined ? null : JSON.stringify(mapping),
    findings: JSON.stringify(findings),
    acceptance: acceptance === null ? null : JSON.stringify(acceptance),
  }
}

function storedRecord(row: RecordRow): StoredRecord {
  return {
    id: row.id,
    cellId: row.cell_id,
    sha256: row.sha256,
    path: row.path,
    bytes: row.bytes,
    format: row.format,
    ...(row.mapping === null ? {} : { mapping: JSON.parse(row.mapping) as TableMapping }),
    importedAt: row.imported_at,
    findings: JSON.parse(row.findings) as Finding[],
    acceptance: row.acceptance === null ? null : (JSON.parse(row.acceptance) as Acceptance),
  }
}

function recordPreview({ rows, temperature_degC, ...row }: PreviewRow): RecordPreview {
  return {
    rows,
    time: toFloat32(row.time_s),
    voltage: toFloat32(row.voltage_V),
    current: toFloat32(row.current_A),
    temperature: temperature_degC === null ? null : toFloat32(temperature_degC),
    cycle: toFloat32(row.cycle),
  }
}
