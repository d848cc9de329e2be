import type { CyclerRecord } from './record.ts'

/** Signals of one cycle, thinned for the plot: time s since the cycle's start, voltage V, current A, of equal length. */
export interface Trace {
  readonly time: Float32Array
  readonly voltage: Float32Array
  readonly current: Float32Array
}

const buckets = 100

/**
 * Signals of the record of one cycle, thinned for the plot: from each of some 100 stretches of equal length the samples
 * of least and greatest voltage and current are kept, and those beside the greatest jump of the current, so that no spike
 * is lost and steps stay steep. Times start at 0.
 */
export function traceOf({ time, voltage, current }: CyclerRecord): Trace {
  const rows = keptRows(voltage, current)
  return {
    time: Float32Array.from(rows, (row) => time[row] - time[0]),
    voltage: Float32Array.from(rows, (row) => voltage[row]),
    current: Float32Array.from(rows, (row) => current[row]),
  }
}

function keptRows(voltage: Float64Array, current: Float64Array): number[] {
  const { length } = voltage
  if (length <= 6 * buckets) return Array.from({ length }, (_, i) => i)
  const rows = new Set([0, length - 1])
  for (let bucket = 0; bucket < buckets; bucket++) {
    const start = Math.floor((bucket * length) / buckets)
    const end = Math.floor(((bucket + 1) * length) / buckets)
    for (const signal of [voltage, current]) {
      for (const row of extremes(signal, { start, end })) rows.add(row)
    }
    for (const row of greatestJump(current, { start, end })) rows.add(row)
  }
  return [...rows].toSorted((a, b) => a - b)
}

/** The two rows between which the signal changes most, from `start` up to, not including, `end`. */
function greatestJump(
  signal: Float64Array,
  { start, end }: { start: number; end: number },
): [number, number] {
  const jump = (row: number): number => Math.abs(signal[row] - signal[row - 1])
  let after = Math.max(1, start)
  for (let row = after + 1; row < end; row++) if (jump(row) > jump(after)) after = row
  return [after - 1, after]
}

/** Rows of the least and the greatest value from `start` up to, not including, `end`. */
function extremes(signal: Float64Array, { start, end }: { start: number; end: number }): [number, number] {
  let least = start
  let greatest = start
  for (let row = start + 1; row < end; row++) {
    if (signal[row] < signal[least]) least = row
    if (signal[row] > signal[greatest]) greatest = row
  }
  return [least, greatest]
}
