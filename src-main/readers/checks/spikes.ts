import type { Finding } from '../../../src-shared/cell/finding.ts'

interface Signals {
  readonly voltage: number
  readonly current: number
}

/** The voltage jumps by at least this much and comes back to within `returned`, V. */
const jump = 0.15
const returned = 0.02
/** The current stays the same to this share of the greatest so far. */
const steady = 0.02

/**
 * Tells single samples whose voltage jumps away and back under a steady current, as no cell can. A row is judged when the
 * one after it comes, so `pass` lags by one; the last waits for `end`.
 */
export function withoutSpikes<Row extends Signals>(
  pass: (row: Row) => void,
  leave: (row: Row, before: Row) => void,
): { row(row: Row): void; end(): void } {
  let before: Row | null = null
  let waiting: Row | null = null
  let greatest = 0
  return {
    row(next) {
      greatest = Math.max(greatest, Math.abs(next.current))
      if (waiting !== null) {
        if (before !== null && isSpike(before, waiting, next, greatest)) leave(waiting, before)
        else {
          pass(waiting)
          before = waiting
        }
      }
      waiting = next
    },
    end() {
      if (waiting !== null) pass(waiting)
      waiting = null
    },
  }
}

function isSpike(before: Signals, row: Signals, next: Signals, greatest: number): boolean {
  const away = row.voltage - before.voltage
  const back = row.voltage - next.voltage
  if (Math.min(Math.abs(away), Math.abs(back)) < jump || Math.abs(away - back) > returned) return false
  const allowed = steady * greatest
  return Math.abs(row.current - before.current) <= allowed && Math.abs(row.current - next.current) <= allowed
}

interface NumberedSignals extends Signals {
  readonly line: number
}

/** Names the first sample that jumps away and back. */
export function spikes(column: string): { row(row: NumberedSignals): void; end(): Finding[] } {
  let first: { row: NumberedSignals; before: NumberedSignals } | null = null
  let count = 0
  const search = withoutSpikes<NumberedSignals>(
    () => undefined,
    (row, before) => {
      first ??= { row, before }
      count++
    },
  )
  return {
    row: (row) => {
      search.row(row)
    },
    end() {
      search.end()
      if (first === null) return []
      const { row, before } = first
      const others = count === 1 ? '' : ` ${count} samples do so.`
      return [
        {
          code: 'voltage-jump',
          isDoubt: true,
          message: `The voltage jumps from ${before.voltage} to ${row.voltage} V and back while the current stays.${others}`,
          line: row.line,
          column,
          found: `${row.voltage} V`,
          proposal: 'Leave out the samples that jump, or correct them.',
          repair: 'drop-spikes',
        },
      ]
    },
  }
}
