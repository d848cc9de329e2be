import { describe, expect, it } from 'vitest'
import { cycleStream, type CycleStreamOptions } from '../../../src-main/readers/cycleStream.ts'
import { stepModes, type CyclerRecord } from '../../../src-shared/cell/record.ts'
import { cyclerRecord } from '../../fixtures/cyclerRecord.ts'

function derive(record: CyclerRecord, options: CycleStreamOptions = {}, celsius: number | null = null) {
  const stream = cycleStream(options)
  for (let i = 0; i < record.time.length; i++)
    stream.push(
      {
        time: record.time[i],
        voltage: record.voltage[i],
        current: record.current[i],
        chargeCapacity: record.chargeCapacity[i],
        dischargeCapacity: record.dischargeCapacity[i],
        cycle: record.cycle[i],
        mode: record.mode[i],
      },
      celsius,
      i + 2,
    )
  return stream.end()
}

describe('cycleStream', () => {
  it('derives each cycle as if it stood alone, with its trace', () => {
    const together = derive(cyclerRecord([{ number: 1, charge: 1800 }, { number: 2 }]))
    const alone = derive(cyclerRecord([{ number: 1, charge: 1800 }]))
    expect(together.cycles).toHaveLength(2)
    expect(together.cycles[0]).toEqual(alone.cycles[0])
    expect(together.traces[0]).toEqual(alone.traces[0])
    expect(together.cycles[1].use.before).toEqual(alone.cycles[0].use.discharge)
    expect(together.cycles[1].chargeCurve).not.toEqual(alone.cycles[0].chargeCurve)
  })

  it('takes a number that comes back for another cycle', () => {
    const { cycles } = derive(cyclerRecord([{ number: 1 }, { number: 2 }, { number: 1 }]))
    expect(cycles.map(({ row, number }) => [row, number])).toEqual([
      [0, 1],
      [1, 2],
      [2, 1],
    ])
  })

  it('keeps fewer rows of an endless cycle, and says so', () => {
    const record = cyclerRecord([{ number: 1, restSamples: 200 }])
    const whole = derive(record)
    const thinned = derive(record, { longest_rows: 200 })
    expect(thinned.rows).toBe(whole.rows)
    expect(thinned.findings.map(({ code }) => code)).toEqual(['rows-thinned'])
    const last = (cycles: typeof whole.cycles) => cycles[0].chargeCurve!.charge[49]
    expect(Math.abs(last(thinned.cycles) / last(whole.cycles) - 1)).toBeLessThan(0.02)
    expect(thinned.traces[0].voltage.length).toBeLessThan(whole.traces[0].voltage.length)
  })

  it('gives every cycle its mean temperature, unless the sensor only gave zeros', () => {
    const record = cyclerRecord([{ number: 1 }])
    expect(derive(record, {}, 31).cycles[0].use.temperature).toBe(31)
    expect(derive(record, {}, 0).cycles[0].use.temperature).toBeNull()
  })

  it('knows the discharge before a charge where it comes just before', () => {
    const record = cyclerRecord([
      { number: 1 },
      { number: 2, hasDischarge: false },
      { number: 3 },
      { number: 5 },
      { number: 6 },
      { number: 1 },
    ])
    const { cycles } = derive(record)
    expect(cycles.map(({ use }) => use.before)).toEqual([
      null,
      cycles[0].use.discharge,
      null,
      null,
      cycles[3].use.discharge,
      null,
    ])
  })

  it('takes what a cycle discharged before its charge', () => {
    const record = cyclerRecord([{ number: 1 }, { number: 2 }])
    const half = record.mode.findIndex((_, i) => record.cycle[i] === 2)
    // The first discharge counts to the cycle whose charge comes after it.
    const first = record.mode.findIndex((mode) => stepModes[mode] === 'discharge')
    record.cycle.fill(2, first, half)
    record.current.fill(-0.7, first, half)
    const { cycles } = derive(record)
    expect(cycles.map(({ use }) => use.before)).toEqual([null, { ampere: expect.closeTo(0.7, 9) as number }])
  })

  it('makes nothing of no rows', () => {
    expect(derive(cyclerRecord([]))).toEqual({
      rows: 0,
      cycles: [],
      traces: [],
      profiles: [],
      findings: [],
    })
  })
})
