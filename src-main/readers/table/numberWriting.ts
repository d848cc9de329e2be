import { Failure } from '../../../src-shared/failure/failure.ts'
import type { Place } from '../parseNumber.ts'

export interface NumberWriting {
  /** The text with a decimal point, whatever sign the file writes; throws `mixed-decimals`. */
  withPoint(text: string, place: Place): string
  /** The same of a number that may be missing; NaN for what is none, whatever its sign. */
  loosely(text: string): number
  /** Told of the values of a line whose signs were those of `decimal`. */
  sawPlain(values: Float64Array): void
  decimal(): '.' | ','
}

/** `1,234.5` and `1.234,5`: the groups, the sign between them, and the fraction behind its sign. */
const grouped = /^([-+]?[1-9]\d{0,2}(?:([.,'\u00a0\u202f])\d{3}(?:\2\d{3})*))([.,])(\d+)$/
const fraction = /^[-+]?\d*([.,])\d/

/** Follows the decimal sign of a file: stated, or told by its first fraction. One file has one. */
export function numberWriting(stated: '.' | ',' | undefined, delimiter: string): NumberWriting {
  let decimal = stated ?? null
  /** What stands between groups of thousands, once a number has shown it. */
  let between: string | null = null
  const ungrouped = (text: string): string | null => {
    const parts = grouped.exec(text)
    if (parts !== null && parts[2] !== parts[3] && parts[3] === (decimal ??= parts[3] as '.' | ',')) {
      between = parts[2]
      return `${parts[1].replaceAll(between, '')}.${parts[4]}`
    }
    if (between === null || !/^[-+]?[1-9]\d{0,2}(?:\D\d{3})+$/.test(text)) return null
    const digits = text.replaceAll(between, '')
    return /^[-+]?\d+$/.test(digits) ? digits : null
  }
  return {
    withPoint(text, place) {
      const whole = ungrouped(text)
      if (whole !== null) return whole
      const sign = fraction.exec(text)?.[1]
      if (sign === undefined) return text
      decimal ??= sign === '.' || delimiter === ',' ? '.' : ','
      if (sign !== decimal) throw mixedDecimals(text, decimal, place)
      return sign === ',' ? text.replace(',', '.') : text
    },
    loosely: (text) => Number(ungrouped(text) ?? text.replace(',', '.')),
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
