import type { CyclerRecord } from '../../src-shared/cell/record.ts'

export type RecordRow = { readonly [column in keyof CyclerRecord]: number }

export interface GrowingRecord {
  push(row: RecordRow): void
  /** All rows as one record of exactly their number; once, at the end. */
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
    end: () => resized(columns, length),
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
  return resized(columns, columns.time.length * 2)
}

/** The same columns with another number of rows; their memory moves, so that they are never held twice. */
function resized(columns: CyclerRecord, rows: number): CyclerRecord {
  const moved = (column: Float64Array | Int32Array | Uint8Array) =>
    (column.buffer as ArrayBuffer).transfer(rows * column.BYTES_PER_ELEMENT)
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
