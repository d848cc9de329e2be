import type { MeasuredUse } from '../../../src-shared/evidence/presentCapacity.ts'
import type { Fraction } from '../../../src-shared/units/quantities.ts'
import { groupedBy } from '../problem/grouping.ts'

/** One measured row with its capacity: what the regression learns from. */
export interface PresentRow {
  /** Rows of one cell belong together. */
  readonly cell: number
  readonly condition: string
  /** (64) measured in its whole window. */
  readonly state: Float64Array
  readonly use: MeasuredUse
  /** Relative to the rated capacity. */
  readonly capacity: Fraction
  /** What the capacity changed by until that many rows later, relative to the rated one; NaN where it was not followed. */
  lostAt(step: number): Fraction
}

/** Groups that cells are left out in. */
export const folds = 5

/**
 * Cells of each condition dealt in turn to the folds, so that none lacks a condition; every condition begins with
 * another fold, so that those of few cells do not all fall into the first.
 */
export function foldsByCell(rows: readonly Pick<PresentRow, 'cell' | 'condition'>[]): Map<number, number> {
  const fold = new Map<number, number>()
  const next = new Map<string, number>()
  for (const { cell, condition } of rows) {
    if (fold.has(cell)) continue
    const turn = next.get(condition) ?? next.size
    fold.set(cell, turn % folds)
    next.set(condition, turn + 1)
  }
  return fold
}

/** Rows of a condition, where it has as many. */
const leastShare = 150

/**
 * About `total` rows, evenly spread along each condition; a condition has a share by the root of its rows, so that long
 * files do not drown short ones.
 */
export function spreadRows<R extends { readonly condition: string }>(rows: readonly R[], total: number): R[] {
  if (rows.length <= total) return [...rows]
  const all = [...groupedBy(rows, ({ condition }) => condition).values()].sort((a, b) => a.length - b.length)
  let left = total
  let weights = all.reduce((sum, group) => sum + Math.sqrt(group.length), 0)
  return all.flatMap((group) => {
    const weight = Math.sqrt(group.length)
    const count = Math.min(group.length, Math.max(leastShare, Math.floor((left * weight) / weights)))
    left = Math.max(0, left - count)
    weights -= weight
    return Array.from({ length: count }, (_, k) => group[Math.floor((k * group.length) / count)])
  })
}
