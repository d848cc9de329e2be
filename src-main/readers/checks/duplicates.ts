import type { Finding } from '../../../src-shared/cell/finding.ts'

interface Signals {
  readonly time: number
  readonly voltage: number
  readonly current: number
}

export function isRepeated(before: Signals | null, row: Signals): boolean {
  return (
    before !== null &&
    before.time === row.time &&
    before.voltage === row.voltage &&
    before.current === row.current
  )
}

/** Cyclers write the last row of a step again as the first of the next; more than this share are copies. */
const usualShare = 0.05

/** Counts rows that repeat the one above in time, voltage and current. */
export function duplicates(): { row(row: Signals & { line: number }): void; end(): Finding[] } {
  let before: Signals | null = null
  let first: number | null = null
  let count = 0
  let rows = 0
  return {
    row(row) {
      rows++
      if (isRepeated(before, row)) {
        first ??= row.line
        count++
      }
      before = row
    },
    end() {
      if (first === null) return []
      const isUsual = count <= Math.max(2, usualShare * rows)
      return [
        {
          code: 'duplicate-rows',
          ...(isUsual ? { isNote: true } : { isDoubt: true }),
          message: `${count} of ${rows} rows repeat the one above.`,
          line: first,
          proposal: 'Leave out the rows that repeat the one above.',
          repair: 'drop-duplicates',
        },
      ]
    },
  }
}
