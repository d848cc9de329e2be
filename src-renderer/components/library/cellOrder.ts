import type { CellSummary } from '../../../src-shared/contract/cells.ts'
import { type Facets, hasFacets } from './facets.ts'

export type CellColumn =
  | 'name'
  | 'serial'
  | 'maker'
  | 'chemistry'
  | 'nominal'
  | 'voltage'
  | 'temperature'
  | 'lot'
  | 'tags'
  | 'cycles'
  | 'soh'
  | 'capacity'
  | 'evidence'
  | 'grade'
  | 'imported'

export interface CellOrder {
  readonly column: CellColumn
  readonly isDescending: boolean
}

type SortValue = string | number | null

const values: Readonly<Record<CellColumn, (cell: CellSummary) => SortValue>> = {
  name: nameKey,
  serial: ({ label }) => textKey(label.serial),
  maker: ({ label }) => textKey(label.maker),
  chemistry: ({ description }) => textKey(description.chemistry),
  nominal: ({ description }) => description.nominalCapacity_Ah,
  voltage: ({ label }) => label.nominalVoltage_V,
  temperature: ({ description }) => description.temperature_degC,
  lot: ({ label }) => textKey(label.lot),
  tags: ({ label }) => textKey(label.tags.join(' ')),
  cycles: (cell) => cell.cycles,
  soh: (cell) => cell.assessed?.stateOfHealth ?? null,
  capacity: (cell) => cell.assessed?.capacity_Ah ?? null,
  evidence: (cell) => cell.assessed?.evidence ?? null,
  grade: ({ grade }) => (grade === null ? null : (grade.grade ?? `~${grade.verdict}`)),
  imported: (cell) => cell.importedAt,
}

/** Cells in order, names counted; what is unknown comes last either way. The given list stays as it is. */
export function orderedCells(
  cells: readonly CellSummary[],
  { column, isDescending }: CellOrder,
): CellSummary[] {
  const sign = isDescending ? -1 : 1
  const keyed = cells.map((cell) => ({ cell, value: values[column](cell), name: nameKey(cell) }))
  keyed.sort((a, b) => compare(a.value, b.value, sign) || ascending(a.name, b.name))
  return keyed.map(({ cell }) => cell)
}

/** Those that hold every word of the search and pass the facets, in the given order. */
export function foundCells(
  cells: readonly CellSummary[],
  search: string,
  facets: Facets = {},
): CellSummary[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean)
  return cells.filter((cell) => hasWords(cell, words) && hasFacets(cell, facets))
}

function hasWords(cell: CellSummary, words: readonly string[]): boolean {
  if (words.length === 0) return true
  const text = searched(cell)
  return words.every((word) => text.includes(word))
}

const texts = new WeakMap<CellSummary, string>()

/** What a search looks through, made once a cell. */
function searched(cell: CellSummary): string {
  const known = texts.get(cell)
  if (known !== undefined) return known
  const { description, label, id } = cell
  const { serial, maker, lot, tags } = label
  const parts = [description.name, description.chemistry, serial, maker, lot, ...tags, id]
  const text = parts
    .filter((part) => part !== null)
    .join('\n')
    .toLowerCase()
  texts.set(cell, text)
  return text
}

const keys = new WeakMap<CellSummary, string>()

function nameKey(cell: CellSummary): string {
  const known = keys.get(cell)
  if (known !== undefined) return known
  const key = textKey(cell.description.name) ?? ''
  keys.set(cell, key)
  return key
}

/** A key that sorts without a collator, which is slow over thousands: letters before their accents, numbers by value. */
function textKey(text: string | null): string | null {
  if (text === null || text === '') return null
  return text
    .toLowerCase()
    .normalize('NFKD')
    .replaceAll(/\d+/g, (digits) => digits.padStart(12, '0'))
}

function compare(a: SortValue, b: SortValue, sign: number): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null)
  return sign * ascending(a, b)
}

function ascending(a: string | number, b: string | number): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}
