import { createHash } from 'node:crypto'
import type { Database } from 'better-sqlite3'
import type { LogCheck, LogEntry } from '../../src-shared/contract/reports.ts'

export type NewLogEntry = Pick<LogEntry, 'kind' | 'subject' | 'detail'>

interface LogRow {
  sequence: number
  at: string
  kind: LogEntry['kind']
  subject: string
  detail: string
  previous: string
  sha256: string
}

export type LogRepository = ReturnType<typeof logRepository>

/** What the first entry names as the one before it. */
const beginning = '0'.repeat(64)

/**
 * The library's log: entries are only ever added, and each carries the hash of the one before it, so that none can be
 * changed, taken out or put in between without breaking all that follow.
 */
export function logRepository(database: Database) {
  const all = database.prepare<[], LogRow>('SELECT * FROM log ORDER BY sequence')
  const newest = database.prepare<[number], LogRow>('SELECT * FROM log ORDER BY sequence DESC LIMIT ?')
  const insert = database.prepare(
    `INSERT INTO log (sequence, at, kind, subject, detail, previous, sha256)
     VALUES (@sequence, @at, @kind, @subject, @detail, @previous, @sha256)`,
  )
  const append = database.transaction(({ kind, subject, detail }: NewLogEntry): LogEntry => {
    const last = newest.get(1)
    const entry = {
      sequence: (last?.sequence ?? 0) + 1,
      at: new Date().toISOString(),
      kind,
      subject,
      detail: JSON.stringify(detail),
      previous: last?.sha256 ?? beginning,
    }
    const row = { ...entry, sha256: hashOf(entry) }
    insert.run(row)
    return logEntry(row)
  })
  return {
    /** Belongs in the transaction of what it tells. */
    append: (entry: NewLogEntry): LogEntry => append.immediate(entry),
    /** Newest first. */
    list: (limit: number): LogEntry[] => newest.all(limit).map(logEntry),
    /** Computes every hash again. */
    check: (): LogCheck => checkChain(all.all()),
  }
}

function checkChain(rows: readonly LogRow[]): LogCheck {
  const problems: LogCheck['problems'] = []
  let previous = beginning
  for (const [i, row] of rows.entries()) {
    const { sequence } = row
    if (sequence !== i + 1) problems.push({ sequence, message: `Entry ${i + 1} is missing before it.` })
    else if (row.previous !== previous)
      problems.push({ sequence, message: 'It does not follow the entry before it.' })
    if (row.sha256 !== hashOf(row))
      problems.push({ sequence, message: 'It was changed after it was written.' })
    if (problems.length > 0) break
    previous = row.sha256
  }
  return { schema: 'pimoe-log-check/1', entries: rows.length, head: previous, problems }
}

/** SHA-256 over the entry as a JSON list, the hash of the one before it included. */
function hashOf({ sequence, at, kind, subject, detail, previous }: Omit<LogRow, 'sha256'>): string {
  return createHash('sha256')
    .update(JSON.stringify([sequence, at, kind, subject, detail, previous]))
    .digest('hex')
}

function logEntry({ detail, ...row }: LogRow): LogEntry {
  return { ...row, detail: JSON.parse(detail) as LogEntry['detail'] }
}
