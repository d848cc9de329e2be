import { describe, expect, it } from 'vitest'
import { polynomialForecast } from '../../../src-shared/forecast/polynomial.ts'
import type { Cycle } from '../../../src-shared/cell/cycle.ts'
import { measuredCycle } from './fixtures.ts'

const description = {
  name: 'aged',
  chemistry: 'NCA',
  nominalCapacity_Ah: 3.5,
  temperature_degC: 25,
  simulated: false,
}

function followed(count: number, capacityAt: (n: number) => number): Cycle[] {
  return Array.from({ length: count }, (_, n) =>
    measuredCycle({ number: n + 1, row: n, dischargeCapacity: capacityAt(n) }),
  )
}

function asked(cycles: readonly Cycle[], horizon = 30) {
  return polynomialForecast({ cell: { name: 'aged', description, cycles }, horizon, threshold: 0.8 })
}

describe('a polynomial through past capacities', () => {
  it('goes on along a cubic fade and starts at the measured capacity', () => {
    const capacityAt = (n: number): number => 3.4 - 0.002 * n - 1e-6 * n * n - 2e-9 * n ** 3
    const answer = asked(followed(120, capacityAt))
    expect(answer.presentCapacity).toMatchObject({ value_Ah: capacityAt(119), evidence: 'measured' })
    for (const { cycle, capacity_Ah } of answer.trajectory)
      expect(capacity_Ah).toBeCloseTo(capacityAt(119 + cycle), 3)
    expect(answer.domain.findings.map(({ code }) => code)).toContain('constant-use')
  })

  it('is as wide as it was wrong before', () => {
    const noisy = asked(followed(150, (n) => 3.4 - 0.002 * n + 0.02 * Math.sin(n * 1.7)))
    const calm = asked(followed(150, (n) => 3.4 - 0.002 * n + 0.001 * Math.sin(n * 1.7)))
    const width = ({ trajectory }: typeof calm): number =>
      (trajectory[20].high_Ah ?? 0) - (trajectory[20].low_Ah ?? 0)
    expect(width(noisy)).toBeGreaterThan(5 * width(calm))
  })

  it('gives no interval where the past is too short to tell', () => {
    const { trajectory, domain } = asked(
      followed(60, (n) => 3.4 - 0.002 * n),
      40,
    )
    expect(trajectory[2].low_Ah).toBeNull()
    expect(trajectory[2].evidence).toBe('extrapolated')
    expect(domain.findings.map(({ code }) => code)).toContain('no-hindsight')
  })

  it('needs fifty capacities', () => {
    expect(() => asked(followed(49, () => 3))).toThrow(
      'aged has 49 measured capacities; a polynomial needs 50.',
    )
  })
})
