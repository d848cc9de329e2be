import type { Database } from 'better-sqlite3'
import type { ReleasedReport, ReportOptions } from '../../src-shared/contract/reports.ts'

export interface KeptRelease extends ReleasedReport {
  readonly pdf: Uint8Array
}

interface ReleaseRow {
  number: string
  revision: number
  cell_id: string
  cell_name: string
  released_at: string
  sha256: string
  reason: string | null
}

export type ReleaseRepository = ReturnType<typeof releaseRepository>

/** Released reports with their bytes: none is ever changed, a correction is a further revision. */
export function releaseRepository(database: Database) {
  const columns = 'number, revision, cell_id, cell_name, released_at, sha256, reason'
  const list = database.prepare<[], ReleaseRow>(
    `SELECT ${columns} FROM release ORDER BY number DESC, revision DESC`,
  )
  const ofNumber = database.prepare<[string], ReleaseRow>(
    `SELECT ${columns} FROM release WHERE number = ? ORDER BY revision DESC`,
  )
  const pdf = database.prepare<[string, number], { pdf: Buffer }>(
    'SELECT pdf FROM release WHERE number = ? AND revision = ?',
  )
  const ofYear = database.prepare<[string], { number: string }>(
    'SELECT max(number) AS number FROM release WHERE number LIKE ?',
  )
  const insert = database.prepare(
    `INSERT INTO release (number, revision, cell_id, cell_name, released_at, sha256, reason, pdf)
     VALUES (@number, @revision, @cell_id, @cell_name, @released_at, @sha256, @reason, @pdf)`,
  )
  const options = database.prepare<[], { options: string }>('SELECT options FROM report_options')
  const keepOptions = database.prepare(
    'INSERT INTO report_options (id, options) VALUES (1, ?) ON CONFLICT (id) DO UPDATE SET options = excluded.options',
  )
  return {
    /** Newest number first. */
    list: (): ReleasedReport[] => list.all().map(released),
    /** Every revision of a number, newest first. */
    revisions: (number: string): ReleasedReport[] => ofNumber.all(number).map(released),
    pdf: (number: string, revision: number): Uint8Array | null => pdf.get(number, revision)?.pdf ?? null,
    /** The first free number of a year: `2026-00001`. */
    nextNumber(year: number): string {
      const last = ofYear.get(`${year}-%`)?.number ?? `${year}-00000`
      return `${year}-${String(Number(last.slice(5)) + 1).padStart(5, '0')}`
    },
    insert: (kept: KeptRelease): void => void insert.run(rowOf(kept)),
    /** What the last report was printed with. */
    options(): ReportOptions {
      const row = options.get()
      return row === undefined ? {} : (JSON.parse(row.options) as ReportOptions)
    },
    keepOptions: (kept: ReportOptions): void => void keepOptions.run(JSON.stringify(kept)),
  }
}

function released(row: ReleaseRow): ReleasedReport {
  return {
    number: row.number,
    revision: row.revision,
    cell: row.cell_id,
    cellName: row.cell_name,
    releasedAt: row.released_at,
    sha256: row.sha256,
    reason: row.reason,
  }
}

function rowOf(kept: KeptRelease): ReleaseRow & { pdf: Uint8Array } {
  return {
    number: kept.number,
    revision: kept.revision,
    cell_id: kept.cell,
    cell_name: kept.cellName,
    released_at: kept.releasedAt,
    sha256: kept.sha256,
    reason: kept.reason,
    pdf: kept.pdf,
  }
}
