import type { CyclerRecord } from '../../src-shared/cell/record.ts'
import type { Trace } from '../library/cycles.ts'

/** Rows of a record from `start` up to, not including, `end`. */
interface Stretch {
  readonly start: number
  readonly end: number
}

const bucketsPerTrace = 150

/**
 * Signals of every cycle number in a record, thinned for the plot: from each of some 150 stretches of equal length the
 * samples of least and greatest voltage are kept, so no spike is lost. Times start at 0 with the cycle.
 */
export function cycleTraces(record: CyclerRecord): Map<number, Trace> {
  const traces = new Map<number, Trace>()
  for (const [number, stretch] of stretches(record)) traces.set(number, thinned(record, stretch))
  return traces
}

function stretches({ cycle }: CyclerRecord): Map<number, Stretch> {
  const found = new Map<number, Stretch>()
  for (let start = 0; start < cycle.length;) {
    const number = cycle[start]
    let end = start + 1
    while (end < cycle.length && cycle[end] === number) end++
    // A number that comes back belongs to a record with a restart; the longest stretch is the cycle.
    const known = found.get(number)
    if (known === undefined || known.end - known.start < end - start) found.set(number, { start, end })
    start = end
  }
  return found
}

function thinned(record: CyclerRecord, stretch: Stretch): Trace {
  const rows = keptRows(record.voltage, stretch)
  const origin = record.time[stretch.start]
  return {
    time: Float32Array.from(rows, (row) => record.time[row] - origin),
    voltage: Float32Array.from(rows, (row) => record.voltage[row]),
    current: Float32Array.from(rows, (row) => record.current[row]),
  }
}

function keptRows(voltage: Float64Array, { start, end }: Stretch): number[] {
  if (end - start <= 2 * bucketsPerTrace) return Array.from({ length: end - start }, (_, i) => start + i)
  const rows = new Set([start, end - 1])
  for (let bucket = 0; bucket < bucketsPerTrace; bucket++) {
    const from = start + Math.floor((bucket * (end - start)) / bucketsPerTrace)
    const to = start + Math.floor(((bucket + 1) * (end - start)) / bucketsPerTrace)
    for (const row of extremes(voltage, { start: from, end: to })) rows.add(row)
  }
  return [...rows].toSorted((a, b) => a - b)
}

function extremes(voltage: Float64Array, { start, end }: Stretch): [number, number] {
  let least = start
  let greatest = start
  for (let row = start + 1; row < end; row++) {
    if (voltage[row] < voltage[least]) least = row
    if (voltage[row] > voltage[greatest]) greatest = row
  }
  return [least, greatest]
}
