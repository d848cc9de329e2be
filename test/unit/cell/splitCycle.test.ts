import { describe, expect, it } from 'vitest'
import { splitCycle } from '../../../src-shared/cell/splitCycle.ts'
import { cyclerRecord } from '../../fixtures/cyclerRecord.ts'
import type { RawCycle } from '../../fixtures/rawRecord.ts'

const splitOf = (cycle: RawCycle) => splitCycle(cyclerRecord([cycle]), { row: 0, number: cycle.number })

describe('splitCycle', () => {
  it('needs no more than one charge and one rest', () => {
    const { cycle, missing } = splitOf({ number: 1, hasDischarge: false })
    expect(missing).toEqual([])
    expect(cycle).toMatchObject({ row: 0, number: 1, dischargeCapacity: null, stored: null })
    expect(cycle.chargeCurve!.charge).toHaveLength(50)
    expect(cycle.use).toEqual({ charge: { ampere: 1.75 }, discharge: null, before: null, temperature: null })
  })

  it('follows the charge that was made up, on the whole window', () => {
    const { cycle } = splitOf({ number: 1, charge: 2400 })
    const passed = 2.4 * ((0.6 / 0.6) ** 1.25 - (0.05 / 0.6) ** 1.25)
    expect(cycle.chargeCurve!.charge[0]).toBe(0)
    expect(Math.abs(cycle.chargeCurve!.charge[49] / passed - 1)).toBeLessThan(0.02)
    expect(cycle.dischargeCapacity).toBeCloseTo(2.88, 12)
  })

  it('takes no discharge for a capacity whose beginning was not recorded', () => {
    expect(splitOf({ number: 1, dischargeFrom: 3.9 }).cycle.dischargeCapacity).toBeGreaterThan(2)
    expect(splitOf({ number: 1, dischargeFrom: 3.4 }).cycle.dischargeCapacity).toBeNull()
  })

  it('keeps the rest on its own clock', () => {
    const { cycle } = splitOf({ number: 1, restSamples: 6 })
    expect([...cycle.relaxation!.time!].map(Math.round)).toEqual([0, 120, 240, 360, 480, 600])
    expect(cycle.relaxation!.voltage[0]).toBeCloseTo(4.19, 12)
  })

  it('says why a cycle gives no curve or no relaxation', () => {
    const cycles = [
      { number: 1, from: 3.98 },
      { number: 2, to: 3.78 },
      { number: 3, restSamples: 2 },
      { number: 4, to: 3.58 },
    ]
    const split = cycles.map(splitOf)
    expect(split.map(({ missing }) => missing.map(({ code }) => code))).toEqual([
      ['no-charge-curve'],
      ['no-charge-curve'],
      ['no-relaxation'],
      ['no-charge-curve'],
    ])
    expect(split[0].missing[0].message).toBe(
      'Cycle 1 charges with constant current from 3.980 to 4.149 V only.',
    )
    expect(split[2].cycle.chargeCurve).not.toBeNull()
  })

  it('fills nothing up to a limit of the window that the charge did not cross', () => {
    const { cycle } = splitOf({ number: 1, from: 3.615 })
    expect(cycle.chargeCurve!.from).toBeGreaterThan(3.61)
    expect(cycle.chargeCurve!.charge[1]).toBeGreaterThan(0)
    expect(splitOf({ number: 1 }).cycle.chargeCurve!.from).toBe(3.6)
  })

  it('keeps the part of the window that was charged', () => {
    const late = splitOf({ number: 1, from: 3.75 }).cycle.chargeCurve!
    const short = splitOf({ number: 2, to: 4 }).cycle.chargeCurve!
    expect([late.from, late.to, short.from, short.to].map((volt) => Number(volt!.toFixed(2)))).toEqual([
      3.75, 4.15, 3.6, 4,
    ])
    expect(late.charge[0]).toBe(0)
  })
})
