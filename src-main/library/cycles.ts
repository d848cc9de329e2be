import type { Database } from 'better-sqlite3'
import type { ChargeCurve, Cycle, CycleUse, Drive, Relaxation } from '../../src-shared/cell/cycle.ts'
import type { Trace } from '../../src-shared/cell/trace.ts'
import { toBlob, toFloat32, toFloat64 } from './columns.ts'

export interface NewCycle {
  readonly cycle: Cycle
  readonly trace: Trace | null
}

interface CycleRow {
  id: number
  row: number
  number: number
  discharge_capacity_Ah: number | null
  charge_A: number | null
  charge_rate: number | null
  discharge_A: number | null
  discharge_rate: number | null
  temperature_degC: number | null
  stored_charge: number | null
  stored_discharge: number | null
  stored_temperature: number | null
}

interface CurveRow {
  cycle_id: number
  kind: 'charge' | 'relaxation'
  from_V: number | null
  to_V: number | null
  x: Buffer | null
  y: Buffer
}

interface TraceRow {
  time_s: Buffer
  voltage_V: Buffer
  current_A: Buffer
}

export type CycleRepository = ReturnType<typeof cycleRepository>

/** Cycles with everything derived from their record: an assessment can be computed again from here alone. */
export function cycleRepository(database: Database) {
  const { list, curves, identify, trace } = readStatements(database)
  const insertOne = cycleWriter(database)
  return {
    /** In the record's order. */
    ofCell(cellId: string): Cycle[] {
      const found = curvesByCycle(curves.all(cellId))
      return list.all(cellId).map((row) => storedCycle(row, found.get(row.id) ?? []))
    },
    /** The library's own number of a cycle, null if the cell has no such row. */
    idOf: (cellId: string, row: number): number | null => identify.get(cellId, row)?.id ?? null,
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
    list: database.prepare<[string], CycleRow>('SELECT * FROM cycle WHERE cell_id = ? ORDER BY row'),
    curves: database.prepare<[string], CurveRow>(
      'SELECT curve.* FROM curve JOIN cycle ON cycle.id = curve.cycle_id WHERE cycle.cell_id = ?',
    ),
    identify: database.prepare<[string, number], { id: number }>(
      'SELECT id FROM cycle WHERE cell_id = ? AND row = ?',
    ),
    trace: database.prepare<[string, number], TraceRow>(
      'SELECT trace.* FROM trace JOIN cycle ON cycle.id = trace.cycle_id WHERE cycle.cell_id = ? AND cycle.row = ?',
    ),
  }
}

function cycleWriter(database: Database) {
  const insertCycle = database.prepare(
    `INSERT INTO cycle (cell_id, record_id, row, number, discharge_capacity_Ah, charge_A, charge_rate, discharge_A,
       discharge_rate, temperature_degC, stored_charge, stored_discharge, stored_temperature)
     VALUES (@cell_id, @record_id, @row, @number, @discharge_capacity_Ah, @charge_A, @charge_rate, @discharge_A,
       @discharge_rate, @temperature_degC, @stored_charge, @stored_discharge, @stored_temperature)`,
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

function cycleColumns({ row, number, dischargeCapacity, use, stored }: Cycle): Omit<CycleRow, 'id'> {
  const [storedCharge, storedDischarge, storedTemperature] = stored ?? [null, null, null]
  return {
    row,
    number,
    discharge_capacity_Ah: dischargeCapacity,
    charge_A: ampereOf(use.charge),
    charge_rate: statedRateOf(use.charge),
    discharge_A: ampereOf(use.discharge),
    discharge_rate: statedRateOf(use.discharge),
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

function storedCycle(row: CycleRow, curves: readonly CurveRow[]): Cycle {
  return {
    row: row.row,
    number: row.number,
    chargeCurve: chargeCurveOf(curves.find((curve) => curve.kind === 'charge')),
    relaxation: relaxationOf(curves.find((curve) => curve.kind === 'relaxation')),
    dischargeCapacity: row.discharge_capacity_Ah,
    use: useOf(row),
    stored: storedUseOf(row),
  }
}

function curvesByCycle(rows: readonly CurveRow[]): Map<number, CurveRow[]> {
  const found = new Map<number, CurveRow[]>()
  for (const row of rows) found.set(row.cycle_id, [...(found.get(row.cycle_id) ?? []), row])
  return found
}

function chargeCurveOf(row: CurveRow | undefined): ChargeCurve | null {
  if (row === undefined) return null
  return { from: row.from_V, to: row.to_V, charge: toFloat64(row.y) }
}

function relaxationOf(row: CurveRow | undefined): Relaxation | null {
  if (row === undefined) return null
  return { time: row.x === null ? null : toFloat64(row.x), voltage: toFloat64(row.y) }
}

function useOf(row: CycleRow): CycleUse {
  return {
    charge: driveOf(row.charge_A, row.charge_rate),
    discharge: driveOf(row.discharge_A, row.discharge_rate),
    temperature: row.temperature_degC,
  }
}

function storedUseOf(row: CycleRow): Cycle['stored'] {
  const { stored_charge, stored_discharge, stored_temperature } = row
  if (stored_charge === null || stored_discharge === null || stored_temperature === null) return null
  return [stored_charge, stored_discharge, stored_temperature]
}

function driveOf(ampere: number | null, rate: number | null): Drive | null {
  if (ampere !== null) return { ampere }
  return rate === null ? null : { rate }
}

function ampereOf(drive: Drive | null): number | null {
  return drive !== null && 'ampere' in drive ? drive.ampere : null
}

function statedRateOf(drive: Drive | null): number | null {
  return drive !== null && 'rate' in drive ? drive.rate : null
}
