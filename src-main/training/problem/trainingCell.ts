import type { CellDescription } from '../../../src-shared/cell/cell.ts'
import type { Cycle } from '../../../src-shared/cell/cycle.ts'
import { Failure } from '../../../src-shared/failure/failure.ts'
import type { AmpereHour } from '../../../src-shared/units/quantities.ts'

/** What a cell serves in a run. `calibration` cells are never trained on nor chosen by; `test` ones only reported. */
export type TrainingRole = 'train' | 'validation' | 'calibration' | 'test'

/** One measured cell, read by a service and handed to training or evaluation. */
export interface TrainingCell {
  readonly path: string
  readonly sha256: string
  /** File name without `.csv` and `.gz`. */
  readonly cell: string
  /** As in splits.json: `UL-NCA CY25-05_1`, `LSD`. */
  readonly condition: string
  readonly description: Pick<CellDescription, 'chemistry' | 'nominalCapacity_Ah'>
  readonly simulated: boolean
  readonly cycles: readonly Cycle[]
  readonly role: TrainingRole
}

/** Rated capacity of a cell; throws `capacity-needed`: joint networks see everything relative to it. */
export function ratedCapacityOf(cell: TrainingCell): AmpereHour {
  const rated = cell.description.nominalCapacity_Ah
  if (rated !== null && rated > 0) return rated
  throw new Failure('not-determinable', 'capacity-needed', 'The nominal capacity of the cell is not known.', {
    advice: 'State the nominal capacity in Ah.',
    file: cell.path,
  })
}

/** Throws `split-overlap` when one measurement stands in two roles: its score would be flattered. */
export function refuseOverlap(cells: readonly TrainingCell[]): void {
  const seen = new Map<string, TrainingCell>()
  for (const cell of cells) {
    for (const key of [cell.sha256, cell.path, `${cell.condition}\n${cell.cell}`]) {
      const other = seen.get(key)
      if (other !== undefined && other !== cell) throw overlap(cell, other)
      seen.set(key, cell)
    }
  }
}

function overlap(cell: TrainingCell, other: TrainingCell): Failure {
  const message = `The cell ${cell.cell} stands in ${other.role} and again in ${cell.role}.`
  return new Failure('refused', 'split-overlap', message, {
    advice: 'Name every cell once: train, validation, calibration or test.',
    file: cell.path,
  })
}

export function inRole(cells: readonly TrainingCell[], ...roles: TrainingRole[]): TrainingCell[] {
  return cells.filter((cell) => roles.includes(cell.role))
}
