import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { readRecord } from '../../support/readRecord.ts'
import {
  curve,
  lsdRow,
  lsdText,
  perCycleText,
  rest,
  tpslRow,
  tpslText,
  ulRow,
  ulText,
} from '../../fixtures/perCycle.ts'
import { temporaryFolder } from '../../fixtures/temporaryFolder.ts'

const folder = temporaryFolder()
const codes = (findings: readonly { code: string }[]) => findings.map(({ code }) => code)

describe('published UL files', () => {
  it.each([
    { name: 'CY25-025_1-#1', stored: 2.5, rate: 0.25 },
    { name: 'CY25-1_1-#1', stored: 0.1, rate: 1 },
    { name: 'CY25-05_4-#2', stored: 0.5, rate: 0.5 },
    { name: 'unnamed', stored: 2.5, rate: 0.25 },
    { name: 'CY25-1_1-#2', stored: 1, rate: 1 },
  ])('means $rate C by a stored $stored in $name', async ({ name, stored, rate }) => {
    const path = folder.write(`UL-NCA/${name}.csv`, ulText([{ ...ulRow, Charge_Current: stored }]))
    const { cycles, findings } = await readRecord(path)
    expect(cycles[0].use).toEqual({ charge: { rate }, discharge: { rate: 1 }, before: null, temperature: 25 })
    expect(cycles[0].stored).toEqual([stored, 1, 25])
    expect(codes(findings).includes('charge-current-corrected')).toBe(stored !== rate)
  })

  it('trusts the currents of simulated files', async () => {
    const columns = [...Object.keys(ulRow), 'Simulated']
    const row = { ...ulRow, Charge_Current: 0.1, Simulated: 1 }
    const { cycles, simulated } = await readRecord(folder.write('sim/a.csv', perCycleText(columns, [row])))
    expect(simulated).toBe(true)
    expect(cycles[0].use.charge).toEqual({ rate: 0.1 })
  })

  it('become Ah over 3.6 to 4.15 V from zero', async () => {
    const row = { ...ulRow, Capacity_Increment: curve(2000, { first: 50 }) }
    const { format, cycles, traces, condition, description } = await readRecord(
      folder.write('UL-NCMNCA/CY25-05_2-#3.csv.gz', gzipSync(ulText([row, { ...ulRow, Cycle: 3 }]))),
    )
    expect({ format, traces, condition }).toEqual({
      format: 'per-cycle-ul',
      traces: null,
      condition: 'UL-NCMNCA CY25-05_2',
    })
    expect(description).toEqual({ chemistry: 'NCM+NCA', nominalCapacity_Ah: 2.5, temperature_degC: 25 })
    expect(cycles.map((cycle) => [cycle.row, cycle.number, cycle.dischargeCapacity])).toEqual([
      [0, 2, 3.1],
      [1, 3, 3.1],
    ])
    expect(cycles[0].chargeCurve).toMatchObject({ from: 3.6, to: 4.15 })
    expect([cycles[0].chargeCurve!.charge[0], cycles[0].chargeCurve!.charge[49]]).toEqual([0, 2])
    expect(cycles[0].relaxation).toEqual({ time: null, voltage: Float64Array.from(rest) })
  })
})

describe('a row without rest samples', () => {
  it('has no relaxation', async () => {
    const path = folder.write('other/a.csv', ulText([{ ...ulRow, Relaxation_Voltage: [] }]))
    expect((await readRecord(path)).cycles[0].relaxation).toBeNull()
  })
})

describe('a capacity far from nominal', () => {
  it('is told once', async () => {
    const rows = [ulRow, { ...ulRow, Discharge_Capacity: 600 }, { ...ulRow, Discharge_Capacity: 5000 }]
    const { findings } = await readRecord(folder.write('UL-NCA/x.csv', ulText(rows)))
    const told = findings.filter(({ code }) => code === 'unlikely-capacity')
    expect(told.map(({ message }) => message)).toEqual([
      'Cycle 2 measured 0.600 Ah of 3.5 Ah nominal; 2 of 3 cycles lie outside 20 to 130 %.',
    ])
  })
})

describe('published LSD files', () => {
  it('hold Ah, ampere and their own window', async () => {
    const { format, cycles, condition, description, findings } = await readRecord(
      folder.write('LSD/7.csv', lsdText([lsdRow])),
    )
    expect({ format, condition }).toEqual({ format: 'per-cycle-lsd', condition: 'LSD' })
    expect(description).toEqual({ chemistry: 'NCM', nominalCapacity_Ah: 2.4, temperature_degC: 25 })
    expect(codes(findings)).toEqual(['declared-by-folder', 'assumed-nominal-capacity'])
    expect(cycles[0].chargeCurve).toMatchObject({ from: 3.8, to: 4.1 })
    expect(cycles[0].use).toEqual({
      charge: { ampere: 1.2 },
      discharge: { ampere: 2.4 },
      before: null,
      temperature: 25,
    })
    expect(cycles[0].dischargeCapacity).toBe(1.6)
  })

  it('give no hint outside their folder', async () => {
    const { description, condition } = await readRecord(folder.write('UL-NCA/7.csv', lsdText([lsdRow])))
    expect(description).toMatchObject({ chemistry: null, nominalCapacity_Ah: null })
    expect(condition).toBe('LSD')
  })
})

describe('the discharge before a charge', () => {
  it('is that of the row before, unless the numbers begin anew', async () => {
    const lsd = lsdText([
      lsdRow,
      { ...lsdRow, Cycle: 3, Discharge_Current: 0.5 },
      { ...lsdRow, Cycle: 4 },
      { ...lsdRow, Cycle: 1 },
    ])
    const ul = ulText([ulRow, { ...ulRow, Cycle: 3 }])
    const tpsl = tpslText([tpslRow, { ...tpslRow, Cycle_Index: 3 }])
    const before = async (name: string, text: string) =>
      (await readRecord(folder.write(name, text))).cycles.map(({ use }) => use.before)
    expect(await before('LSD/8.csv', lsd)).toEqual([null, { ampere: 2.4 }, { ampere: 0.5 }, null])
    expect(await before('UL-NCA/CY25-05_1-#8.csv', ul)).toEqual([null, { rate: 1 }])
    expect(await before('TPSL/Fixed-#8.csv', tpsl)).toEqual([null, { ampere: 7.2 }])
  })
})

describe('published TPSL files', () => {
  it('have no relaxation, negative discharge and numbers that restart', async () => {
    const { format, cycles } = await readRecord(
      folder.write('TPSL/Fixed-#1.csv', tpslText([tpslRow, tpslRow])),
    )
    expect(format).toBe('per-cycle-tpsl')
    expect(cycles.map(({ row, number }) => [row, number])).toEqual([
      [0, 2],
      [1, 2],
    ])
    expect(cycles[0].relaxation).toBeNull()
    expect(cycles[0].chargeCurve).toMatchObject({ from: null, to: null })
    expect(cycles[0].chargeCurve!.charge[49]).toBeCloseTo(1.8, 12)
    expect(cycles[0].use.discharge).toEqual({ ampere: 7.2 })
    expect(cycles[0].stored).toEqual([1.2, -7.2, 25])
  })
})
