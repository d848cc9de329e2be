import type { Finding } from '../../../src-shared/cell/finding.ts'

/** First row of each physical impossibility; any of them makes the numbers untrustworthy. */
export function rowChecks(): {
  row(row: { time: number; voltage: number; current: number }, line: number): void
  end(): Finding[]
} {
  const found = new Map<string, Finding>()
  let previous = -Infinity
  let hasCurrent = false
  const note = (code: string, finding: Omit<Finding, 'code'>) => {
    if (!found.has(code)) found.set(code, { code, ...finding })
  }
  return {
    row({ time, voltage, current }, line) {
      if (time < previous)
        note('time-backwards', {
          message: `Time falls from ${previous} to ${time} s.`,
          line,
          proposal: 'Export the rows in the order they were measured.',
        })
      if (voltage > 5)
        note('voltage-range', {
          message: `${voltage} V is above 5 V: several cells in series, or millivolts.`,
          line,
          proposal: 'Export the voltage of one cell in volts.',
        })
      if (voltage < -0.05)
        note('voltage-range', {
          message: `A cell voltage of ${voltage} V is not possible.`,
          line,
          proposal: 'Check the voltage column.',
        })
      if (current !== 0) hasCurrent = true
      previous = time
    },
    end() {
      if (!hasCurrent)
        note('no-current', {
          message: 'The current is zero in every row.',
          proposal: 'Export a record with charge and discharge.',
        })
      return [...found.values()]
    },
  }
}
