import type { CyclerRecord } from './record.ts'

/** Signals of one cycle, thinned for the plot: time s since the cycle's start, voltage V, current A, of equal length. */
export interface Trace {
  readonly time: Float32Array
  readonly voltage: Float32Array
  readonly current: Float32Array
}

const buckets = 150

/**
 * Signals of the record of one cycle, thinned for the plot: from each of some 150 stretches of equal length the samples
 * of least and greatest voltage are kept, so no spike is lost. Times start at 0.
 */
export function traceOf({ time, voltage, current }: CyclerRecord): Trace {
  const rows = keptRows(voltage)
  return {
    time: Float32Array.from(rows, (row) => time[row] - time[0]),
    voltage: Float32Array.from(rows, (row) => voltage[row]),
    current: Float32Array.from(rows, (row) => current[row]),
  }
}

function keptRows(voltage: Float64Array): number[] {
  const { length } = voltage
  if (length <= 2 * buckets) return Array.from({ length }, (_, i) => i)
  const rows = new Set([0, length - 1])
  for (let bucket = 0; bucket < buckets; bucket++) {
    const start = Math.floor((bucket * length) / buckets)
    const end = Math.floor(((bucket + 1) * length) / buckets)
    for (const row of extremes(voltage, { start, end })) rows.add(row)
  }
  return [...rows].toSorted((a, b) => a - b)
}

/** Rows of least and greatest voltage from `start` up to, not including, `end`. */
function extremes(voltage: Float64Array, { start, end }: { start: number; end: number }): [number, number] {
  let least = start
  let greatest = start
  for (let row = start + 1; row < end; row++) {
    if (voltage[row] < voltage[least]) least = row
    if (voltage[row] > voltage[greatest]) greatest = row
  }
  return [least, greatest]
}
