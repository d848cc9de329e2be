import { describe, expect, it } from 'vitest'
import { bestAssignment } from '../../../../src-main/training/evidence/assignment.ts'
import type { EvidenceRow } from '../../../../src-main/training/evidence/evidenceRow.ts'
import { measureModes, type GateRecord } from '../../../../src-main/training/evidence/modes.ts'
import { seededRandom } from '../../../../src-shared/network/seededRandom.ts'

const random = seededRandom(5)

describe('best assignment', () => {
  it('is that of all permutations', () => {
    for (let turn = 0; turn < 50; turn++) {
      const N = 1 + (turn % 6)
      const gain = Float64Array.from({ length: N * N }, () => random.uniform() - 0.5)
      const total = (columns: ArrayLike<number>): number =>
        Array.from(columns).reduce((sum, column, row) => sum + gain[row * N + column], 0)
      const best = Math.max(...permutations(N).map(total))
      expect(total(bestAssignment(gain, N))).toBeCloseTo(best, 12)
    }
  })
})

describe('degradation modes', () => {
  const rows = Array.from({ length: 200 }, (_, n) => ({
    row: { cell: Math.floor(n / 20), capacity: 1 - 0.01 * (n % 20) } as EvidenceRow,
    type: 0,
  }))
  const ageing = Float64Array.from(rows, ({ row }) => 1 - row.capacity)
  const noise = (): Float64Array => Float64Array.from(rows, () => random.uniform())
  const shapes = [(t: number) => -t / 9, (t: number) => -((t / 9) ** 4)]
  const effects = shapes.map((shape) => Float64Array.from({ length: 10 }, (_, t) => 0.01 * shape(t)))

  it('names what every network has, in whatever order', () => {
    const other = ageing.map((weight) => Math.sin(40 * weight))
    const network = (flip: boolean): GateRecord => ({
      weights: flip ? [other, ageing] : [ageing, other],
      effects: flip ? [...effects].reverse() : effects,
      costs: flip ? [0.001, 0.002] : [0.002, 0.001],
    })
    const modes = measureModes(rows, [network(true), network(false), network(true), network(false)])
    expect(modes.map(({ name }) => name)).toEqual(['steady fade', 'late fade'])
    expect(modes[0].stability).toBeCloseTo(1, 6)
    expect(modes[0].removalCost).toBeCloseTo(0.002, 9)
    expect(modes[0].healthCorrelation).toBeCloseTo(-1, 6)
    expect(modes[0].healthP).toBeLessThan(0.01)
  })

  it('names nothing that other networks do not share', () => {
    const network = (): GateRecord => ({ weights: [noise(), noise()], effects, costs: [0, 0] })
    const modes = measureModes(rows, [network(), network(), network()])
    for (const { name, stability, healthP } of modes) {
      expect(name).toBeNull()
      expect(stability).toBeLessThan(0.5)
      expect(healthP).toBeGreaterThan(0.01)
    }
  })
})

function permutations(N: number): number[][] {
  if (N === 0) return [[]]
  return permutations(N - 1).flatMap((rest) =>
    Array.from({ length: N }, (_, place) => [...rest.slice(0, place), N - 1, ...rest.slice(place)]),
  )
}
