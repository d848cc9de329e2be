import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv } from 'ajv'
import { parquetReadObjects } from 'hyparquet'
import { expect, it } from 'vitest'
import type { RequestInput, RequestName, RequestOutput } from '../../src-shared/contract/requests.ts'
import type { WireError } from '../../src-shared/contract/wire.ts'
import type { Results } from '../../src-shared/exchange/results.ts'
import { root } from '../support/built.ts'

interface Asking {
  readonly ask: <N extends RequestName>(name: N, input: RequestInput<N>) => Promise<RequestOutput<N>>
  readonly failure: (name: string, input: unknown) => Promise<WireError>
  /** An assessed cell of the library. */
  readonly cell: () => string
  /** A folder to write to. */
  readonly folder: () => string
}

/** The requests that exchange conditions with other programs, in this order. */
export function exchangeCases({ ask, failure, cell, folder }: Asking): void {
  const exported = async (format: 'json' | 'csv' | 'parquet') => {
    const file = await ask('results/export', { format, cells: [cell()] })
    expect(file.fileName).toBe(`results.${format}`)
    return Buffer.from(file.base64, 'base64')
  }

  it('cells/declare keeps what a passport says apart, and overrules nothing', async () => {
    const file = join(folder(), 'Pass ö.json')
    const lastUpdate = '2025-01-31T14:06:29.437+01:00'
    const passport = {
      batteryTechicalProperties: { ratedCapacity: 99, ratedEnergy: 1 },
      batteryCondition: {
        numberOfFullCycles: { numberOfFullCyclesValue: 412, lastUpdate },
        energyThroughput: -1.8e308,
      },
    }
    writeFileSync(file, `\uFEFF${JSON.stringify(passport)}`, 'utf16le')
    const before = (await ask('cells/get', { id: cell() })).description
    const { declaration, findings } = await ask('cells/declare', { id: cell(), path: file })
    expect(declaration.values).toContainEqual({
      name: 'numberOfFullCycles',
      value: 412,
      unit: 'cycles',
      date: lastUpdate,
      source: 'batteryCondition.numberOfFullCycles',
    })
    const { description } = await ask('cells/get', { id: cell() })
    expect(description.nominalCapacity_Ah).toBe(before.nominalCapacity_Ah ?? 99)
    expect(findings.map(({ code }) => code)).toContain(
      before.nominalCapacity_Ah === null ? 'declared-taken' : 'declared-differs',
    )
    const { nominalCapacity_Ah } = before
    await ask('cells/describe', { id: cell(), changes: { nominalCapacity_Ah } })
    writeFileSync(file, '{"sustainability": {}}')
    expect(await failure('cells/declare', { id: cell(), path: file })).toMatchObject({
      kind: 'refused',
      code: 'no-declared-data',
    })
  })

  it('results/export writes JSON by the published schema', async () => {
    const results = JSON.parse((await exported('json')).toString('utf8')) as Results
    const schema = readFileSync(join(root, 'assets/schemas/pimoe-results-1.schema.json'), 'utf8')
    const ajv = new Ajv({ strict: true, allowUnionTypes: true, formats: { 'date-time': true } })
    const isValid = ajv.compile(JSON.parse(schema) as object)
    expect([isValid(results), isValid.errors]).toEqual([true, null])
    const [battery] = results.batteries
    const row = (name: string) => battery.condition.find((one) => one.name === name)
    const { presentCapacity, assessedAt } = battery.assessment!
    expect(row('remainingCapacity')).toMatchObject({
      value: presentCapacity.value_Ah,
      unit: 'Ah',
      date: assessedAt,
    })
    expect(row('numberOfFullCycles')).toMatchObject({ value: 412, method: 'declared', uncertainty: null })
    expect(row('energyThroughput')).toMatchObject({ value: null, method: 'unknown' })
    expect(battery.grade?.rules.version).toBeGreaterThan(0)
    const copy = join(folder(), 'results.json')
    writeFileSync(copy, JSON.stringify(results))
    const { declaration } = await ask('cells/declare', { id: cell(), path: copy })
    expect(declaration.format).toBe('pimoe-results')
    expect(declaration.values.map(({ name }) => name)).toContain('remainingCapacity')
  })

  it('results/export writes the same numbers as CSV and Parquet', async () => {
    const [head, line] = (await exported('csv')).toString('utf8').split('\r\n')
    const columns = head.replace('\uFEFF', '').split(',')
    const bytes = await exported('parquet')
    const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length)
    const [row] = await parquetReadObjects({ file })
    expect(Object.keys(row)).toEqual(columns)
    const at = columns.indexOf('numberOfFullCycles_cycles')
    expect(at).toBeGreaterThan(0)
    expect(row).toMatchObject({
      numberOfFullCycles_cycles: 412,
      energyThroughput_kWh: null,
      simulated: 'true',
    })
    expect(line).toContain(`,${String(row['remainingCapacity_Ah'])},`)
    expect(line).toContain(',412,declared,')
  })
}
