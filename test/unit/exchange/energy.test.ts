import { describe, expect, it } from 'vitest'
import { type EnergySource, remainingEnergy } from '../../../src-shared/exchange/energy.ts'

const hours = 2
const rows = 200
const at = (i: number): number => (hours * 3600 * i) / (rows - 1)

/** A charge of an hour and a rest, then 1.5 A out over two hours while the voltage falls from 4.1 to 3.1 V. */
const signals = {
  time_s: [0, 3600, 3601, 3660, ...Array.from({ length: rows }, (_, i) => 3661 + at(i))],
  voltage_V: [3.4, 4.2, 4.18, 4.15, ...Array.from({ length: rows }, (_, i) => 4.1 - i / (rows - 1))],
  current_A: [3, 3, 0, 0, ...Array<number>(rows).fill(-1.5)],
}
const presentCapacity = { value_Ah: 2.9, low_Ah: 2.8, high_Ah: 3, evidence: 'estimated' } as const
const source: EnergySource = {
  signals,
  dischargeCapacity_Ah: 3,
  presentCapacity,
  nominalVoltage_V: null,
}

describe('remainingEnergy', () => {
  it('is the integral of voltage and current over a recorded full discharge', () => {
    const { value_Wh, evidence, basis } = remainingEnergy(source)
    expect(value_Wh).toBeCloseTo(1.5 * hours * 3.6, 2)
    expect(evidence).toBe('measured')
    expect(basis).toContain('at 3.6')
  })

  it('is present capacity times a stated nominal voltage without one, with the bounds of the capacity', () => {
    for (const change of [{ signals: null }, { dischargeCapacity_Ah: null }, { dischargeCapacity_Ah: 3.2 }]) {
      const estimated = remainingEnergy({ ...source, nominalVoltage_V: 3.6, ...change })
      expect(estimated).toMatchObject({ evidence: 'estimated' })
      expect(estimated.value_Wh).toBeCloseTo(2.9 * 3.6, 9)
      expect(estimated.low_Wh).toBeCloseTo(2.8 * 3.6, 9)
    }
  })

  it('is not determined, and says why, where nothing is stated', () => {
    const none = remainingEnergy({ ...source, signals: null })
    expect(none).toMatchObject({ value_Wh: null, evidence: 'not-determinable' })
    expect(none.basis).toBe('no full discharge was recorded, no nominal voltage is stated')
    const unknown = { ...presentCapacity, value_Ah: Number.NaN, evidence: 'not-determinable' } as const
    const without = { ...source, signals: null, nominalVoltage_V: 3.6, presentCapacity: unknown }
    expect(remainingEnergy(without).basis).toBe('the present capacity is not determinable')
  })
})
