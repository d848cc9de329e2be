import type { Cycle } from '../../../src-shared/cell/cycle.ts'
import { Failure } from '../../../src-shared/failure/failure.ts'
import type { StoredCell } from '../../library/cells.ts'
import type { Library } from '../../library/openLibrary.ts'
import type { StoredRecord } from '../../library/records.ts'
import type { ReadResult } from '../../readers/readResult.ts'
import type { StatedReading } from '../library/statedDescription.ts'
import { unknownCell } from '../library/unknownCell.ts'

/** The cell that a file is a later measurement of; null where the file is a cell of its own. Throws `no-such-cell`. */
export function measuredAgain(library: Library, { cell }: StatedReading): StoredCell | null {
  if (cell === undefined) return null
  const found = library.cells.find(cell)
  if (found === null) throw unknownCell(library, cell)
  return found
}

/** Throws `record-of-another-cell` where the file is known, but as another cell's. */
export function requireSameCell(again: StoredCell | null, known: StoredRecord): void {
  if (again === null || again.id === known.cellId) return
  throw new Failure(
    'refused',
    'record-of-another-cell',
    'This file is in the library already, as a measurement of another cell.',
    { advice: 'Remove nothing: a file belongs to one cell. Name the later file of this cell.' },
  )
}

/**
 * The cycles of a later record on the axis of the cell's earlier ones. How many cycles went by in between is stated, or
 * follows from the cyclers' numbers where they go on counting.
 *
 * Throws `simulated-mixed`, `cycles-since-needed`.
 */
export function placedCycles(
  library: Library,
  { id, description }: StoredCell,
  { result, stated }: { result: ReadResult; stated: StatedReading },
): readonly Cycle[] {
  if (result.simulated !== description.simulated) throw mixed()
  const last = library.cycles.lastOf(id, () => true)
  const first = result.cycles.at(0)
  if (last === null || first === undefined) return result.cycles
  const counted = first.number - last.number
  const since = stated.cyclesSince ?? (counted > 0 ? counted : null)
  if (since === null) throw sinceNeeded(last.number, first.number)
  const shift = last.row + since - first.row
  return result.cycles.map((cycle) => ({ ...cycle, row: cycle.row + shift }))
}

/**
 * The cycles of a file that is read anew, where those of its first reading stood. Throws `no-room-for-cycles` where they
 * would reach into a later record of the cell.
 */
export function placedAgain(
  library: Library,
  { id, cellId }: StoredRecord,
  { cycles }: ReadResult,
): readonly Cycle[] {
  const { first, next } = library.cycles.placeOf(cellId, id)
  const shift = (first ?? 0) - (cycles.at(0)?.row ?? 0)
  const last = (cycles.at(-1)?.row ?? 0) + shift
  if (next === null || last < next) return cycles.map((cycle) => ({ ...cycle, row: cycle.row + shift }))
  throw new Failure(
    'refused',
    'no-room-for-cycles',
    'Read in this way the file has more cycles than lie before the next record of the cell.',
    { advice: 'Import the later record as a cell of its own, or correct how this file is read.' },
  )
}

function mixed(): Failure {
  return new Failure('refused', 'simulated-mixed', 'Simulated and measured records cannot be of one cell.', {
    advice: 'Import the file as a cell of its own.',
  })
}

function sinceNeeded(last: number, first: number): Failure {
  return new Failure(
    'refused',
    'cycles-since-needed',
    `The earlier record ends with cycle ${last} and this one starts with cycle ${first}: how many cycles lie between is not told.`,
    { advice: 'State how many cycles after the last recorded one this measurement starts.' },
  )
}
