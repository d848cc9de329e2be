import type { CyclerRecord } from '../../src-shared/cell/record.ts'

export type RecordRow = { readonly [column in keyof CyclerRecord]: number }

export interface GrowingRecord {
  push(row: RecordRow): void
  /** The rows so far as one record of exactly their number. */
  end(): CyclerRecord
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
    end: () => firstRows(columns, length),
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

function doubled(columns: CyclerRecord): CyclerRecord {
  const larger = emptyColumns(columns.time.length * 2)
  for (const name of Object.keys(columns) as (keyof CyclerRecord)[]) larger[name].set(columns[name])
  return larger
}

function firstRows(columns: CyclerRecord, length: number): CyclerRecord {
  return {
    time: columns.time.slice(0, length),
    voltage: columns.voltage.slice(0, length),
    current: columns.current.slice(0, length),
    chargeCapacity: columns.chargeCapacity.slice(0, length),
    dischargeCapacity: columns.dischargeCapacity.slice(0, length),
    cycle: columns.cycle.slice(0, length),
    mode: columns.mode.slice(0, length),
  }
}
