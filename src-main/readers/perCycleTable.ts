import { Failure } from '../../src-shared/failure/failure.ts'
import { splitFields, type Heading } from './columns.ts'
import { parseNumber } from './parseNumber.ts'

/** One line of a per-cycle file, asked by column name; every answer is checked and failures name line and column. */
export interface PerCycleRow {
  readonly line: number
  number(column: string): number
  /** Numbers of a bracketed list; `length` null accepts any length, none included. */
  list(column: string, length: number | null): Float64Array
}

/** Reads one line of a per-cycle file: plain numbers and quoted lists such as "[0.0, 23.4]". */
export function perCycleRow(heading: Heading, text: string, line: number): PerCycleRow {
  const fields = splitFields(text, heading, line)
  const field = (column: string) => fields[heading.names.indexOf(column)]
  return {
    line,
    number: (column) => parseNumber(field(column), { line, column }),
    list: (column, length) => parseList(field(column), { line, column, length }),
  }
}

interface ListPlace {
  line: number
  column: string
  length: number | null
}

function parseList(text: string, { line, column, length }: ListPlace): Float64Array {
  const body = /^\s*\[([^[\]]*)\]\s*$/.exec(text)?.[1]
  if (body === undefined) {
    throw new Failure('refused', 'not-numeric', `${column} does not hold a list of numbers.`, {
      advice: 'A list is written as "[0.0, 1.5, …]"; correct the row.',
      line,
      column,
      found: text.slice(0, 40),
    })
  }
  const values = body.trim() === '' ? [] : body.split(',').map((part) => parseNumber(part, { line, column }))
  if (length === null || values.length === length) return Float64Array.from(values)
  throw new Failure('refused', 'array-length', `${column} holds ${values.length} numbers.`, {
    advice: `It must hold exactly ${length}; derive the file again.`,
    line,
    column,
    found: `${values.length} numbers`,
  })
}
