import type { Finding } from '../../../src-shared/cell/finding.ts'
import type { Repair } from '../../../src-shared/cell/repair.ts'

interface Timed {
  readonly time: number
}

/**
 * Passes rows on whose time never steps back and hands every other one to `leave`, with the time it stepped back from.
 * Of two rows out of order the one is left out that fits neither neighbour. The last row waits for `end`.
 */
export function inTimeOrder<Row extends Timed>(
  pass: (row: Row) => void,
  leave: (row: Row, from: number) => void,
): { row(row: Row): void; end(): void } {
  let passed = -Infinity
  let waiting: Row | null = null
  return {
    row(next) {
      if (waiting === null) waiting = next
      else if (next.time >= waiting.time) {
        pass(waiting)
        passed = waiting.time
        waiting = next
      } else if (next.time >= passed) {
        leave(waiting, waiting.time)
        waiting = next
      } else leave(next, waiting.time)
    },
    end() {
      if (waiting !== null) pass(waiting)
      waiting = null
    },
  }
}

/** Adds what had passed before to times that restart at zero. */
export function continuedTime(): (time: number) => number {
  let offset = 0
  let before = -Infinity
  return (time) => {
    if (time + offset < before) offset = before - Math.min(0, time)
    before = time + offset
    return before
  }
}

interface NumberedTime extends Timed {
  readonly line: number
}

/** Few enough to be strays of a cycler that writes a row out of turn. */
const strayShare = 0.01
/** A time that falls to this share of what had passed has restarted. */
const restartShare = 0.05

/** Says where time steps back, and whether leaving rows out or counting on would mend it. */
export function timeOrder(column: string): { row(row: NumberedTime): void; end(): Finding[] } {
  let first: { line: number; from: number; to: number } | null = null
  let before = Number.NaN
  let start = Number.NaN
  let rows = 0
  let left = 0
  let restarts = 0
  const order = inTimeOrder<NumberedTime>(
    () => undefined,
    () => left++,
  )
  return {
    row(row) {
      rows++
      if (Number.isNaN(start)) start = row.time
      if (row.time < before) {
        first ??= { line: row.line, from: before, to: row.time }
        if (row.time <= start + restartShare * Math.abs(before - start)) restarts++
        else restarts = -Infinity
      }
      before = row.time
      order.row(row)
    },
    end() {
      order.end()
      return first === null ? [] : [stepsBack(first, { column, left, rows, restarts })]
    },
  }
}

function stepsBack(
  { line, from, to }: { line: number; from: number; to: number },
  { column, left, rows, restarts }: { column: string; left: number; rows: number; restarts: number },
): Finding {
  const repair: Repair = left > strayShare * rows && restarts > 0 ? 'continue-time' : 'drop-late-rows'
  const others = left > 1 ? ` ${left} of ${rows} rows are out of order.` : ''
  return {
    code: 'time-backwards',
    isDoubt: true,
    message: `Time falls from ${from} to ${to} s.${others}`,
    line,
    column,
    found: `${to} s`,
    proposal:
      repair === 'continue-time'
        ? 'Go on counting where the time restarts, or export the whole test time.'
        : 'Leave out the rows that step back, or export them in the order they were measured.',
    repair,
  }
}
