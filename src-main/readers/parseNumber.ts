import { Failure } from '../../src-shared/failure/failure.ts'

/** Where a text stands: the line counts from 1, the heading included. */
export interface Place {
  readonly line: number
  readonly column: string
}

const decimalNumber = /^\s*[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?\s*$/i
const notFinite = /^\s*[-+]?(?:nan|inf|infinity|1\.#\w+)\s*$/i

/** A finite number with a decimal point, or a Failure `not-numeric` or `not-finite` that names the place. */
export function parseNumber(text: string, { line, column }: Place): number {
  const value = decimalNumber.test(text) ? Number(text) : Number.NaN
  if (Number.isFinite(value)) return value
  const place = { line, column, found: text.slice(0, 40) }
  if (notFinite.test(text) || !Number.isNaN(value)) {
    throw new Failure('refused', 'not-finite', `"${place.found}" in ${column} is not a finite number.`, {
      advice: 'Remove or correct the row and read the file again.',
      ...place,
    })
  }
  throw new Failure('refused', 'not-numeric', `"${place.found}" in ${column} is not a number.`, {
    advice: 'Numbers are written with a decimal point and without thousands separators; correct the row.',
    ...place,
  })
}
