import type { Database } from 'better-sqlite3'
import type { CellDescription } from '../../src-shared/cell/cell.ts'
import type { CellSummary } from '../../src-shared/contract/requests.ts'
import { newestValid } from './newestValid.ts'

export interface StoredCell {
  readonly id: string
  readonly description: CellDescription
  readonly importedAt: string
}

interface CellRow {
  id: string
  name: string
  chemistry: string | null
  nominal_capacity_Ah: number | null
  temperature_degC: number | null
  simulated: number
  imported_at: string
}

interface SummaryRow extends CellRow {
  cycles: number
  assessed_at: string | null
  state_of_health: number | null
  capacity_Ah: number | null
  evidence: string | null
}

export type CellRepository = ReturnType<typeof cellRepository>

/** Cells of the library. A removed cell stays in the file until it is restored or imported again. */
export function cellRepository(database: Database) {
  const { byId, byName, count, list, ids, insert, update, remove, restore } = cellStatements(database)
  const inOneGo = database.transaction((ids: readonly string[], apply: (id: string) => number) =>
    ids.reduce((count, id) => count + apply(id), 0),
  )
  return {
    /** The cell with this id, else the only one with this name; null if there is none. */
    find(idOrName: string): StoredCell | null {
      const row = byId.get(idOrName)
      if (row !== undefined) return storedCell(row)
      const named = byName.all(idOrName)
      return named.length === 1 ? storedCell(named[0]) : null
    },
    count: (): number => count.get()?.count ?? 0,
    list: (): CellSummary[] => list.all().map(cellSummary),
    /** In the order of the list. */
    ids: (): string[] => ids.all().map(({ id }) => id),
    insert: (cell: StoredCell) => void insert.run(columnsOf(cell)),
    describe: (id: string, description: CellDescription) =>
      void update.run(columnsOf({ id, description, importedAt: '' })),
    /** How many were there to remove. */
    remove: (ids: readonly string[], now: string): number =>
      inOneGo.immediate(ids, (id) => remove.run(now, id).changes),
    restore: (ids: readonly string[]): number => inOneGo.immediate(ids, (id) => restore.run(id).changes),
  }
}

function cellStatements(database: Database) {
  return {
    byId: database.prepare<[string], CellRow>('SELECT * FROM cell WHERE id = ? AND removed_at IS NULL'),
    byName: database.prepare<[string], CellRow>(
      'SELECT * FROM cell WHERE name = ? AND removed_at IS NULL LIMIT 2',
    ),
    count: database.prepare<[], { count: number }>(
      'SELECT count(*) AS count FROM cell WHERE removed_at IS NULL',
    ),
    list: database.prepare<[], SummaryRow>(listSql),
    ids: database.prepare<[], { id: string }>(
      `SELECT id FROM cell WHERE removed_at IS NULL ORDER BY ${listOrder}`,
    ),
    insert: database.prepare(
      `INSERT INTO cell (id, name, chemistry, nominal_capacity_Ah, temperature_degC, simulated, imported_at)
       VALUES (@id, @name, @chemistry, @nominal_capacity_Ah, @temperature_degC, @simulated, @imported_at)`,
    ),
    update: database.prepare(
      `UPDATE cell SET name = @name, chemistry = @chemistry, nominal_capacity_Ah = @nominal_capacity_Ah,
       temperature_degC = @temperature_degC, simulated = @simulated WHERE id = @id`,
    ),
    remove: database.prepare('UPDATE cell SET removed_at = ? WHERE id = ? AND removed_at IS NULL'),
    restore: database.prepare('UPDATE cell SET removed_at = NULL WHERE id = ? AND removed_at IS NOT NULL'),
  }
}

const listOrder = 'cell.imported_at DESC, cell.rowid DESC'

const listSql = `
  SELECT cell.*, (SELECT count(*) FROM cycle WHERE cycle.cell_id = cell.id) AS cycles, newest.assessed_at,
    newest.answer ->> '$.stateOfHealth.value' AS state_of_health,
    newest.answer ->> '$.presentCapacity.value_Ah' AS capacity_Ah,
    newest.answer ->> '$.presentCapacity.evidence' AS evidence
  FROM cell LEFT JOIN assessment AS newest ON newest.rowid = ${newestValid}
  WHERE cell.removed_at IS NULL
  ORDER BY ${listOrder}`

function storedCell(row: CellRow): StoredCell {
  return {
    id: row.id,
    importedAt: row.imported_at,
    description: {
      name: row.name,
      chemistry: row.chemistry,
      nominalCapacity_Ah: row.nominal_capacity_Ah,
      temperature_degC: row.temperature_degC,
      simulated: row.simulated === 1,
    },
  }
}

function cellSummary(row: SummaryRow): CellSummary {
  const { id, description, importedAt } = storedCell(row)
  const { cycles, assessed_at, state_of_health, capacity_Ah, evidence } = row
  if (assessed_at === null || state_of_health === null || capacity_Ah === null || evidence === null) {
    return { id, description, cycles, assessed: null, importedAt }
  }
  const assessed = { stateOfHealth: state_of_health, capacity_Ah, evidence, assessedAt: assessed_at }
  return { id, description, cycles, assessed, importedAt }
}

function columnsOf({ id, description, importedAt }: StoredCell): CellRow {
  return {
    id,
    name: description.name,
    chemistry: description.chemistry,
    nominal_capacity_Ah: description.nominalCapacity_Ah,
    temperature_degC: description.temperature_degC,
    simulated: description.simulated ? 1 : 0,
    imported_at: importedAt,
  }
}
