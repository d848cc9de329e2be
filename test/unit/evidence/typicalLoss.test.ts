import { describe, expect, it } from 'vitest'
import { typicalLosses } from '../../../src-main/training/evidence/typicalLosses.ts'
import { lossPull, type LossUse, type TypicalLoss } from '../../../src-shared/evidence/typicalLoss.ts'
import type { EvidenceRow } from '../../../src-main/training/evidence/evidenceRow.ts'

const warm = useOf(0.5, 45)
const cold = useOf(0.5, 25)
const fast = useOf(1, 25)

const losses: TypicalLoss[] = [
  { use: warm, health: [0.8, 0.9], rate: [-2e-4, -4e-4] },
  { use: cold, health: [0.8, 0.9], rate: [-1e-3, -1e-3] },
]

function useOf(chargeRate: number, temperature: number): LossUse {
  return { chargeRate, dischargeRate: 1, temperature }
}

describe('what a planned use’s cells say', () => {
  it('is nothing under the own use, and under one that differs as little as two cyclers do', () => {
    expect(lossPull(losses, warm, warm).weight).toBe(0)
    expect(lossPull(losses, warm, useOf(0.52, 44)).weight).toBe(0)
  })

  it('is all under another trained use, straight between the healths and held beyond them', () => {
    const { weight, rateAt } = lossPull(losses, cold, warm)
    expect(weight).toBe(1)
    expect([0.7, 0.85, 0.95].map(rateAt)).toEqual([-2e-4, expect.closeTo(-3e-4, 9), -4e-4])
  })

  it('is nothing under a use far from every trained one', () => {
    expect(lossPull(losses, cold, fast).weight).toBe(0)
    expect(lossPull([], cold, warm).weight).toBe(0)
  })

  it('goes over evenly from the own use to the next', () => {
    const known: TypicalLoss[] = [
      ...losses,
      { use: useOf(0.5, 35), health: [0.8, 0.9], rate: [-5e-4, -5e-4] },
    ]
    const weights = Array.from(
      { length: 101 },
      (_, i) => lossPull(known, cold, useOf(0.5, 25 + i / 10)).weight,
    )
    expect(weights).toEqual([...weights].sort((a, b) => a - b))
    expect([weights[0], weights[100]]).toEqual([0, 1])
    expect(Math.max(...weights.slice(1).map((weight, i) => weight - weights[i]))).toBeLessThan(0.05)
  })
})

describe('typical losses of trained cells', () => {
  it('are the median over rows, by use and health', () => {
    const rows = [1, 2].flatMap((cell) => rowsOf(cell, warm, 1e-3)).concat(rowsOf(3, cold, 2e-3))
    const [ofWarm, ofCold] = typicalLosses(rows)
    expect(ofWarm.use).toEqual(warm)
    expect(ofWarm.health).toEqual([...ofWarm.health].sort((a, b) => a - b))
    for (const rate of ofWarm.rate) expect(rate).toBeCloseTo(-1e-3, 9)
    for (const rate of ofCold.rate) expect(rate).toBeCloseTo(-2e-3, 9)
  })

  it('are not told apart where a cell went through several uses', () => {
    expect(typicalLosses([...rowsOf(1, warm, 1e-3), ...rowsOf(1, cold, 1e-3)])).toEqual([])
  })
})

/** Sixty rows that lose the same each cycle. */
function rowsOf(cell: number, own: LossUse, rate: number): EvidenceRow[] {
  return Array.from({ length: 60 }, (_, row): EvidenceRow => {
    const capacity = 0.95 - rate * row
    return {
      cell,
      condition: 'toy',
      row,
      state: new Float64Array(64),
      own: { ...own, beforeRate: null },
      use: [own.chargeRate, own.dischargeRate, own.temperature, 0],
      capacity,
      features: new Float64Array(12),
      future: { use: new Float32Array(), capacity: new Float64Array() },
      lostAt: (step) => (row + step < 60 ? -rate * step : NaN),
    }
  })
}
