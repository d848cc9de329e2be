import { expect, test } from 'vitest'
import { fitPresent } from '../../../src-main/training/regression/fitPresent.ts'
import type { PresentRow } from '../../../src-main/training/regression/presentRows.ts'
import { presentReader } from '../../../src-shared/evidence/presentCapacity.ts'
import { curvePoints, stateLength, wholeWindow } from '../../../src-shared/evidence/state.ts'

const grid = { from: 3.6, to: 4.15 }

/** A cell that is charged less the more it has aged, at any temperature alike. */
function rowsOf(cell: number, temperature_degC: number): PresentRow[] {
  return Array.from({ length: 40 }, (_, n) => {
    const capacity = 1 - 0.007 * n - 0.004 * (cell % 3)
    return {
      cell,
      condition: `${temperature_degC} °C`,
      state: Float64Array.from({ length: stateLength }, (_, i) => pointOf(i, { capacity, n: n + 7 * cell })),
      use: [-1, 0, temperature_degC / 10, 0],
      capacity,
      lostAt: (step) => (n + step < 40 ? -0.007 * step : NaN),
    }
  })
}

function pointOf(i: number, { capacity, n }: { capacity: number; n: number }): number {
  const noise = 2e-4 * Math.sin(12.9898 * i + 78.233 * n)
  if (i === 0) return 0
  if (i < curvePoints) return capacity * (i / (curvePoints - 1)) ** 1.2 * 0.8 + noise
  return 0.1 - 0.05 * (1 - capacity) - 0.008 * (i - curvePoints) + noise
}

const rows = [25, 35].flatMap((temperature, k) => [0, 1, 2].flatMap((c) => rowsOf(3 * k + c, temperature)))
const reader = presentReader(fitPresent(rows, grid, [wholeWindow]))

test.each([
  ['trained', 25, 0.001],
  ['between the trained ones', 30, 0.003],
  ['beyond them', 45, 0.015],
])('reads cells in a use %s, at %i °C', (_, temperature, most) => {
  const errors = rowsOf(7, temperature).map(({ state, use, capacity }) => {
    const reading = reader.read({ state, window: wholeWindow }, use)
    return Math.abs((reading?.capacity ?? NaN) - capacity)
  })
  expect(Math.max(...errors)).toBeLessThan(most)
})
