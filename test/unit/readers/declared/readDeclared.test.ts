import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readDeclared } from '../../../../src-main/readers/declared/readDeclared.ts'
import { needsShared, sharedData } from '../../../support/shared.ts'
import { temporaryFolder } from '../../../support/temporaryFolder.ts'

const battery = { name: 'Pack 7' }

async function read(value: unknown) {
  const file = join(temporaryFolder(), 'passport.json')
  writeFileSync(file, typeof value === 'string' ? value : JSON.stringify(value))
  return readDeclared(file, battery)
}

describe('declared data', () => {
  it('are found by the end of their path, whatever wraps them', async () => {
    const cell = { batteryComponent: 'cell', internalResistanceIncreaseValue: 20, lastUpdate: '2025-01-31' }
    const pack = { ...cell, batteryComponent: 'pack', internalResistanceIncreaseValue: 45 }
    const batteryCondition = {
      internalResistanceIncrease: [pack, cell],
      capacityFade: { capacityFadeValue: 12 },
    }
    const { values } = await read({ passport: { performance: { batteryCondition } } })
    expect(values.map(({ name, value, date }) => [name, value, date])).toEqual([
      ['capacityFade', 12, null],
      ['internalResistanceIncrease', 20, '2025-01-31'],
    ])
  })

  it('that cannot be true are left out and told', async () => {
    const { values, findings } = await read({
      batteryCondition: { capacityFade: { capacityFadeValue: 140 }, remainingCapacity: 'much' },
      operation: { intoServiceDate: '7172-75-08' },
    })
    expect(values).toEqual([])
    expect(findings.map(({ code, column }) => [code, column])).toEqual([
      ['unlikely-declared', 'batteryCondition.remainingCapacity'],
      ['unlikely-declared', 'batteryCondition.capacityFade'],
      ['not-a-date', 'operation.intoServiceDate'],
    ])
  })

  it.each([
    ['no JSON', '{', 'not-json'],
    ['nothing of a battery', '[1, 2]', 'no-declared-data'],
    ['results of others', { schema: 'pimoe-results/1', batteries: [] }, 'no-such-battery'],
    [
      'results out of shape',
      { schema: 'pimoe-results/1', batteries: [{ battery: null }, 3] },
      'no-such-battery',
    ],
  ])('are refused: %s', async (_, value, code) => {
    await expect(read(value)).rejects.toMatchObject({ kind: 'refused', code })
  })

  it('are refused where there is no file', async () => {
    const missing = join(temporaryFolder(), 'none.json')
    await expect(readDeclared(missing, battery)).rejects.toMatchObject({ code: 'not-found' })
  })
})

const passports = sharedData('cycler-exports', 'battery-passport')
describe.skipIf(passports === null)(`published passports${needsShared}`, () => {
  const passport = (name: string) => readDeclared(join(passports!, name), battery)

  it('of Catena-X are read with their dates', async () => {
    const { values, findings } = await passport('catenax_BatteryPass_6.1.0.json')
    const byName = Object.fromEntries(values.map(({ name, value }) => [name, value]))
    expect(byName).toMatchObject({
      ratedCapacity: 4,
      remainingCapacity: 4,
      capacityFade: 50,
      stateOfCertifiedEnergy: 50,
      numberOfFullCycles: 1500,
      ohmicResistance: 0.3,
      manufacturingDate: '2000-01-31',
      chemistry: 'Nickel Cobalt Manganese (NCM)',
      serialNumber: 'SN12345678',
    })
    expect(values.find(({ name }) => name === 'capacityFade')?.date).toBe('2023-12-07T10:39:13.576+01:00')
    expect(findings.map(({ code }) => code)).toEqual(['not-a-date'])
  })

  it('of Battery Pass are read in UTF-16, and random numbers are not taken', async () => {
    const { values, findings } = await passport('PerformanceAndDurability-payload.json')
    expect(values.map(({ name }) => name)).toEqual(['negativeEvents'])
    expect(findings.length).toBeGreaterThan(10)
    const general = await passport('GeneralProductInformation-payload.json')
    expect(general.values.map(({ name }) => name)).toEqual(
      expect.arrayContaining([
        'manufacturingDate',
        'puttingIntoService',
        'passportIdentifier',
        'serialNumber',
      ]),
    )
  })
})
