import type { CellSummary } from '../../../src-shared/contract/cells.ts'
import { compareNames } from '../../locales/writing.ts'

/** A row of the table: a cell, or the head of its lot. `lot`: null where there is none. */
export type TableRow =
  | { readonly kind: 'cell'; readonly key: string; readonly cell: CellSummary }
  | {
      readonly kind: 'lot'
      readonly key: string
      readonly lot: string | null
      readonly cells: readonly CellSummary[]
      readonly isFolded: boolean
    }

export function cellRows(cells: readonly CellSummary[]): TableRow[] {
  return cells.map((cell) => ({ kind: 'cell', key: cell.id, cell }))
}

/** Lots by name, each with its cells in the given order below it unless it is folded; cells of no lot come last. */
export function lotRows(cells: readonly CellSummary[], folded: ReadonlySet<string>): TableRow[] {
  const lots = new Map<string | null, CellSummary[]>()
  for (const cell of cells) {
    const known = lots.get(cell.label.lot)
    if (known === undefined) lots.set(cell.label.lot, [cell])
    else known.push(cell)
  }
  return [...lots]
    .sort(([a], [b]) => Number(a === null) - Number(b === null) || compareNames(a ?? '', b ?? ''))
    .flatMap(([lot, members]): TableRow[] => {
      const key = lotKey(lot)
      const isFolded = folded.has(key)
      const head: TableRow = { kind: 'lot', key, lot, cells: members, isFolded }
      return isFolded ? [head] : [head, ...cellRows(members)]
    })
}

function lotKey(lot: string | null): string {
  return lot === null ? 'no lot' : `lot ${lot}`
}
