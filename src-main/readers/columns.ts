import { Failure } from '../../src-shared/failure/failure.ts'
import type { ColumnHeading } from './readResult.ts'
import { splitQuoted } from './splitQuoted.ts'

/** A file's heading: the names in their order, and the character between them. */
export interface Heading {
  readonly names: readonly string[]
  readonly delimiter: string
}

/** Splits the first line at the delimiter that gives the most columns; a quoted name may hold another's delimiter. */
export function parseHeading(line: string): Heading {
  return headingsBy(line)[0]
}

/** The line cut at each delimiter, the one that gives the most columns first. */
export function headingsBy(line: string): Heading[] {
  const delimiters = [',', ';', '\t', '|']
  const whole = delimiters.flatMap((delimiter) => {
    const names = line.includes('"') ? splitQuoted(line, delimiter) : line.split(delimiter)
    return names === null ? [] : [{ names, delimiter }]
  })
  // Where a quotation is broken for each of them, a delimiter counts everywhere.
  const broken = (): Heading[] => delimiters.map((delimiter) => ({ names: line.split(delimiter), delimiter }))
  return (whole.length > 0 ? whole : broken())
    .toSorted((a, b) => b.names.length - a.names.length)
    .map(({ names, delimiter }) => ({ names: names.map(bareName), delimiter }))
}

function bareName(text: string): string {
  return text.trim().replace(/^"(.*)"$/, '$1')
}

/** Place of a column, or a Failure `missing-column` that says what was found instead. */
export function columnIndex(heading: Heading, name: string): number {
  const index = heading.names.indexOf(name)
  if (index >= 0) return index
  throw new Failure('refused', 'missing-column', `The column "${name}" is missing.`, {
    advice: `Export the file again with the column "${name}".`,
    line: 1,
    column: name,
    found: heading.names.join(heading.delimiter).slice(0, 200),
  })
}

/**
 * Fields of a line, one per column of the heading (blank ones beyond it are dropped); a Failure `truncated` or
 * `column-count` where they do not fit.
 */
export function splitFields(text: string, { names, delimiter }: Heading, line: number): string[] {
  const fields = text.includes('"') ? splitQuoted(text, delimiter) : text.split(delimiter)
  if (fields !== null && fields.length === names.length) return fields
  if (fields === null || fields.length < names.length) throw truncatedRow(names.length, fields, line)
  if (fields.slice(names.length).every((field) => field.trim() === '')) return fields
  throw new Failure('refused', 'column-count', `Line ${line} has ${fields.length} columns.`, {
    advice: `The heading has ${names.length} columns; numbers need a decimal point, not a comma.`,
    line,
    found: `${fields.length} columns`,
  })
}

function truncatedRow(expected: number, fields: string[] | null, line: number): Failure {
  return new Failure('refused', 'truncated', `Line ${line} is cut short.`, {
    advice: `The heading has ${expected} columns; copy or export the file again.`,
    line,
    found: fields === null ? 'an open quotation' : `${fields.length} columns`,
  })
}

export function hasColumns(heading: Heading, names: readonly string[]): boolean {
  return names.every((name) => heading.names.includes(name))
}

/** Headings with the units the layout gives them; a column the layout does not know has none. */
export function columnHeadings(heading: Heading, units: Readonly<Record<string, string>>): ColumnHeading[] {
  return heading.names.map((name) => ({ name, unit: Object.hasOwn(units, name) ? units[name] : null }))
}

/** The column that marks simulated measurements in any layout. */
export const simulatedColumn = 'Simulated'
