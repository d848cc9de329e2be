import { expect, test } from 'vitest'
import type { PresentRow } from '../../../../src-main/training/regression/presentRows.ts'
import { leastRows, prototypesOf } from '../../../../src-main/training/regression/prototypes.ts'
import { stateLength } from '../../../../src-shared/evidence/state.ts'

function rowsOf(cell: number, count: number, use: PresentRow['use'] = [-1, 0, 2.5, 0]): PresentRow[] {
  return Array.from({ length: count }, (_, n) => ({
    cell,
    condition: 'held',
    state: Float64Array.from({ length: stateLength }, (_, i) => i / 100 + Math.sin(n * 7.3 + i) / 50),
    use,
    capacity: 1 - 0.001 * n,
    lostAt: (step) => (n + step < count ? -0.001 * step : NaN),
  }))
}

test('keeps means of rows, none of them a row', () => {
  const rows = [...rowsOf(0, 60), ...rowsOf(1, 60)]
  const kept = prototypesOf(rows, 20)
  expect(kept.length).toBeGreaterThan(10)
  const measured = new Set(rows.map(({ state }) => state.join()))
  for (const { state } of kept) expect(measured.has(state.join())).toBe(false)
  for (const { capacity } of kept) {
    expect(capacity).toBeLessThanOrEqual(1)
    expect(capacity).toBeGreaterThanOrEqual(0.94)
  }
})

test('leaves out what is too little for a mean', () => {
  expect(prototypesOf(rowsOf(0, leastRows - 1), 20)).toEqual([])
  expect(prototypesOf(rowsOf(0, leastRows), 20)).toHaveLength(1)
})

test('never mixes uses or cells', () => {
  const fast: PresentRow['use'] = [-1, 2, 2.5, 0]
  const emptied: PresentRow['use'] = [-1, 0, 2.5, -1]
  const rows = [...rowsOf(0, 30), ...rowsOf(0, 30, fast), ...rowsOf(0, 30, emptied), ...rowsOf(1, 30)]
  const kept = prototypesOf(rows, 40)
  expect(new Set(kept.map(({ cell, use }) => `${cell} ${use.join(' ')}`))).toEqual(
    new Set(['0 -1 0 2.5 0', '0 -1 2 2.5 0', '0 -1 0 2.5 -1', '1 -1 0 2.5 0']),
  )
})

test('says what cells lost only where most of its rows were followed', () => {
  const kept = prototypesOf(rowsOf(0, 60), 20)
  expect(kept.some((row) => Number.isNaN(row.lostAt(49)))).toBe(true)
  expect(kept.some((row) => Math.abs(row.lostAt(49) + 0.049) < 1e-9)).toBe(true)
})
