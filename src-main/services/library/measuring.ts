import { requirePossibleCapacity } from '../../../src-shared/forecast/plausibleCapacity.ts'
import type { StoredCell } from '../../library/cells.ts'
import type { Library } from '../../library/openLibrary.ts'

/**
 * Keeps a capacity that was measured at a row of a cell, or forgets it (null), as a change that can be undone.
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
    write(library, { id, row, before, after: capacity_Ah })
    const cell = { id, before: { stated: { [row]: before } }, after: { stated: { [row]: capacity_Ah } } }
    library.changes.append({ at: new Date().toISOString(), kind: 'measurement', what: null, cells: [cell] })
  })
}

/** Brings back what was stated of rows, where nothing else was stated since; whether there was any. */
export function restate(
  library: Library,
  id: string,
  { from, to, way }: { from: StatedRows; to: StatedRows; way: 'undo' | 'redo' },
): boolean {
  const rows = Object.keys(to).filter((row) => library.measurements.statedAt(id, Number(row)) === from[row])
  for (const row of rows)
    write(library, { id, row: Number(row), before: from[row] ?? null, after: to[row] ?? null, way })
  return rows.length > 0
}

type StatedRows = Readonly<Record<string, number | null>>

interface Statement {
  readonly id: string
  readonly row: number
  readonly before: number | null
  readonly after: number | null
  readonly way?: 'undo' | 'redo'
}

function write(library: Library, { id, row, before, after, way }: Statement): void {
  if (after === null) library.measurements.remove(id, row)
  else library.measurements.state(id, { row, capacity_Ah: after, stated_at: new Date().toISOString() })
  const by = way === undefined ? {} : { by: way }
  library.log.append({ kind: 'measurement', subject: id, detail: { row, before, after, ...by } })
}
