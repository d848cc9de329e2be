import type { CellSummary } from '../../../src-shared/contract/cells.ts'

export type CellColumn =
  'name' | 'chemistry' | 'nominal' | 'cycles' | 'soh' | 'capacity' | 'evidence' | 'imported'

export interface CellOrder {
  readonly column: CellColumn
  readonly isDescending: boolean
}

type SortValue = string | number | null

const values: Readonly<Record<CellColumn, (cell: CellSummary) => SortValue>> = {
  name: (cell) => cell.description.name,
  chemistry: (cell) => cell.description.chemistry,
  nominal: (cell) => cell.description.nominalCapacity_Ah,
  cycles: (cell) => cell.cycles,
  soh: (cell) => cell.assessed?.stateOfHealth ?? null,
  capacity: (cell) => cell.assessed?.capacity_Ah ?? null,
  evidence: (cell) => cell.assessed?.evidence ?? null,
  imported: (cell) => cell.importedAt,
}

const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' })

/** Cells whose name or chemistry holds every word, in order; what is unknown comes last either way. */
export function shownCells(cells: readonly CellSummary[], filter: string, order: CellOrder): CellSummary[] {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean)
  const of = values[order.column]
  const sign = order.isDescending ? -1 : 1
  return cells
    .filter(({ description }) => {
      const text = `${description.name} ${description.chemistry ?? ''}`.toLowerCase()
      return words.every((word) => text.includes(word))
    })
    .sort((a, b) => compare(of(a), of(b), sign) || collator.compare(a.description.name, b.description.name))
}

function compare(a: SortValue, b: SortValue, sign: number): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null)
  if (typeof a === 'number' && typeof b === 'number') return sign * (a - b)
  return sign * collator.compare(String(a), String(b))
}
