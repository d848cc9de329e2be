import { describe, expect, it } from 'vitest'
import { matchBatteries } from '../../../src-shared/lot/matching.ts'
import { outliersOf } from '../../../src-shared/lot/outliers.ts'
import { sampleLot } from '../../fixtures/lot.ts'

const { batteries } = sampleLot(200)
const graded = batteries.filter(({ answer }) => answer?.grade.verdict === 'graded')

describe('matching groups', () => {
  it('take each graded battery once, of one grade, and count the rest', () => {
    const { groups, left } = matchBatteries(batteries, 4)
    const members = groups.flatMap((group) => group.members)
    expect(new Set(members).size).toBe(members.length)
    expect(members.length + left).toBe(graded.length)
    for (const { members: own, grade } of groups) {
      expect(new Set(own.map(({ answer }) => answer?.grade.grade))).toEqual(new Set([grade]))
    }
  })

  it('state the greatest difference between any two at any cycle, the closest group first', () => {
    const { groups } = matchBatteries(batteries, 3)
    for (const { members, spread_Ah } of groups) {
      const [a, b, c] = members.map(({ answer }) => answer!.trajectory_Ah)
      const most = Math.max(...a.map((x, i) => Math.max(x, b[i], c[i]) - Math.min(x, b[i], c[i])))
      expect(spread_Ah).toBeCloseTo(most, 12)
    }
    const spreads = groups.map(({ spread_Ah }) => spread_Ah)
    expect(spreads).toEqual(spreads.toSorted((a, b) => a - b))
  })

  it('are none where there are too few', () => {
    expect(matchBatteries([], 4)).toEqual({ groups: [], left: 0 })
    expect(matchBatteries(graded.slice(0, 1), 2)).toEqual({ groups: [], left: 1 })
  })
})

describe('outliers', () => {
  it('are the batteries made to be far from the others', () => {
    const names = outliersOf(batteries).map(({ battery }) => battery.name)
    expect(names).toEqual(['NCA-0002', 'NCA-0052', 'NCA-0102', 'NCA-0152'])
  })

  it('are none in a lot of a few or of equals', () => {
    expect(outliersOf(graded.slice(0, 4))).toEqual([])
    expect(outliersOf(new Array<(typeof graded)[number]>(9).fill(graded[0]))).toEqual([])
  })
})
