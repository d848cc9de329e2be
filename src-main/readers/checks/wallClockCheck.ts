import type { Finding } from '../../../src-shared/cell/finding.ts'
import type { Repair } from '../../../src-shared/cell/repair.ts'

interface Dated {
  readonly time: number
  /** s since 1970 on the wall clock; null where the row has none or was not asked. */
  readonly clock: number | null
  readonly line: number
}

/** Dates tell whole seconds or minutes; over this long their grain no longer matters, s. */
const leastElapsed = 600
const tolerance = 0.05
const mostPairs = 512

const factors: readonly { readonly factor: number; readonly repair: Repair; readonly as: string }[] = [
  { factor: 60, repair: 'time-times-60', as: 'minutes' },
  { factor: 3600, repair: 'time-times-3600', as: 'hours' },
  { factor: 0.001, repair: 'time-times-0.001', as: 'milliseconds' },
  { factor: 1000, repair: 'time-times-1000', as: 'thousands of seconds' },
  { factor: 1 / 60, repair: `time-times-${1 / 60}`, as: 'seconds under a heading of minutes' },
  { factor: 1 / 3600, repair: `time-times-${1 / 3600}`, as: 'seconds under a heading of hours' },
]

/**
 * Holds the test time against the dates in the same rows. Pauses and a clock that was set move single spans, so the
 * middle of all spans decides.
 */
export function wallClockCheck(column: string): { row(row: Dated): void; end(): Finding[] } {
  let from: { time: number; clock: number; line: number } | null = null
  const spans: { share: number; line: number }[] = []
  return {
    row({ time, clock, line }) {
      if (clock === null || spans.length === mostPairs) return
      from ??= { time, clock, line }
      const passed = clock - from.clock
      if (Math.abs(passed) < leastElapsed) return
      if (passed > 0 && time > from.time) spans.push({ share: (time - from.time) / passed, line: from.line })
      from = { time, clock, line }
    },
    end() {
      if (spans.length === 0) return []
      const middle = spans.toSorted((a, b) => a.share - b.share)[spans.length >> 1]
      if (Math.abs(middle.share - 1) <= tolerance) return []
      return [mismatch(middle, column)]
    },
  }
}

function mismatch({ share, line }: { share: number; line: number }, column: string): Finding {
  const found = factors.find(({ factor }) => Math.abs(share * factor - 1) <= tolerance)
  const ratio = share.toPrecision(3)
  if (found !== undefined) {
    return {
      code: 'clock-mismatch',
      isDoubt: true,
      message: `The test time runs ${ratio} times as fast as the dates in the same rows: it counts ${found.as}.`,
      line,
      column,
      found: `${ratio} s per s`,
      proposal: `Multiply the time by ${Number(found.factor.toPrecision(6))}, or export it with its unit.`,
      repair: found.repair,
    }
  }
  // A test that pauses counts less than the clock; none counts more.
  const isPaused = share < 1
  return {
    code: 'clock-mismatch',
    ...(isPaused ? { isNote: true } : { isDoubt: true }),
    message: isPaused
      ? 'The dates in the rows tell of much more time than the test time counts: the test seems to have been paused.'
      : `The test time runs ${ratio} times as fast as the dates in the same rows.`,
    line,
    column,
    found: `${ratio} s per s`,
    proposal: isPaused
      ? 'Nothing, if the test was paused; else check the unit of the time.'
      : 'Check the unit of the time and the order of day and month in the dates.',
  }
}
