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
  /** A row of more columns needs a closer look. */
  readonly most?: number
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
  { indexes, required, delimiter, width, most = width ?? Infinity, words }: PlainColumns,
  values: Float64Array,
): PlainScan {
  const wordsAt = words?.index ?? -1
  const last = Math.max(...indexes, wordsAt)
  const slots = Int32Array.from({ length: last + 1 }, (_, column) => indexes.indexOf(column))
  const stop = delimiter.charCodeAt(0)
  const scan: Scan = { at: 0, value: 0, stop, point: 0, whole: 0, digits: 0, power: 0 }
  const isTaken = (block: Uint8Array, slot: number) => {
    number(block, scan)
    values[slot] = scan.value
    return scan.at >= 0 && (slot >= required || !Number.isNaN(scan.value))
  }
  const isSkipped = (block: Uint8Array, column: number) => {
    const from = scan.at
    skip(block, scan)
    if (column === wordsAt) words?.place.set([from, scan.at])
    return scan.at >= 0
  }
  return (block, start, decimal) => {
    scan.at = start
    scan.point = decimal.charCodeAt(0)
    if (stop === scan.point) return -1
    for (let column = 0; column <= last; column++) {
      if (column > 0 && block[scan.at++] !== stop) return -1
      const slot = slots[column]
      if (!(slot < 0 ? isSkipped(block, column) : isTaken(block, slot))) return -1
    }
    const count = last + 1 + others(block, scan)
    return scan.at >= 0 && count >= (width ?? 0) && count <= most ? behindLine(block, scan.at) : -1
  }
}

/** How many fields follow up to the end of the line. */
function others(block: Uint8Array, scan: Scan): number {
  let count = 0
  for (; scan.at >= 0 && block[scan.at] === scan.stop; count++) {
    scan.at++
    skip(block, scan)
  }
  return count
}

interface Scan {
  /** The first byte to read, then the delimiter or the line's end behind the field; −1 for what needs a closer look. */
  at: number
  /** NaN for an empty field. */
  value: number
  readonly stop: number
  /** The decimal sign. */
  point: number
  /** Of the number read last: its digits as a whole number, how many, and the power of ten to multiply by. */
  whole: number
  digits: number
  power: number
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

function behindBlanks(block: Uint8Array, at: number): number {
  let i = at
  while (block[i] === blank) i++
  return i
}

function behindSign(block: Uint8Array, at: number): number {
  return block[at] === minus || block[at] === plus ? at + 1 : at
}

/** The number of a field; blanks around it are left aside. */
function number(block: Uint8Array, scan: Scan): void {
  const start = behindBlanks(block, scan.at)
  const isNegative = block[start] === minus
  scan.at = behindSign(block, start)
  mantissa(block, scan)
  const { whole, digits } = scan
  if (digits > 0 && (block[scan.at] | lowerCase) === smallE) {
    scan.at++
    scan.power += exponent(block, scan)
  }
  const end = scan.at
  const isRead = end >= 0 && (digits > 0 || end === start)
  const behind = behindBlanks(block, end)
  scan.at = isRead && isEnd(block[behind], scan.stop) ? behind : -1
  if (digits === 0 || scan.at < 0) scan.value = Number.NaN
  else if (whole < exactBelow && Math.abs(scan.power) <= 22) scan.value = exact(scan, isNegative)
  else scan.value = byText(block, { start, end, point: scan.point }, scan)
}

function exact({ whole, power }: Scan, isNegative: boolean): number {
  const size = power < 0 ? whole / powers[-power] : whole * powers[power]
  return isNegative ? -size : size
}

/** The digits, whatever the place of their point. */
function mantissa(block: Uint8Array, scan: Scan): void {
  const { point } = scan
  let whole = 0
  let digits = 0
  let pointAt = -1
  let i = scan.at
  for (; i < block.length; i++) {
    const digit = block[i] - zero
    if (digit >= 0 && digit <= nine - zero) {
      whole = whole * 10 + digit
      digits++
    } else if (block[i] === point && pointAt < 0) pointAt = i
    else break
  }
  scan.at = i
  scan.whole = whole
  scan.digits = digits
  scan.power = pointAt < 0 ? 0 : pointAt + 1 - i
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
