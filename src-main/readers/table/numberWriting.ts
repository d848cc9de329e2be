import { Failure } from '../../../src-shared/failure/failure.ts'
import type { Place } from '../parseNumber.ts'

export interface NumberWriting {
  /** The text with a decimal point, whatever sign the file writes; throws `mixed-decimals`. */
  withPoint(text: string, place: Place): string
  /** Told of the values of a line whose signs were those of `decimal`. */
  sawPlain(values: Float64Array): void
  decimal(): '.' | ','
}

const fraction = /^[-+]?\d*([.,])\d/

/** Follows the decimal sign of a file: stated, or told by its first fraction. One file has one. */
export function numberWriting(stated: '.' | ',' | undefined, delimiter: string): NumberWriting {
  let decimal = stated ?? null
  return {
    withPoint(text, place) {
      const sign = fraction.exec(text)?.[1]
      if (sign === undefined) return text
      decimal ??= sign === '.' || delimiter === ',' ? '.' : ','
      if (sign !== decimal) throw mixedDecimals(text, decimal, place)
      return sign === ',' ? text.replace(',', '.') : text
    },
    sawPlain(values) {
      if (decimal === null && values.some((value) => Math.abs(value % 1) > 0)) decimal = '.'
    },
    decimal: () => decimal ?? '.',
  }
}

function mixedDecimals(found: string, decimal: string, { line, column }: Place): Failure {
  const sign = decimal === '.' ? 'point' : 'comma'
  return new Failure(
    'refused',
    'mixed-decimals',
    `"${found.slice(0, 40)}" in ${column} is not written with the decimal ${sign} of this file.`,
    {
      advice:
        'Write every number with the same decimal sign and without thousands separators, or state the sign in a mapping.',
      line,
      column,
      found: found.slice(0, 40),
    },
  )
}
