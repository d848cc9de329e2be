import { requirePossibleCapacity } from '../../src-shared/forecast/plausibleCapacity.ts'
import type { StoredCell } from '../library/cells.ts'
import type { Library } from '../library/openLibrary.ts'

/**
 * Keeps a capacity that was measured at a row of a cell, or forgets it (null), and tells it in the log.
 *
 * Throws `implausible-capacity` where a cell of that rating cannot have it.
 */
export function stateCapacity(
  library: Library,
  { id, description }: Pick<StoredCell, 'id' | 'description'>,
  { row, capacity_Ah }: { row: number; capacity_Ah: number | null },
): void {
  const before = library.measurements.statedAt(id, row)
  if (before === capacity_Ah) return
  const rated = description.nominalCapacity_Ah
  if (capacity_Ah !== null && rated !== null) requirePossibleCapacity(capacity_Ah, rated)
  library.transaction(() => {
    if (capacity_Ah === null) library.measurements.remove(id, row)
    else library.measurements.state(id, { row, capacity_Ah, stated_at: new Date().toISOString() })
    library.log.append({ kind: 'measurement', subject: id, detail: { row, before, after: capacity_Ah } })
  })
}
