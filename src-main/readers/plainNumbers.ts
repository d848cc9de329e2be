/** Powers of ten that a double holds exactly. */
const powers = Float64Array.from({ length: 23 }, (_, i) => Number(`1e${i}`))
/** Below it every whole number is exact, and so correctly rounded once it is multiplied or divided by such a power. */
const exactBelow = 2 ** 53

const lineFeed = 0x0a
const carriageReturn = 0x0d
const blank = 0x20
const quote = 0x22
const plus = 0x2b
const minus = 0x2d
const zero = 0x30
const nine = 0x39
/** E and e differ by this bit. */
const lowerCase = 0x20
const smallE = 0x65

export interface PlainColumns {
  /** Place of each wanted value's column. */
  readonly indexes: readonly number[]
  /** How many of the first wanted values must be there; a later one may be blank and is NaN then. */
  readonly required: number
  readonly delimiter: string
  /** How many columns a row has to have; null where more or fewer beyond the wanted ones do no harm. */
  readonly width: number | null
  /** A column of words whose place, first byte and the one behind the last, each row leaves in `place`. */
  readonly words?: { readonly index: number; readonly place: Int32Array } | undefined
}

/** Reads the row at `at` of a block of ASCII lines; answers where the next line begins, or −1 for any row that needs a closer look. */
export type PlainScan = (block: Uint8Array, at: number, decimal: '.' | ',') => number

/**
 * A scanner of unquoted rows of decimals such as `-12.345` or `1.5E-3`, straight from their bytes: fills `values` with
 * the wanted columns, each the same double that `Number` makes of its text. Words, quotes, blanks within a number, a
 * decimal sign of another kind and another width need a closer look.
 */
export function plainNumbers(
  { indexes, required, delimiter, width, words }: PlainColumns,
  values: Float64Array,
): PlainScan {
  const wordsAt = words?.index ?? -1
  const last = Math.max(...indexes, wordsAt)
  const slots = Int32Array.from({ length: last + 1 }, (_, column) => indexes.indexOf(column))
  const stop = delimiter.charCodeAt(0)
  const scan: Scan = { at: 0, value: 0, stop, point: 0 }
  return (block, start, decimal) => {
    scan.at = start
    scan.point = decimal.charCodeAt(0)
    if (stop === scan.point) return -1
    for (let column = 0; column <= last; column++) {
      if (column > 0 && block[scan.at++] !== stop) return -1
      const slot = slots[column]
      if (slot < 0) {
        const from = scan.at
        skip(block, scan)
        if (column === wordsAt) words?.place.set([from, scan.at])
      } else {
        number(block, scan)
        if (slot < required && Number.isNaN(scan.value)) return -1
        values[slot] = scan.value
      }
      if (scan.at < 0) return -1
    }
    let count = last + 1
    for (; block[scan.at] === stop; count++) {
      scan.at++
      skip(block, scan)
      if (scan.at < 0) return -1
    }
    return width === null || count === width ? behindLine(block, scan.at) : -1
  }
}

interface Scan {
  /** The first byte to read, then the delimiter or the line's end behind the field; −1 for what needs a closer look. */
  at: number
  /** NaN for an empty field. */
  value: number
  readonly stop: number
  /** The decimal sign. */
  point: number
}

/** Where the next line begins; −1 where none ends here. */
function behindLine(block: Uint8Array, at: number): number {
  if (at === block.length) return at
  if (block[at] === lineFeed) return at + 1
  return block[at] === carriageReturn && block[at + 1] === lineFeed ? at + 2 : -1
}

function skip(block: Uint8Array, scan: Scan): void {
  const { stop } = scan
  let i = scan.at
  for (; i < block.length; i++) {
    const byte = block[i]
    if (byte === stop || byte === lineFeed || byte === carriageReturn) break
    if (byte === quote) {
      scan.at = -1
      return
    }
  }
  scan.at = i
}

function isEnd(byte: number | undefined, stop: number): boolean {
  return byte === stop || byte === lineFeed || byte === carriageReturn || byte === undefined
}

/** The number of a field; blanks around it are left aside. */
function number(block: Uint8Array, scan: Scan): void {
  const { stop, point } = scan
  let i = scan.at
  while (block[i] === blank) i++
  const start = i
  const isNegative = block[i] === minus
  if (isNegative || block[i] === plus) i++
  let whole = 0
  let digits = 0
  let pointAt = -1
  for (; i < block.length; i++) {
    const digit = block[i] - zero
    if (digit >= 0 && digit <= nine - zero) {
      whole = whole * 10 + digit
      digits++
    } else if (block[i] === point && pointAt < 0) pointAt = i
    else break
  }
  let power = pointAt < 0 ? 0 : pointAt + 1 - i
  if (digits > 0 && (block[i] | lowerCase) === smallE) {
    scan.at = i + 1
    power += exponent(block, scan)
    i = scan.at
  }
  const end = i
  while (block[i] === blank) i++
  scan.at = i >= 0 && isEnd(block[i], stop) && (digits > 0 || end === start) ? i : -1
  if (digits === 0 || scan.at < 0) scan.value = Number.NaN
  else if (whole < exactBelow && power >= -22 && power <= 22) {
    const size = power < 0 ? whole / powers[-power] : whole * powers[power]
    scan.value = isNegative ? -size : size
  } else scan.value = byText(block, { start, end, point }, scan)
}

/** The whole number behind an E; `scan.at` becomes −1 where there is none. */
function exponent(block: Uint8Array, scan: Scan): number {
  const sign = block[scan.at]
  const first = sign === minus || sign === plus ? scan.at + 1 : scan.at
  let i = first
  let value = 0
  for (; block[i] >= zero && block[i] <= nine; i++) value = value * 10 + (block[i] - zero)
  scan.at = i === first ? -1 : i
  return sign === minus ? -value : value
}

/** What is too long or too large for exact arithmetic; an overflow needs a closer look. */
function byText(
  block: Uint8Array,
  { start, end, point }: { start: number; end: number; point: number },
  scan: Scan,
): number {
  let text = ''
  for (let i = start; i < end; i++) text += block[i] === point ? '.' : String.fromCharCode(block[i])
  const value = Number(text)
  if (Number.isFinite(value)) return value
  scan.at = -1
  return Number.NaN
}
