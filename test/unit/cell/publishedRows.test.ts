import { describe, expect, it } from 'vitest'
import { publishedRows } from '../../../src-shared/cell/publishedRows.ts'
import { cyclerRecord } from '../../fixtures/cyclerRecord.ts'

const numbers = (cycles: readonly { number: number }[]) => cycles.map(({ number }) => number)

describe('publishedRows', () => {
  it('takes cycles 2 to N, N being the count of numbers', () => {
    expect(numbers(publishedRows(cyclerRecord([{ number: 1 }, { number: 2 }, { number: 3 }])))).toEqual([
      2, 3,
    ])
    expect(numbers(publishedRows(cyclerRecord([{ number: 2 }, { number: 3 }, { number: 4 }])))).toEqual([
      2, 3,
    ])
  })

  it('drops a row that jumps 0.1 Ah from the one before, dropped or not', () => {
    // Capacities 2.40, 2.40, 2.16, 2.16, 2.40 Ah: the third and the fifth jump.
    const charges = [2000, 2000, 1800, 1800, 2000]
    const record = cyclerRecord([{ number: 1 }, ...charges.map((charge, i) => ({ number: i + 2, charge }))])
    const rows = publishedRows(record)
    expect(numbers(rows)).toEqual([2, 3, 5])
    expect(rows.map(({ row }) => row)).toEqual([0, 1, 2])
  })
})
