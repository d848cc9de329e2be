import type { Finding } from '../../../src-shared/cell/finding.ts'
import { Failure } from '../../../src-shared/failure/failure.ts'

/**
 * First row of each physical impossibility; any of them makes the numbers untrustworthy. `end` throws `voltage-range`
 * where the column `voltageName` never reaches what a cell has.
 */
export function rowChecks(voltageName: string): {
  row(row: { time: number; voltage: number; current: number }, line: number): void
  /** True once a current was below zero. */
  hasNegative(): boolean
  end(): Finding[]
} {
  const found = new Map<string, Finding>()
  let previous = -Infinity
  let highest = -Infinity
  let hasCurrent = false
  let hasNegative = false
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
      if (current < 0) hasNegative = true
      if (voltage > highest) highest = voltage
      previous = time
    },
    hasNegative: () => hasNegative,
    end() {
      if (highest > -Infinity && highest < leastCell_V) throw belowAnyCell(highest, voltageName)
      if (!hasCurrent)
        note('no-current', {
          message: 'The current is zero in every row.',
          proposal: 'Export a record with charge and discharge.',
        })
      return [...found.values()]
    },
  }
}

/** No cell stays below half a volt: volts under a heading of millivolts do. */
const leastCell_V = 0.5

function belowAnyCell(highest: number, column: string): Failure {
  const message = `The highest voltage is ${highest} V, below that of any cell.`
  return new Failure('refused', 'voltage-range', message, {
    advice: 'Check the unit of the voltage column, and export it in volts.',
    column,
  })
}
