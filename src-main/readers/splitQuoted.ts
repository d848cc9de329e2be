import { parse } from 'csv-parse/sync'

/** Fields of one line in which quoted fields may hold the delimiter; null where a quotation is broken. */
export function splitQuoted(line: string, delimiter: string): string[] | null {
  try {
    const rows: string[][] = parse(line, { delimiter, relax_column_count: true })
    return rows.length === 1 ? rows[0] : null
  } catch {
    return null
  }
}
