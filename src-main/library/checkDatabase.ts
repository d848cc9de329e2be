import type { Database } from 'better-sqlite3'

const most = 20

/** SQLite's own look at every page, index and constraint; nothing where all is well. */
export function pageProblems(database: Database): string[] {
  const rows = database.prepare<[], { integrity_check: string }>(`PRAGMA integrity_check(${most})`).all()
  return rows.map((row) => row.integrity_check).filter((message) => message !== 'ok')
}

/** Rows that refer to others that are not there. */
export function referenceProblems(database: Database): string[] {
  const rows = database
    .prepare<[], { table: string; rowid: number | null; parent: string }>('PRAGMA foreign_key_check')
    .all()
  const told = rows.slice(0, most).map(({ table, rowid, parent }) => {
    const row = rowid === null ? 'a row' : `row ${rowid}`
    return `${row} of ${table} refers to a ${parent} that is not there`
  })
  return rows.length > most ? [...told, `and ${rows.length - most} more`] : told
}

export function pageCount(database: Database): number {
  return Number(database.pragma('page_count', { simple: true }))
}

export function tableCount(database: Database): number {
  const row = database
    .prepare<[], { count: number }>("SELECT count(*) AS count FROM sqlite_schema WHERE type = 'table'")
    .get()
  return row?.count ?? 0
}
