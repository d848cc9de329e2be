import type { CellDescription } from '../../../src-shared/cell/cell.ts'
import type { Cycle } from '../../../src-shared/cell/cycle.ts'
import type { Finding } from '../../../src-shared/cell/finding.ts'
import { unusableReason } from '../../../src-shared/forecast/measuredCycle.ts'
import type { Manifest } from '../../../src-shared/forecast/package.ts'
import type { AmpereHour } from '../../../src-shared/units/quantities.ts'
import type { StoredCell } from '../../library/cells.ts'
import type { Library } from '../../library/openLibrary.ts'
import { unknownCell } from './unknownCell.ts'

/** A cell as a forecast sees it, from the library or straight from a file. */
export interface AssessedCell {
  readonly name: string
  readonly description: CellDescription
  readonly cycles: readonly Cycle[]
  /** What the reader doubts of the record itself: an answer that rests on it says so. */
  readonly doubts: readonly Finding[]
  /** Capacities that the user stated, by the row of the cycle; an answer from that cycle starts there. */
  readonly stated?: ReadonlyMap<number, AmpereHour>
}

/** Findings of a reader that put the measured signal in question. */
export function doubtsOf(findings: readonly Finding[]): Finding[] {
  return findings.filter(({ code, isDoubt }) => isDoubt === true || code === 'charge-balance')
}

/** The cell with this id or name, with its cycles. Throws Failure `no-such-cell`. */
export function storedCell(library: Library, idOrName: string): { id: string; cell: AssessedCell } {
  const found = library.cells.find(idOrName)
  if (found === null) throw unknownCell(library, idOrName)
  const { id, description } = found
  return { id, cell: assessedCell(library, { id, description, cycles: library.cycles.ofCell(id) }) }
}

/** A cell with the one cycle that a model reads where none is asked for: the last usable one, else the last. */
export function lastUsable(
  library: Library,
  { id, description }: StoredCell,
  manifest: Manifest,
): AssessedCell {
  const last = library.cycles.lastOf(id, (cycle) => unusableReason(cycle, manifest) === null)
  return assessedCell(library, { id, description, cycles: last === null ? [] : [last] })
}

function assessedCell(
  library: Library,
  { id, description, cycles }: Pick<StoredCell, 'id' | 'description'> & { readonly cycles: readonly Cycle[] },
): AssessedCell {
  const doubts = doubtsOf(library.records.findingsOf(id))
  const stated = new Map(library.measurements.statedOf(id).map(({ row, capacity_Ah }) => [row, capacity_Ah]))
  return { name: description.name, description, cycles, doubts, stated }
}
