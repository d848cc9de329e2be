import { describe, expect, it } from 'vitest'
import { divergence, greatestDifference, matchFutures } from '../../../src-shared/lot/divergence.ts'
import { seededUniform } from '../../fixtures/assessment.ts'

/** Fading states of health, some with a knee. */
function futures(count: number, { seed = 1, length = 50 } = {}): Float64Array[] {
  const random = seededUniform(seed)
  return Array.from({ length: count }, () => {
    const [start, slope, knee] = [0.7 + 0.2 * random(), 0.002 * random(), 0.00004 * random()]
    return Float64Array.from({ length }, (_, cycle) => start - slope * cycle - knee * cycle ** 2)
  })
}

/** Least sum over all ways to pair an even number of trajectories. */
function bestPairing(trajectories: readonly Float64Array[]): number {
  if (trajectories.length === 0) return 0
  const [first, ...others] = trajectories
  return Math.min(
    ...others.map((other, i) => divergence(first, other) + bestPairing(others.filter((_, at) => at !== i))),
  )
}

const sum = (groups: readonly { divergence: number }[]): number =>
  groups.reduce((total, group) => total + group.divergence, 0)

describe('divergence', () => {
  it('is the mean difference over the cycles that both cover, whichever comes first', () => {
    const [a, b] = [Float64Array.of(0.9, 0.8, 0.7), Float64Array.of(0.8, 0.8)]
    expect(divergence(a, b)).toBeCloseTo(0.05, 12)
    expect(divergence(b, a)).toBe(divergence(a, b))
    expect(greatestDifference(a, b)).toBeCloseTo(0.1, 12)
    expect(divergence(a, a)).toBe(0)
  })
})

describe('matching by future', () => {
  it('pairs what stays alike, not what is alike now', () => {
    const line = (start: number, slope: number) =>
      Float64Array.from({ length: 50 }, (_, cycle) => start - slope * cycle)
    const trajectories = [line(0.8, 0), line(0.81, 0.004), line(0.79, 0.004), line(0.82, 0)]
    expect(matchFutures(trajectories, 2).groups.map(({ members }) => members)).toEqual(
      expect.arrayContaining([
        [0, 3],
        [1, 2],
      ]),
    )
  })

  it.each([1, 2, 3, 4, 5, 6])('is within 10 %% of the best pairing of eight, seed %i', (seed) => {
    const trajectories = futures(8, { seed })
    const found = sum(matchFutures(trajectories, 2).groups)
    const best = bestPairing(trajectories)
    expect(found).toBeGreaterThanOrEqual(best - 1e-12)
    expect(found).toBeLessThanOrEqual(1.1 * best)
  })

  it.each([
    [7, 2],
    [10, 3],
    [5, 5],
    [3, 4],
    [0, 2],
  ])('uses every one of %i trajectories once in groups of %i, or leaves it', (count, size) => {
    const { groups, left } = matchFutures(futures(count), size)
    expect(groups).toHaveLength(Math.floor(count / size))
    const all = [...groups.flatMap(({ members }) => members), ...left].toSorted((a, b) => a - b)
    expect(all).toEqual(Array.from({ length: count }, (_, i) => i))
    expect(groups.map(({ divergence: own }) => own)).toEqual(
      groups.map(({ divergence: own }) => own).toSorted((a, b) => a - b),
    )
  })

  it('leaves the one that is unlike all others', () => {
    const outlier = Float64Array.from({ length: 50 }, (_, cycle) => 0.5 - 0.01 * cycle)
    expect(matchFutures([...futures(6), outlier], 2).left).toEqual([6])
  })

  it('does not depend on the order in which cells are named', () => {
    const trajectories = futures(30, { seed: 9 })
    const forth = sum(matchFutures(trajectories, 3).groups)
    expect(sum(matchFutures(trajectories.toReversed(), 3).groups)).toBeCloseTo(forth, 9)
  })
})
