import type { Database } from 'better-sqlite3'
import { blankLabel, type CellDescription, type CellLabel } from '../../src-shared/cell/cell.ts'
import type { CellSummary } from '../../src-shared/contract/cells.ts'
import type { Verdict } from '../../src-shared/grading/rules.ts'
import { newestValid } from './newestValid.ts'

export interface StoredCell {
  readonly id: string
  readonly description: CellDescription
  readonly importedAt: string
}

/** All of a cell that can be changed. */
export interface CellFields extends Omit<CellDescription, 'simulated'>, CellLabel {
  readonly removed: boolean
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

interface LabelRow {
  serial: string | null
  maker: string | null
  nominal_voltage_V: number | null
  lot: string | null
  history: string | null
  notes: string | null
  tags: string
}

interface SummaryRow extends CellRow, Omit<LabelRow, 'history' | 'notes'> {
  cycles: number
  assessed_at: string | null
  state_of_health: number | null
  capacity_Ah: number | null
  evidence: string | null
  verdict: Verdict | null
  grade: string | null
}

interface FieldsRow extends CellRow, LabelRow {
  removed_at: string | null
}

export type CellRepository = ReturnType<typeof cellRepository>

/** Cells of the library. A removed cell stays in the file until it is restored or imported again. */
export function cellRepository(database: Database) {
  const { byId, byName, count, list, ids, names, insert, fields, write } = cellStatements(database)
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
    /** Ids and names. */
    names: (): string[] => names.all().flatMap(({ id, name }) => [id, name]),
    /** All that can be changed of a cell, removed ones included; null where there is no such cell. */
    fields(id: string): CellFields | null {
      const row = fields.get(id)
      return row === undefined ? null : cellFields(row)
    },
    /** `now`: when it is removed, where it is. */
    write: (id: string, changed: CellFields, now: string): void =>
      void write.run({ ...fieldColumns(changed), id, now }),
    insert: (cell: StoredCell) => void insert.run(columnsOf(cell)),
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
    names: database.prepare<[], { id: string; name: string }>(
      `SELECT id, name FROM cell WHERE removed_at IS NULL ORDER BY ${listOrder}`,
    ),
    fields: database.prepare<[string], FieldsRow>('SELECT * FROM cell WHERE id = ?'),
    write: database.prepare(
      `UPDATE cell SET name = @name, chemistry = @chemistry, nominal_capacity_Ah = @nominal_capacity_Ah,
         temperature_degC = @temperature_degC, serial = @serial, maker = @maker,
         nominal_voltage_V = @nominal_voltage_V, lot = @lot, history = @history, notes = @notes, tags = @tags,
         removed_at = iif(@removed, coalesce(removed_at, @now), NULL)
       WHERE id = @id`,
    ),
    insert: database.prepare(
      `INSERT INTO cell (id, name, chemistry, nominal_capacity_Ah, temperature_degC, simulated, imported_at)
       VALUES (@id, @name, @chemistry, @nominal_capacity_Ah, @temperature_degC, @simulated, @imported_at)`,
    ),
  }
}

const listOrder = 'cell.imported_at DESC, cell.rowid DESC'

/** By an index that holds all of an assessment that is listed: half the time of a look at 10,000 answers. */
const listSql = `
  SELECT cell.id, cell.name, cell.chemistry, cell.nominal_capacity_Ah, cell.temperature_degC, cell.simulated,
    cell.imported_at, cell.serial, cell.maker, cell.nominal_voltage_V, cell.lot, cell.tags,
    (SELECT count(*) FROM cycle WHERE cycle.cell_id = cell.id) AS cycles,
    newest.assessed_at, newest.state_of_health, newest.capacity_Ah, newest.evidence, grade.verdict, grade.grade
  FROM cell LEFT JOIN assessment AS newest INDEXED BY assessment_of_cell
      ON newest.cell_id = cell.id AND newest.rowid = ${newestValid}
    LEFT JOIN grade ON grade.assessment_id = newest.id AND grade.rules_version =
      (SELECT max(rules_version) FROM grade AS given WHERE given.assessment_id = newest.id)
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
  const { serial, maker, nominal_voltage_V, lot, tags, cycles, verdict, grade } = row
  return {
    ...storedCell(row),
    label: { serial, maker, nominalVoltage_V: nominal_voltage_V, lot, tags: tagsOf(tags) },
    cycles,
    assessed: assessedOf(row),
    grade: verdict === null ? null : { verdict, grade },
  }
}

function assessedOf({
  assessed_at,
  state_of_health,
  capacity_Ah,
  evidence,
}: SummaryRow): CellSummary['assessed'] {
  if (assessed_at === null || state_of_health === null || capacity_Ah === null || evidence === null)
    return null
  return { stateOfHealth: state_of_health, capacity_Ah, evidence, assessedAt: assessed_at }
}

/** Most cells have none. */
function tagsOf(tags: string): readonly string[] {
  return tags === '[]' ? blankLabel.tags : (JSON.parse(tags) as string[])
}

function cellFields(row: FieldsRow): CellFields {
  const { serial, maker, nominal_voltage_V, lot, history, notes, tags, removed_at } = row
  const { simulated: _, ...description } = storedCell(row).description
  const label = {
    serial,
    maker,
    nominalVoltage_V: nominal_voltage_V,
    lot,
    history,
    notes,
    tags: tagsOf(tags),
  }
  return { ...description, ...label, removed: removed_at !== null }
}

function fieldColumns({ nominalCapacity_Ah, nominalVoltage_V, tags, removed, ...texts }: CellFields) {
  return {
    ...texts,
    nominal_capacity_Ah: nominalCapacity_Ah,
    nominal_voltage_V: nominalVoltage_V,
    tags: JSON.stringify(tags),
    removed: removed ? 1 : 0,
  }
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
