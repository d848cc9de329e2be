import type { MeasuredUse } from '../../../src-shared/evidence/presentCapacity.ts'
import { stateLength } from '../../../src-shared/evidence/state.ts'
import type { Fraction } from '../../../src-shared/units/quantities.ts'
import { groupedBy, mean } from '../problem/grouping.ts'
import type { PresentRow } from './presentRows.ts'

/** Rows that one prototype stands for, at least: none is anybody's measurement. */
export const leastRows = 3
/** Prototypes of a condition, where its rows give as many. */
const leastShare = 75

/**
 * About `most` means of three rows alike: of one cell, measured in the same use. What a package keeps are these means;
 * published rows stay where they were published.
 *
 * Each condition has a share by the root of its rows, so that long files do not drown short ones. A stretch of fewer than
 * three rows is left out.
 */
export function prototypesOf(rows: readonly PresentRow[], most: number): PresentRow[] {
  const conditions = [...groupedBy(rows, ({ condition }) => condition).values()].sort(
    (a, b) => a.length - b.length,
  )
  let left = most
  let weights = conditions.reduce((sum, { length }) => sum + Math.sqrt(length), 0)
  return conditions.flatMap((own) => {
    const weight = Math.sqrt(own.length)
    const share = Math.max(leastShare, Math.floor((left * weight) / weights))
    const found = meansOf(own, share)
    left = Math.max(0, left - found.length)
    weights -= weight
    return found
  })
}

/** Means of rows spread along each cell of one condition, about `count` in all. */
export function meansOf(rows: readonly PresentRow[], count: number): PresentRow[] {
  const stretches = groupedBy(rows, ({ cell, use }) => [cell, ...use.map(roundedUse)].join(' '))
  return [...stretches.values()].flatMap((own) => {
    const parts = Math.min(
      Math.floor(own.length / leastRows),
      Math.max(1, Math.round((count * own.length) / rows.length)),
    )
    const distance = distanceIn(own)
    return Array.from({ length: parts }, (_, k) =>
      meanRow(alike(own, { first: Math.floor((k * own.length) / parts), distance })),
    )
  })
}

/** A row and those most like it, so that a mean looks like a measurement. */
function alike(
  rows: readonly PresentRow[],
  { first, distance }: { first: number; distance: (a: PresentRow, b: PresentRow) => number },
): PresentRow[] {
  return rows
    .map((row) => ({ row, away: distance(row, rows[first]) }))
    .sort((a, b) => a.away - b.away)
    .slice(0, leastRows)
    .map(({ row }) => row)
}

/** Mean squared difference of two rows, each number in units of its spread over the rows; the capacity counts as all others. */
function distanceIn(rows: readonly PresentRow[]): (a: PresentRow, b: PresentRow) => number {
  const weights = Float64Array.from(
    { length: stateLength },
    (_, i) => 1 / spreadOfPart(rows, ({ state }) => state[i]),
  )
  const capacityWeight = stateLength / spreadOfPart(rows, ({ capacity }) => capacity)
  return (a, b) => {
    let sum = capacityWeight * (a.capacity - b.capacity) ** 2
    for (let i = 0; i < stateLength; i++) sum += weights[i] * (a.state[i] - b.state[i]) ** 2
    return sum
  }
}

/** Variance, never quite 0. */
function spreadOfPart(rows: readonly PresentRow[], part: (row: PresentRow) => number): number {
  const values = rows.map(part)
  const middle = mean(values)
  return mean(values.map((value) => (value - middle) ** 2)) + 1e-12
}

/** Uses that differ by less are one: 7 % of a rate, 1 °C. */
function roundedUse(value: number): number {
  return Math.round(10 * value)
}

function meanRow(rows: readonly PresentRow[]): PresentRow {
  const [{ cell, condition }] = rows
  const state = new Float64Array(stateLength)
  for (const row of rows) row.state.forEach((value, i) => (state[i] += value / rows.length))
  const part = (d: 0 | 1 | 2 | 3): number => mean(rows.map(({ use }) => use[d]))
  const use: MeasuredUse = [part(0), part(1), part(2), part(3)]
  const capacity: Fraction = mean(rows.map((row) => row.capacity))
  const lostAt = (step: number): Fraction => {
    const followed = rows.map((row) => row.lostAt(step)).filter(Number.isFinite)
    return 2 * followed.length < rows.length ? NaN : mean(followed)
  }
  return { cell, condition, state, use, capacity, lostAt }
}
