import { splitQuoted } from '../splitQuoted.ts'

/** Cells of a line; none where a quotation is broken. */
export function cellsOf(text: string, delimiter: string): string[] {
  if (delimiter === ' ') return text.trim().split(/\s+/)
  return text.includes('"') ? (splitQuoted(text, delimiter) ?? []) : text.split(delimiter)
}
