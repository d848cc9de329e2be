import { describe, expect, it } from 'vitest'
import { motionSize, planMotion, rangeFor, standingFigure } from '../../../src-shared/chart/planMotion.ts'
import {
  describePlanTrajectory,
  followerPlace,
  planTrajectoryOption,
  planTrajectoryTable,
  type FollowingLine,
} from '../../../src-shared/chart/planTrajectory.ts'
import { lightTheme } from '../../../src-shared/chart/theme.ts'
import { sampleAssessment } from '../../fixtures/assessment.ts'

const before = sampleAssessment({ seed: 3, horizon: 50, extrapolatedFrom: 20 })
const after = sampleAssessment({ seed: 4, horizon: 50, extrapolatedFrom: 30 })

function follower(seed: number, label = `Cell ${seed}`): FollowingLine {
  const { trajectory, endOfLife, simulated } = sampleAssessment({ seed, horizon: 50, extrapolatedFrom: 30 })
  const capacity_Ah = trajectory.map((point) => point.capacity_Ah)
  return { label, capacity_Ah, estimatedSteps: 30, endOfLife, simulated, isForward: false }
}

function figure(others: readonly FollowingLine[] = [], range: { low: number; high: number } | null = null) {
  return standingFigure({ before, others, span: 60, range }, lightTheme)
}

describe('lines that follow a dragged edge', () => {
  it('stand where the chart would draw them', () => {
    const standing = figure()
    const { paths, box } = planMotion({ assessment: after, others: [], edges: [] }, standing, lightTheme)
    expect(box).toEqual(
      planTrajectoryOption({ assessment: before, others: [], before, span: 60, edges: [] }, lightTheme).grid,
    )
    const [band, solid, dotted] = paths
    expect([band.fillOpacity > 0, solid.isDotted, dotted.isDotted]).toEqual([true, false, true])
    const [, x, y] = /^M([\d.]+) ([\d.]+)L/.exec(solid.d)!.map(Number)
    const { low, high } = standing.range
    expect(x).toBe(0)
    expect(y).toBeCloseTo((motionSize * (high - after.trajectory[0].capacity_Ah)) / (high - low), 1)
    // One line: the dotted part begins where the solid one ends.
    expect(dotted.d.startsWith(`M${solid.d.split('L').at(-1)!}`)).toBe(true)
    expect(Number(dotted.d.split(/[L ]/).at(-2))).toBeCloseTo(
      (motionSize * after.trajectory.at(-1)!.cycle) / 60,
      1,
    )
  })

  it('mark the edges that the axis covers', () => {
    const { edges } = planMotion({ assessment: after, others: [], edges: [15, 60, 90] }, figure(), lightTheme)
    expect(edges).toEqual([motionSize / 4])
  })

  it('of many cells are few paths', () => {
    const others = Array.from({ length: 50 }, (_, i) => follower(i))
    const { paths } = planMotion({ assessment: after, others, edges: [] }, figure(others), lightTheme)
    expect(paths).toHaveLength(5)
    expect(paths[0].d.match(/M/g)).toHaveLength(50)
    expect(paths[0].stroke).toBe(lightTheme.pale)
  })

  it('keep the axis while they stay within it, else give it room to go on', () => {
    const { range } = figure()
    expect(rangeFor({ assessment: before, others: [], edges: [] }, range)).toBe(range)
    const low = { ...follower(3), capacity_Ah: [1, 0.5] }
    const wider = rangeFor({ assessment: before, others: [low], edges: [] }, range)
    expect(wider.low).toBeLessThan(0.5)
    expect(wider.high).toBe(range.high)
    expect(figure([], wider).option.yAxis).toMatchObject({ min: wider.low, max: wider.high })
  })

  it('leave the figure beneath without lines, but for what was there before', () => {
    const series = figure([follower(1)]).option.series as { name?: string; type: string; data: unknown[] }[]
    const drawn = series.filter(({ data }) => data.length > 0)
    expect(drawn.map(({ name }) => name)).toEqual(['Before'])
  })
})

describe('cells under one plan', () => {
  it('have colours of their own while these can be told apart', () => {
    const few = [1, 2, 3].map((seed) => follower(seed))
    expect(few.map((_, index) => followerPlace(few, index))).toEqual([1, 2, 3])
    const many = Array.from({ length: 8 }, (_, i) => ({ ...follower(i), isForward: i === 5 }))
    expect(many.map((_, index) => followerPlace(many, index))).toEqual([
      null,
      null,
      null,
      null,
      null,
      1,
      null,
      null,
    ])
  })

  it('are told in words and numbers', () => {
    const others = [follower(1), follower(2)]
    const chart = { assessment: after, others, before: null, span: 60, edges: [] }
    expect(describePlanTrajectory(chart)).toMatch(
      /With it 2 other cells, [\d.]+ Ah to [\d.]+ Ah at the end; \d of 2 reach/,
    )
    const { rows } = planTrajectoryTable(chart)
    expect(rows.filter(([series]) => series === 'Cell 2')).toHaveLength(others[1].capacity_Ah.length)
    expect(new Set(rows.map((row) => row.length)).size).toBe(1)
  })
})
