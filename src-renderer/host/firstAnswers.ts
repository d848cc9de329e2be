import { cellOfRow } from '../../src-shared/contract/cellRows.ts'
import type { CellSummary } from '../../src-shared/contract/cells.ts'
import { host } from './host.ts'

let first: Promise<CellSummary[]> | null = null

/** Asks for what every start shows first. */
export function askFirst(): void {
  first = askCells()
  // Whoever takes the answer is told.
  first.catch(() => null)
}

/** The cells of the library: the answer to the first question, to be had once; later ones are asked anew. */
export function libraryCells(): Promise<CellSummary[]> {
  const asked = first ?? askCells()
  first = null
  return asked
}

async function askCells(): Promise<CellSummary[]> {
  const rows = await host.request('cells/rows', {})
  return rows.map(cellOfRow)
}
