import type { CyclerRecord } from '../../src-shared/cell/record.ts'

export type RecordRow = { readonly [column in keyof CyclerRecord]: number }

export interface GrowingRecord {
  push(row: RecordRow): void
  /** Leaves every second row out, from the second on. */
  halve(): void
  clear(): void
  rows(): number
  /** The rows so far; valid until the next one comes. */
  view(): CyclerRecord
}

/** Collects rows of unknown number in typed columns that double when full. */
export function growingRecord(): GrowingRecord {
  let columns = emptyColumns(1024)
  let length = 0
  return {
    push(row) {
      if (length === columns.time.length) columns = doubled(columns)
      columns.time[length] = row.time
      columns.voltage[length] = row.voltage
      columns.current[length] = row.current
      columns.chargeCapacity[length] = row.chargeCapacity
      columns.dischargeCapacity[length] = row.dischargeCapacity
      columns.cycle[length] = row.cycle
      columns.mode[length] = row.mode
      length++
    },
    halve() {
      length = Math.ceil(length / 2)
      for (const column of Object.values(columns) as (Float64Array | Int32Array | Uint8Array)[])
        for (let i = 1; i < length; i++) column[i] = column[2 * i]
    },
    clear: () => (length = 0),
    rows: () => length,
    view: () => firstRows(columns, length),
  }
}

function emptyColumns(capacity: number): CyclerRecord {
  return {
    time: new Float64Array(capacity),
    voltage: new Float64Array(capacity),
    current: new Float64Array(capacity),
    chargeCapacity: new Float64Array(capacity),
    dischargeCapacity: new Float64Array(capacity),
    cycle: new Int32Array(capacity),
    mode: new Uint8Array(capacity),
  }
}

/** The same columns with room for twice as many rows; their memory moves, so that they are never held twice. */
function doubled(columns: CyclerRecord): CyclerRecord {
  const moved = (column: Float64Array | Int32Array | Uint8Array) =>
    (column.buffer as ArrayBuffer).transfer(2 * column.byteLength)
  return {
    time: new Float64Array(moved(columns.time)),
    voltage: new Float64Array(moved(columns.voltage)),
    current: new Float64Array(moved(columns.current)),
    chargeCapacity: new Float64Array(moved(columns.chargeCapacity)),
    dischargeCapacity: new Float64Array(moved(columns.dischargeCapacity)),
    cycle: new Int32Array(moved(columns.cycle)),
    mode: new Uint8Array(moved(columns.mode)),
  }
}

function firstRows(columns: CyclerRecord, rows: number): CyclerRecord {
  return {
    time: columns.time.subarray(0, rows),
    voltage: columns.voltage.subarray(0, rows),
    current: columns.current.subarray(0, rows),
    chargeCapacity: columns.chargeCapacity.subarray(0, rows),
    dischargeCapacity: columns.dischargeCapacity.subarray(0, rows),
    cycle: columns.cycle.subarray(0, rows),
    mode: columns.mode.subarray(0, rows),
  }
}
