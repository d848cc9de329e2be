import type { MappedColumn } from '../../../src-shared/cell/mapping.ts'
import type { FileInspection } from '../../../src-shared/contract/imports.ts'

/** Headings are cut to this many characters on their way here; a longer one goes by its place. */
const longestHeading = 60

/** The headings of a file, as it reads or as it looks; blank where a column has none. */
export function headingsOf({ reading, opening }: FileInspection): string[] {
  if (reading !== null && opening?.headingLine === reading.mapping?.headingLine)
    return reading.columns.map(({ name }) => name)
  const heading = opening?.lines.find(({ line }) => line === opening.headingLine)?.cells
  if (heading !== undefined) return heading
  const width = (opening?.lines ?? []).reduce((most, { cells }) => Math.max(most, cells.length), 0)
  return Array.from({ length: width }, () => '')
}

/** What the first rows hold in a column, three at most. */
export function firstValues({ opening }: FileInspection, index: number, firstRow: number): string[] {
  const rows = (opening?.lines ?? []).filter(({ line }) => line >= firstRow)
  return rows.flatMap(({ cells }) => cells[index] ?? []).slice(0, 3)
}

/** Where a mapped column stands; −1 where it does not. */
export function indexOfColumn(headings: readonly string[], column: string | number | undefined): number {
  if (typeof column === 'number') return column <= headings.length ? column - 1 : -1
  return column === undefined ? -1 : headings.findIndex((name) => name.trim() === column.trim())
}

/** How a mapping names the column at an index: by its heading where that is plain and its own, else by its place. */
export function columnAt(headings: readonly string[], index: number): MappedColumn['column'] {
  const name = headings[index]?.trim() ?? ''
  const isPlain = name !== '' && name.length < longestHeading && !/^[-+]?[.,]?\d/.test(name)
  return isPlain && indexOfColumn(headings, name) === index ? name : index + 1
}
