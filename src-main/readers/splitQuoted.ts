import { parse } from 'csv-parse/sync'

/**
 * Fields of one line in which quoted fields may hold the delimiter; null where a quotation is broken.
 *
 * Lists in plain quotes are cut here because a parser per line takes ten times as long; doubled quotes go to csv-parse.
 */
export function splitQuoted(line: string, delimiter: string): string[] | null {
  return line.includes('""') ? parsedFields(line, delimiter) : plainFields(line, delimiter)
}

function plainFields(line: string, delimiter: string): string[] | null {
  const fields: string[] = []
  let start = 0
  while (start <= line.length) {
    const isQuoted = line[start] === '"'
    const close = isQuoted ? line.indexOf('"', start + 1) : start
    const end = close < 0 ? -1 : line.indexOf(delimiter, close)
    const stop = end < 0 ? line.length : end
    if (isQuoted && (close < 0 || close + 1 !== stop)) return null
    fields.push(isQuoted ? line.slice(start + 1, close) : line.slice(start, stop))
    start = stop + 1
  }
  return fields
}

function parsedFields(line: string, delimiter: string): string[] | null {
  try {
    const rows: string[][] = parse(line, { delimiter, relax_column_count: true })
    return rows.length === 1 ? rows[0] : null
  } catch {
    return null
  }
}
