import type { Database } from 'better-sqlite3'
import type { CellChange, ChangeHistory } from '../../src-shared/contract/cells.ts'
import type { CellFields } from './cells.ts'

export interface ChangedCell {
  readonly id: string
  /** The fields that were changed, and no other. */
  readonly before: ChangedFields
  readonly after: ChangedFields
}

/** Of a cell, and capacities that were stated of its rows, Ah; null: none is. */
export type ChangedFields = Partial<CellFields> & {
  readonly stated?: Readonly<Record<string, number | null>>
}

export interface NewChange extends Pick<CellChange, 'at' | 'kind' | 'what'> {
  readonly cells: readonly ChangedCell[]
}

interface ChangedRow {
  cell_id: string
  before: string
  after: string
}

export type ChangeRepository = ReturnType<typeof changeRepository>

/** How far undo reaches. */
const kept = 1000

/** The history of changes that undo and redo walk; what was undone is forgotten by the next change. */
export function changeRepository(database: Database) {
  const { undo, redo, cells, insert, insertCell, forgetUndone, forgetOld, mark } = statements(database)
  return {
    history: (): ChangeHistory => ({ undo: undo.get() ?? null, redo: redo.get() ?? null }),
    cellsOf: (id: number): ChangedCell[] => cells.all(id).map(changedCell),
    /** Belongs in the transaction of the change. */
    append({ at, kind, what, cells }: NewChange): void {
      forgetUndone.run()
      const id = Number(insert.run(at, kind, what).lastInsertRowid)
      for (const { id: cell, before, after } of cells)
        insertCell.run(id, cell, JSON.stringify(before), JSON.stringify(after))
      forgetOld.run(id - kept)
    },
    mark: (id: number, isUndone: boolean): void => void mark.run(isUndone ? 1 : 0, id),
  }
}

function statements(database: Database) {
  const columns = `id, at, kind, what,
    (SELECT count(*) FROM changed_cell WHERE change_id = change.id) AS cells,
    (SELECT iif(count(*) = 1, max(name), NULL) FROM changed_cell JOIN cell ON cell.id = cell_id
      WHERE change_id = change.id) AS name`
  return {
    undo: database.prepare<[], CellChange>(
      `SELECT ${columns} FROM change WHERE undone = 0 ORDER BY id DESC LIMIT 1`,
    ),
    redo: database.prepare<[], CellChange>(
      `SELECT ${columns} FROM change WHERE undone = 1 ORDER BY id LIMIT 1`,
    ),
    cells: database.prepare<[number], ChangedRow>(
      'SELECT cell_id, before, after FROM changed_cell WHERE change_id = ?',
    ),
    insert: database.prepare('INSERT INTO change (at, kind, what) VALUES (?, ?, ?)'),
    insertCell: database.prepare(
      'INSERT INTO changed_cell (change_id, cell_id, before, after) VALUES (?, ?, ?, ?)',
    ),
    forgetUndone: database.prepare('DELETE FROM change WHERE undone = 1'),
    forgetOld: database.prepare('DELETE FROM change WHERE id <= ?'),
    mark: database.prepare('UPDATE change SET undone = ? WHERE id = ?'),
  }
}

function changedCell({ cell_id, before, after }: ChangedRow): ChangedCell {
  return {
    id: cell_id,
    before: JSON.parse(before) as ChangedCell['before'],
    after: JSON.parse(after) as ChangedCell['after'],
  }
}
