import type { CellDescription, CellLabel } from '../cell/cell.ts'
import type { Verdict } from '../grading/rules.ts'

/** A row of the library: what is searched, sorted and filtered by, and no more. */
export interface CellSummary {
  id: string
  description: CellDescription
  label: Omit<CellLabel, 'history' | 'notes'>
  cycles: number
  /** Newest stored assessment that still holds, if any. */
  assessed: { stateOfHealth: number; capacity_Ah: number; evidence: string; assessedAt: string } | null
  /** Of that assessment, by the newest rules that graded it. */
  grade: { verdict: Verdict; grade: string | null } | null
  importedAt: string
}

/** Fields of a cell to set; absent ones stay. */
export type CellChanges = Partial<Omit<CellDescription, 'simulated'> & Omit<CellLabel, 'tags'>>

/** A change of what is known of cells, as it stands in the history that undo and redo walk. */
export interface CellChange {
  readonly id: number
  readonly at: string
  readonly kind:
    'edit' | 'lot' | 'tag' | 'untag' | 'removal' | 'restoration' | 'statement' | 'measurement' | 'declaration'
  /** The lot, the tag, or the fields that were set, with a comma between; null where the kind says it all. */
  readonly what: string | null
  readonly cells: number
  /** Of the only cell. */
  readonly name: string | null
}

/** What undo would take back next, and redo bring back. */
export interface ChangeHistory {
  readonly undo: CellChange | null
  readonly redo: CellChange | null
}

export interface CellsChanged extends ChangeHistory {
  /** Cells that are now other than before. */
  readonly changed: number
}
