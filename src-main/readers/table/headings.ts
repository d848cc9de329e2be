import {
  dimensions,
  quantities,
  type Dimension,
  type Quantity,
  type TableMapping,
} from '../../../src-shared/cell/mapping.ts'
import { Failure } from '../../../src-shared/failure/failure.ts'
import { needsUnit, synonyms } from './synonyms.ts'
import { carriesUnit, dimensionOf, unitFactor } from './units.ts'

/** Place and factor of a quantity's column; the factor gives s, V, A or Ah. */
export interface QuantityColumn {
  readonly index: number
  readonly name: string
  readonly unit: string | null
  readonly factor: number
}

export type QuantityColumns = Readonly<Partial<Record<Quantity, QuantityColumn>>>

export interface HeadingParts {
  readonly name: string
  readonly unit: string | null
}

/**
 * Splits `Voltage(V)`, `Ewe/V`, `U[V]`, `Voltage, V`, `Voltage#V` and `voltage_volt` into name and unit, and what other
 * programs made of them, `Voltage_V_` or `Voltage..V.`.
 */
export function headingParts(text: string): HeadingParts {
  const plain = text
    .trim()
    .replace(/^[~#]\s*/, '')
    .replace(/([)\]）])_\d+$/, '$1')
  const match =
    /^(.*?)\s*[([（]([^)\]）]*)[)\]）]$/.exec(plain) ??
    /^(.*?)\s*\/\s*([^/]+)$/.exec(plain) ??
    /^(.*?)\s*[,#]\s*([^,#]+)$/.exec(plain) ??
    suffixOf(plain)
  if (match !== null) return { name: bare(match[1]), unit: match[2].trim() }
  const measured = unitNames[plain.toLowerCase()]
  if (measured !== undefined) return { name: measured, unit: plain }
  const milli = /^(?:mamps|mamp-?hr)$/i.test(plain) ? (/hr$/i.test(plain) ? 'mAh' : 'mA') : null
  return { name: bare(plain), unit: milli }
}

/** Columns that are headed by their unit alone. */
const unitNames: Readonly<Partial<Record<string, string>>> = {
  ...{ mv: 'of:voltage', v: 'of:voltage', ma: 'of:current', a: 'of:current' },
  ...{
    s: 'of:time',
    sec: 'of:time',
    min: 'of:time',
    mah: 'of:charge',
    ah: 'of:charge',
    '°c': 'of:temperature',
  },
}

/** A clock's, an ampere hour's or any other unit behind a line or a dot; `Cycle C` has none. */
function suffixOf(plain: string): RegExpExecArray | null {
  const composed =
    /^(.+?)[_.]+(h+[_.]+m[a-z]*[_.]+s[a-z]*(?:[_.]+ms)?)[_.]*$/i.exec(plain) ??
    /^(.+?)[_. ]+((?:milli|micro)?ampere[_. -]?hours?)$/i.exec(plain)
  if (composed !== null)
    return withUnit(composed, composed[2].replace(/[_.]+/g, /amp/i.test(composed[2]) ? '' : ':'))
  const match = /^(.+?)[_. ]+([\p{L}°]+)[_.]*$/u.exec(plain)
  if (match === null || !carriesUnit(match[2])) return null
  return match[2] !== 'C' || /^(.*_)?t(emp|\d|_|$)/i.test(match[1]) ? match : null
}

function withUnit(match: RegExpExecArray, unit: string): RegExpExecArray {
  match[2] = unit
  return match
}

function bare(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}]/gu, '')
}

interface FoundColumns {
  /** Units of a row below the heading; they stand where the heading has none. */
  readonly units?: readonly string[]
  /** What a mapping says; the other quantities are found by their headings. */
  readonly stated?: TableMapping['columns'] | undefined
}

/** The columns that name a quantity, as stated, else as headed; throws `missing-column` for a stated one that is not there. */
export function quantityColumns(
  names: readonly string[],
  { units = [], stated = {} }: FoundColumns = {},
): QuantityColumns {
  const parts = names.map((name, i): HeadingParts => {
    const own = headingParts(name)
    return own.unit === null && carriesUnit(units[i] ?? '') ? { ...own, unit: units[i].trim() } : own
  })
  const columns: Partial<Record<Quantity, QuantityColumn>> = {}
  const taken = new Set<number>()
  const take = (quantity: Quantity, index: number, unit: string | null) => {
    const factor = unitFactor(dimensions[quantity], unit)
    columns[quantity] = { index, name: names[index], unit, factor }
  }
  for (const quantity of quantities) {
    const column = stated[quantity]
    if (column === undefined || column === null) continue
    const index = placeOf(names, column.column)
    if (index < 0) throw missingColumn(names, column.column)
    take(quantity, index, column.unit ?? headedUnit(parts[index], dimensions[quantity]))
    taken.add(index)
  }
  for (const quantity of quantities) {
    if (stated[quantity] !== undefined) continue
    const isFit = (name: string) => (part: HeadingParts, i: number) =>
      !taken.has(i) && fits(part, name, dimensions[quantity])
    const synonym = synonyms[quantity].find((name) => parts.some(isFit(name)))
    if (synonym === undefined) continue
    const index = parts.findIndex(isFit(synonym))
    take(quantity, index, parts[index].unit)
  }
  return columns
}

/** A unit of another dimension belongs to another reading of the heading. */
function headedUnit({ unit }: HeadingParts, dimension: Dimension | null): string | null {
  return dimension === null || unit === null || dimensionOf(unit) === dimension ? unit : null
}

/** Index of a column by its heading, blanks around it left aside, or by its place from 1; −1 where it is not there. */
export function placeOf(names: readonly string[], column: string | number): number {
  if (typeof column === 'number') return column <= names.length ? column - 1 : -1
  const wanted = column.trim()
  return names.findIndex((name) => name.trim() === wanted)
}

export function missingColumn(names: readonly string[], column: string | number): Failure {
  const what = typeof column === 'number' ? `column ${column}` : `column "${column}"`
  return new Failure('refused', 'missing-column', `The ${what} of the mapping is not in the file.`, {
    advice: 'Write the heading as the file does, or the place of the column, counted from 1.',
    column: String(column),
    found: names.join(', ').slice(0, 200),
  })
}

function fits({ name, unit }: HeadingParts, synonym: string, dimension: Dimension | null): boolean {
  if (name !== synonym) return false
  if (unit === null || unit === '') return !needsUnit.has(synonym)
  return dimension === null || dimensionOf(unit) === dimension
}

/** True where the columns make a record: voltage and current over a time of some kind. */
export function isRecord({ time, stepTime, clock, voltage, current }: QuantityColumns): boolean {
  return voltage !== undefined && current !== undefined && (time ?? stepTime ?? clock) !== undefined
}
