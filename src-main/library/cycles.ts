import type { Database } from 'better-sqlite3'
import type { ChargeCurve, Cycle, Drive, Relaxation } from '../../src-shared/cell/cycle.ts'
import type { Trace } from '../../src-shared/cell/trace.ts'
import { toBlob, toFloat32, toFloat64 } from './columns.ts'
import { useOf, type UseRow } from './cycleUse.ts'

export interface NewCycle {
  readonly cycle: Cycle
  readonly trace: Trace | null
}

interface CycleRow extends UseRow {
  row: number
  number: number
  unusable: string | null
  discharge_capacity_Ah: number | null
  stored_charge: number | null
  stored_discharge: number | null
  stored_temperature: number | null
}

/** A cycle beside its curves; null where it has none. */
interface SignalsRow extends CycleRow {
  from_V: number | null
  to_V: number | null
  charge_Ah: Buffer | null
  rest_s: Buffer | null
  rest_V: Buffer | null
}

interface CurveRow {
  cycle_id: number
  kind: 'charge' | 'relaxation'
  from_V: number | null
  to_V: number | null
  x: Buffer | null
  y: Buffer
}

interface RecordPlace {
  first: number | null
  next: number | null
}

interface TraceRow {
  time_s: Buffer
  voltage_V: Buffer
  current_A: Buffer
}

export type CycleRepository = ReturnType<typeof cycleRepository>

/** Cycles with everything derived from their record: an assessment can be computed again from here alone. */
export function cycleRepository(database: Database) {
  const { list, newestFirst, identify, place, trace } = readStatements(database)
  const insertOne = cycleWriter(database)
  return {
    /** In the record's order. */
    ofCell: (cellId: string): Cycle[] => list.all(cellId).map(storedCycle),
    /** The last that fits, else the last of all; null where the cell has none. Reads no more than it must. */
    lastOf(cellId: string, fits: (cycle: Cycle) => boolean): Cycle | null {
      const row = newestFirst.get(cellId)
      if (row === undefined) return null
      const last = storedCycle(row)
      if (fits(last)) return last
      for (const earlier of newestFirst.iterate(cellId)) {
        const cycle = storedCycle(earlier)
        if (fits(cycle)) return cycle
      }
      return last
    },
    /** The library's own number of a cycle, null if the cell has no such row. */
    idOf: (cellId: string, row: number): number | null => identify.get(cellId, row)?.id ?? null,
    /** First row of a record of the cell, and of the one after it; null where there is none. */
    placeOf: (cellId: string, recordId: number): RecordPlace =>
      place.get({ cellId, recordId }) ?? { first: null, next: null },
    /** Null for files without a time series. */
    trace(cellId: string, row: number): Trace | null {
      const found = trace.get(cellId, row)
      if (found === undefined) return null
      const { time_s, voltage_V, current_A } = found
      return { time: toFloat32(time_s), voltage: toFloat32(voltage_V), current: toFloat32(current_A) }
    },
    /** Belongs in a transaction with the record. */
    insertAll(owner: { cellId: string; recordId: number }, cycles: readonly NewCycle[]): void {
      for (const cycle of cycles) insertOne(owner, cycle)
    },
  }
}

function readStatements(database: Database) {
  return {
    list: database.prepare<[string], SignalsRow>(`${signalsSql} ORDER BY cycle.row`),
    newestFirst: database.prepare<[string], SignalsRow>(`${signalsSql} ORDER BY cycle.row DESC`),
    identify: database.prepare<[string, number], { id: number }>(
      'SELECT id FROM cycle WHERE cell_id = ? AND row = ?',
    ),
    place: database.prepare<[{ cellId: string; recordId: number }], RecordPlace>(
      `WITH own AS (SELECT min(row) AS first FROM cycle WHERE record_id = @recordId)
       SELECT own.first, (SELECT min(row) FROM cycle
         WHERE cell_id = @cellId AND record_id <> @recordId AND row > own.first) AS next FROM own`,
    ),
    trace: database.prepare<[string, number], TraceRow>(
      'SELECT trace.* FROM trace JOIN cycle ON cycle.id = trace.cycle_id WHERE cycle.cell_id = ? AND cycle.row = ?',
    ),
  }
}

const signalsSql = `
  SELECT cycle.row, cycle.number, cycle.unusable, cycle.discharge_capacity_Ah, cycle.charge_A, cycle.charge_rate,
    cycle.discharge_A, cycle.discharge_rate, cycle.before_A, cycle.before_rate, cycle.temperature_degC,
    cycle.stored_charge, cycle.stored_discharge, cycle.stored_temperature, charge.from_V, charge.to_V, charge.y AS charge_Ah, rest.x AS rest_s, rest.y AS rest_V
  FROM cycle
    LEFT JOIN curve AS charge ON charge.cycle_id = cycle.id AND charge.kind = 'charge'
    LEFT JOIN curve AS rest ON rest.cycle_id = cycle.id AND rest.kind = 'relaxation'
  WHERE cycle.cell_id = ?`

function cycleWriter(database: Database) {
  const insertCycle = database.prepare(
    `INSERT INTO cycle (cell_id, record_id, row, number, unusable, discharge_capacity_Ah, charge_A, charge_rate, discharge_A,
       discharge_rate, before_A, before_rate, temperature_degC, stored_charge, stored_discharge, stored_temperature)
     VALUES (@cell_id, @record_id, @row, @number, @unusable, @discharge_capacity_Ah, @charge_A, @charge_rate, @discharge_A,
       @discharge_rate, @before_A, @before_rate, @temperature_degC, @stored_charge, @stored_discharge, @stored_temperature)`,
  )
  const insertCurve = database.prepare(
    'INSERT INTO curve (cycle_id, kind, from_V, to_V, x, y) VALUES (@cycle_id, @kind, @from_V, @to_V, @x, @y)',
  )
  const insertTrace = database.prepare(
    'INSERT INTO trace (cycle_id, time_s, voltage_V, current_A) VALUES (?, ?, ?, ?)',
  )
  return (owner: { cellId: string; recordId: number }, { cycle, trace }: NewCycle): void => {
    const columns = { ...cycleColumns(cycle), cell_id: owner.cellId, record_id: owner.recordId }
    const id = Number(insertCycle.run(columns).lastInsertRowid)
    for (const curve of curveColumns(id, cycle)) insertCurve.run(curve)
    if (trace !== null) insertTrace.run(id, toBlob(trace.time), toBlob(trace.voltage), toBlob(trace.current))
  }
}

function cycleColumns({ row, number, unusable, dischargeCapacity, use, stored }: Cycle): CycleRow {
  const [storedCharge, storedDischarge, storedTemperature] = stored ?? [null, null, null]
  return {
    row,
    number,
    unusable: unusable ?? null,
    discharge_capacity_Ah: dischargeCapacity,
    charge_A: ampereOf(use.charge),
    charge_rate: statedRateOf(use.charge),
    discharge_A: ampereOf(use.discharge),
    discharge_rate: statedRateOf(use.discharge),
    before_A: ampereOf(use.before),
    before_rate: statedRateOf(use.before),
    temperature_degC: use.temperature,
    stored_charge: storedCharge,
    stored_discharge: storedDischarge,
    stored_temperature: storedTemperature,
  }
}

function curveColumns(id: number, { chargeCurve, relaxation }: Cycle): CurveRow[] {
  const rows: CurveRow[] = []
  if (chargeCurve !== null) {
    const { from, to, charge } = chargeCurve
    rows.push({ cycle_id: id, kind: 'charge', from_V: from, to_V: to, x: null, y: toBlob(charge) })
  }
  if (relaxation !== null) {
    const { time, voltage } = relaxation
    const x = time === null ? null : toBlob(time)
    rows.push({ cycle_id: id, kind: 'relaxation', from_V: null, to_V: null, x, y: toBlob(voltage) })
  }
  return rows
}

function storedCycle(row: SignalsRow): Cycle {
  return {
    row: row.row,
    number: row.number,
    ...(row.unusable === null ? {} : { unusable: row.unusable }),
    chargeCurve: chargeCurveOf(row),
    relaxation: relaxationOf(row),
    dischargeCapacity: row.discharge_capacity_Ah,
    use: useOf(row),
    stored: storedUseOf(row),
  }
}

function chargeCurveOf({ from_V, to_V, charge_Ah }: SignalsRow): ChargeCurve | null {
  return charge_Ah === null ? null : { from: from_V, to: to_V, charge: toFloat64(charge_Ah) }
}

function relaxationOf({ rest_s, rest_V }: SignalsRow): Relaxation | null {
  if (rest_V === null) return null
  return { time: rest_s === null ? null : toFloat64(rest_s), voltage: toFloat64(rest_V) }
}

function storedUseOf(row: CycleRow): Cycle['stored'] {
  const { stored_charge, stored_discharge, stored_temperature } = row
  if (stored_charge === null || stored_discharge === null || stored_temperature === null) return null
  return [stored_charge, stored_discharge, stored_temperature]
}

function ampereOf(drive: Drive | null): number | null {
  return drive !== null && 'ampere' in drive ? drive.ampere : null
}

function statedRateOf(drive: Drive | null): number | null {
  return drive !== null && 'rate' in drive ? drive.rate : null
}
