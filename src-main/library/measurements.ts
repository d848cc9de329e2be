import type { Database } from 'better-sqlite3'
import type { CycleUse } from '../../src-shared/cell/cycle.ts'
import type { MeasuredCapacity } from '../../src-shared/forecast/scoring.ts'
import { useOf, type UseRow } from './cycleUse.ts'

/** A cycle as far as a score asks: its capacity, where it was measured, and the use it was recorded under. */
export interface CapacityCycle {
  readonly row: number
  readonly number: number
  readonly capacity_Ah: number | null
  readonly use: CycleUse
  readonly importedAt: string
}

interface CapacityRow extends UseRow {
  row: number
  number: number
  discharge_capacity_Ah: number | null
  imported_at: string
}

interface StatedRow {
  row: number
  capacity_Ah: number
  stated_at: string
}

export type MeasurementRepository = ReturnType<typeof measurementRepository>

/** Capacities that were measured: those that records hold, and those that users state of a place among a cell's cycles. */
export function measurementRepository(database: Database) {
  const { cycles, stated, at, state, remove, scorable } = measurementStatements(database)
  return {
    /** In the order of the cycles. */
    cyclesOf: (cellId: string): CapacityCycle[] => cycles.all(cellId).map(capacityCycle),
    statedOf: (cellId: string): MeasuredCapacity[] => stated.all(cellId).map(statedCapacity),
    /** What is stated of one cycle; null where nothing is. */
    statedAt: (cellId: string, row: number): number | null => at.get(cellId, row)?.capacity_Ah ?? null,
    /** Takes the place of what was stated of that row before. */
    state(cellId: string, { row, capacity_Ah, stated_at }: StatedRow): void {
      state.run({ cell_id: cellId, row, capacity_Ah, stated_at })
    },
    /** How many were there to remove. */
    remove: (cellId: string, row: number): number => remove.run(cellId, row).changes,
    /** Cells with a kept assessment and a capacity measured at a later cycle. */
    scorableCells: (): string[] => scorable.all().map(({ id }) => id),
  }
}

function measurementStatements(database: Database) {
  return {
    cycles: database.prepare<[string], CapacityRow>(
      `SELECT cycle.*, record.imported_at FROM cycle JOIN record ON record.id = cycle.record_id
       WHERE cycle.cell_id = ? ORDER BY cycle.row`,
    ),
    stated: database.prepare<[string], StatedRow>(
      'SELECT row, capacity_Ah, stated_at FROM measurement WHERE cell_id = ? ORDER BY row',
    ),
    at: database.prepare<[string, number], StatedRow>(
      'SELECT row, capacity_Ah, stated_at FROM measurement WHERE cell_id = ? AND row = ?',
    ),
    state: database.prepare(
      `INSERT INTO measurement (cell_id, row, capacity_Ah, stated_at) VALUES (@cell_id, @row, @capacity_Ah, @stated_at)
       ON CONFLICT (cell_id, row) DO UPDATE SET capacity_Ah = excluded.capacity_Ah, stated_at = excluded.stated_at`,
    ),
    remove: database.prepare('DELETE FROM measurement WHERE cell_id = ? AND row = ?'),
    scorable: database.prepare<[], { id: string }>(
      `SELECT DISTINCT assessment.cell_id AS id FROM assessment
         JOIN cell ON cell.id = assessment.cell_id AND cell.removed_at IS NULL
         JOIN cycle AS asked ON asked.id = assessment.cycle_id
       WHERE EXISTS (SELECT 1 FROM cycle AS later WHERE later.cell_id = assessment.cell_id
           AND later.row > asked.row AND later.discharge_capacity_Ah IS NOT NULL)
         OR EXISTS (SELECT 1 FROM measurement WHERE measurement.cell_id = assessment.cell_id
           AND measurement.row > asked.row)`,
    ),
  }
}

function capacityCycle(row: CapacityRow): CapacityCycle {
  return {
    row: row.row,
    number: row.number,
    capacity_Ah: row.discharge_capacity_Ah,
    use: useOf(row),
    importedAt: row.imported_at,
  }
}

function statedCapacity({ row, capacity_Ah, stated_at }: StatedRow): MeasuredCapacity {
  return { row, capacity_Ah, origin: 'stated', knownSince: stated_at }
}
