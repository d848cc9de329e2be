/** Powers of ten that a double holds exactly. */
const powers = Float64Array.from({ length: 23 }, (_, i) => Number(`1e${i}`))
/** Digits up to which a whole number, and so its quotient by such a power, is exact and correctly rounded. */
const exactDigits = 15

const point = 0x2e
const minus = 0x2d
const plus = 0x2b
const zero = 0x30
const nine = 0x39

export interface PlainColumns {
  /** Place of each wanted value's column. */
  readonly indexes: readonly number[]
  /** How many of the first wanted values must be there; a later one may be blank and is NaN then. */
  readonly required: number
  readonly delimiter: string
  /** How many columns a row has to have; null where more or fewer beyond the wanted ones do no harm. */
  readonly width: number | null
}

/**
 * A scanner of unquoted rows of plain decimals such as `-12.345`: fills `values` with the wanted columns and answers
 * true, or false for any row that needs a closer look (exponents, blanks, words, commas, quotes, another width).
 */
export function plainNumbers(
  { indexes, required, delimiter, width }: PlainColumns,
  values: Float64Array,
): (text: string) => boolean {
  const last = Math.max(...indexes)
  const slots = Int32Array.from({ length: last + 1 }, (_, column) => indexes.indexOf(column))
  const stop = delimiter.charCodeAt(0)
  const scan: Scan = { at: 0, point: -1 }
  return (text) => {
    let at = 0
    for (let column = 0; column <= last; column++) {
      const slot = slots[column]
      if (slot < 0) at = text.indexOf(delimiter, at)
      else {
        scan.at = at
        const value = decimal(text, scan, stop)
        if (scan.at < 0 || (slot < required && Number.isNaN(value))) return false
        values[slot] = value
        at = scan.at < text.length ? scan.at : -1
      }
      if (at < 0) return column === last && (width === null || width === last + 1)
      at++
    }
    return width === null || last + 1 + rest(text, at, delimiter) === width
  }
}

/** How many fields follow from `at` on. */
function rest(text: string, at: number, delimiter: string): number {
  let count = 1
  for (let next = text.indexOf(delimiter, at); next >= 0; next = text.indexOf(delimiter, next + 1)) count++
  return count
}

interface Scan {
  /** The first character to read, then the delimiter or the end behind the digits; −1 for any other text. */
  at: number
  /** Place of the decimal point; −1 where there is none. */
  point: number
}

/** The decimal from `scan.at` on; NaN for an empty field. */
function decimal(text: string, scan: Scan, stop: number): number {
  const start = scan.at
  const sign = text.charCodeAt(start)
  const first = sign === minus || sign === plus ? start + 1 : start
  scan.at = first
  const whole = mantissa(text, scan, stop)
  if (scan.at <= start) return Number.NaN
  const hasPoint = scan.point >= 0
  const digits = scan.at - first - (hasPoint ? 1 : 0)
  if (digits === 0 || digits > exactDigits) {
    scan.at = -1
    return Number.NaN
  }
  const value = hasPoint ? whole / powers[scan.at - scan.point - 1] : whole
  return sign === minus ? -value : value
}

/** The digits up to the delimiter as one whole number, whatever the place of their point. */
function mantissa(text: string, scan: Scan, stop: number): number {
  let whole = 0
  scan.point = -1
  let i = scan.at
  for (; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code === stop) break
    if (code >= zero && code <= nine) whole = whole * 10 + (code - zero)
    else if (code === point && scan.point < 0) scan.point = i
    else {
      scan.at = -1
      return 0
    }
  }
  scan.at = i
  return whole
}
