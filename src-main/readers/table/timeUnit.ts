import type { SourceCell } from '../containers/sourceTable.ts'
import { cellText, isMissing } from './cellNumber.ts'
import type { QuantityColumns } from './headings.ts'
import { dateBeside, type DateReading } from './wallClock.ts'

export interface TimeUnit {
  readonly index: number
  readonly unit: 's' | 'min' | 'h'
}

/** Dates tell whole seconds or minutes; over this long their grain no longer matters, s. */
const leastElapsed = 600
const tolerance = 0.05
const units = [
  { unit: 's', factor: 1 },
  { unit: 'min', factor: 60 },
  { unit: 'h', factor: 3600 },
] as const

/**
 * Finds the unit that a heading of test time leaves out by the dates in the same rows; null where the heading needs none
 * or there are no dates. `row` answers null until the rows tell.
 */
export function timeUnit(
  { time, clock }: QuantityColumns,
  dates: DateReading = {},
): { row(cells: readonly SourceCell[], line: number): TimeUnit | null } | null {
  if (time === undefined || clock === undefined || (time.unit ?? '') !== '') return null
  const dateOf = dateBeside({ clock }, dates)
  let first: { elapsed: number; date: number } | null = null
  let hasRestarted = false
  return {
    row(cells, line) {
      const text = cellText(cells[time.index]).replace(',', '.')
      const elapsed = isMissing(text) ? Number.NaN : Number(text)
      const date = dateOf(cells, line)
      // A time that falls is a step's, and the dates say nothing of its unit.
      hasRestarted ||= first !== null && elapsed <= first.elapsed && (date ?? 0) > first.date
      if (date === null || !Number.isFinite(elapsed) || hasRestarted) return null
      first ??= { elapsed, date }
      const passed = date - first.date
      if (passed < leastElapsed) return null
      const found = units.find(
        ({ factor }) => Math.abs(((elapsed - (first?.elapsed ?? 0)) * factor) / passed - 1) <= tolerance,
      )
      return found === undefined ? null : { index: time.index, unit: found.unit }
    },
  }
}
