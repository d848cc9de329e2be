import type { Ampere, Volt } from '../units/quantities.ts'

/** One measured row; time in s. */
export interface OverviewRow {
  readonly time: number
  readonly voltage: Volt
  readonly current: Ampere
}

/** Signals of a whole record, thinned for a plot: s, V, A of equal length, in the record's order. */
export interface OverviewSignals {
  readonly time: readonly number[]
  readonly voltage: readonly number[]
  readonly current: readonly number[]
}

export interface SignalOverview {
  add(row: OverviewRow, line: number): void
  signals(): OverviewSignals
  /** When the row of a line was measured, s, to the grain of the plot; null where no row came. */
  timeOf(line: number): number | null
}

/** Of a stretch of rows: the first, and those of least and greatest voltage and current. */
interface Stretch {
  readonly line: number
  readonly rows: Kept[]
}

interface Kept extends OverviewRow {
  readonly index: number
}

/** Stretches are joined by twos when there are twice as many. */
const fewest = 256

/**
 * Thins a record of unknown length while its rows pass: of each of 256 to 512 stretches of equal length the first row and
 * those of extreme voltage and current are kept, so that no spike is lost and memory does not grow.
 */
export function signalOverview(): SignalOverview {
  let stretches: Stretch[] = []
  let stride = 1
  let count = 0
  let last: (Kept & { readonly line: number }) | null = null
  return {
    add({ time, voltage, current }, line) {
      const row = { time, voltage, current, index: count }
      if (count % stride === 0) {
        if (stretches.length === 2 * fewest) {
          stretches = joinedByTwos(stretches)
          stride *= 2
        }
        if (count % stride === 0) stretches.push({ line, rows: [row, row, row, row, row] })
      }
      keepExtremes(stretches[stretches.length - 1].rows, row)
      last = { ...row, line }
      count++
    },
    signals() {
      const kept = stretches.flatMap(({ rows }) => rows)
      const byIndex = new Map([...kept, ...(last === null ? [] : [last])].map((row) => [row.index, row]))
      const rows = [...byIndex.values()].toSorted((a, b) => a.index - b.index)
      return {
        time: rows.map(({ time }) => time),
        voltage: rows.map(({ voltage }) => voltage),
        current: rows.map(({ current }) => current),
      }
    },
    timeOf(line) {
      const at = stretches.findLastIndex((stretch) => stretch.line <= line)
      if (last === null) return null
      if (at < 0) return stretches[0].rows[0].time
      const start = stretches[at]
      const next = stretches.at(at + 1)
      const end = next === undefined ? last : { line: next.line, time: next.rows[0].time }
      const lines = end.line - start.line
      const share = lines === 0 ? 0 : Math.min(1, (line - start.line) / lines)
      return start.rows[0].time + share * (end.time - start.rows[0].time)
    },
  }
}

function keepExtremes(rows: Kept[], row: Kept): void {
  if (row.voltage < rows[1].voltage) rows[1] = row
  if (row.voltage > rows[2].voltage) rows[2] = row
  if (row.current < rows[3].current) rows[3] = row
  if (row.current > rows[4].current) rows[4] = row
}

function joinedByTwos(stretches: readonly Stretch[]): Stretch[] {
  return stretches.flatMap(({ line, rows }, i) => {
    if (i % 2 === 1) return []
    const joined = [...rows]
    for (const row of stretches[i + 1]?.rows ?? []) keepExtremes(joined, row)
    return [{ line, rows: joined }]
  })
}
