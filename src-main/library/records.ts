import type { Database } from 'better-sqlite3'
import type { Finding } from '../../src-shared/cell/finding.ts'
import type { TableMapping } from '../../src-shared/cell/mapping.ts'
import type { Acceptance, RecordSummary } from '../../src-shared/contract/requests.ts'

/** A measurement file as it was when it was read: enough to find it again and to know that it is the same. */
export interface StoredRecord extends RecordSummary {
  readonly id: number
  readonly cellId: string
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

export type RecordRepository = ReturnType<typeof recordRepository>

export function recordRepository(database: Database) {
  const byHash = database.prepare<[string], RecordRow>('SELECT * FROM record WHERE sha256 = ?')
  const ofCell = database.prepare<[string], RecordRow>('SELECT * FROM record WHERE cell_id = ? ORDER BY id')
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
  const remove = database.prepare('DELETE FROM record WHERE id = ?')
  return {
    /** Finds records of removed cells too: importing the file again restores them. */
    findByHash(sha256: string): StoredRecord | null {
      const row = byHash.get(sha256)
      return row === undefined ? null : storedRecord(row)
    },
    /** All that readers found in a cell's records. */
    findingsOf: (cellId: string): Finding[] =>
      findingsOf.all(cellId).flatMap(({ findings }) => JSON.parse(findings) as Finding[]),
    ofCell: (cellId: string): StoredRecord[] => ofCell.all(cellId).map(storedRecord),
    /** The record that holds a cycle of the cell; null where the cell has no such row. */
    ofRow(cellId: string, row: number): StoredRecord | null {
      const found = ofRow.get(cellId, row)
      return found === undefined ? null : storedRecord(found)
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
