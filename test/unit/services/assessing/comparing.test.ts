import { describe, expect, it } from 'vitest'
import { rankRows } from '../../../../src-main/services/assessing/comparing.ts'
import type { ComparisonRow } from '../../../../src-shared/contract/comparisons.ts'
import type { Assessment } from '../../../../src-shared/forecast/assessment.ts'

function rowOf(life: { p10: number | null; p50: number | null } | null, left = 3): ComparisonRow {
  const point = {
    cycle: 50,
    capacity_Ah: left,
    low_Ah: left - 0.5,
    high_Ah: left + 0.5,
    evidence: 'estimated',
  }
  const assessment = {
    endOfLife: { threshold: 0.8, p90: null, ...life },
    trajectory: [point],
    nominalCapacity_Ah: 3.5,
  }
  return {
    cell: 'c',
    cellName: 'c',
    scenario: 's',
    rank: null,
    surpassed: null,
    crossings: [],
    assessment: life === null ? null : (assessment as unknown as Assessment),
    failure: null,
  }
}

describe('ranks of a comparison', () => {
  const ranks = (
    rows: ComparisonRow[],
    confidence: 'p10' | 'p20' | 'p50' | 'p90' = 'p50',
    rankedBy: 'cycles' | 'health' = 'cycles',
  ) => rankRows(rows, { confidence, rankedBy }).map((row) => row.rank)

  it('puts the longest life first and leaves out what has no answer', () => {
    expect(ranks([rowOf({ p10: 1, p50: 20 }), rowOf(null), rowOf({ p10: 1, p50: 40 })])).toEqual([2, null, 1])
  })

  it('reads the life at the confidence that was chosen', () => {
    const rows = [rowOf({ p10: 9, p50: 20 }), rowOf({ p10: 5, p50: 40 })]
    expect(ranks(rows, 'p10')).toEqual([1, 2])
    expect(ranks(rows, 'p50')).toEqual([2, 1])
  })

  it('orders lives beyond the horizon by what is left at its end', () => {
    const beyond = { p10: null, p50: null }
    expect(ranks([rowOf({ p10: 1, p50: 49 }, 3.4), rowOf(beyond, 2.9), rowOf(beyond, 3.1)])).toEqual([
      3, 2, 1,
    ])
  })

  it('gives no cautious rank to an answer without an interval, which would pass for a long life', () => {
    const { assessment, ...row } = rowOf({ p10: null, p50: 5 })
    const trajectory = assessment!.trajectory.map((point) => ({ ...point, low_Ah: null, high_Ah: null }))
    const bare = { ...row, assessment: { ...assessment!, trajectory } }
    expect(ranks([bare, rowOf({ p10: 30, p50: 40 })], 'p10')).toEqual([null, 1])
    expect(ranks([bare, rowOf({ p10: 30, p50: 40 })], 'p50')).toEqual([2, 1])
  })

  it('shares a rank between equals', () => {
    const row = rowOf({ p10: 1, p50: 20 })
    expect(ranks([row, row, rowOf({ p10: 1, p50: 10 })])).toEqual([1, 1, 3])
  })

  it('ranks by the health that is left, whatever the cycles to the threshold', () => {
    const rows = [rowOf({ p10: 9, p50: 20 }, 3.0), rowOf({ p10: 5, p50: 10 }, 3.2)]
    expect(ranks(rows, 'p50', 'health')).toEqual([2, 1])
  })

  it('says what is surpassed with 90, 80 and 50 %', () => {
    const row = rowOf({ p10: null, p50: null })
    const left = (['p10', 'p20', 'p50'] as const).map(
      (confidence) => rankRows([row], { confidence, rankedBy: 'health' })[0].surpassed!.stateOfHealth * 3.5,
    )
    // 1.2816 and 0.8416 standard deviations below, of which 1.6449 are half the interval.
    const expected = [3 - (0.5 * 1.2816) / 1.6449, 3 - (0.5 * 0.8416) / 1.6449, 3]
    left.forEach((value, i) => expect(value).toBeCloseTo(expected[i], 9))
  })
})
