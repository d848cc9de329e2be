import { expect, it } from 'vitest'
import { bdfColumns, bdfRows, recordWriter } from '../../../src-main/exchange/recordWriter.ts'
import { readFile } from '../../../src-main/readers/readFile.ts'
import { cyclerTexts } from '../../fixtures/cyclerTexts.ts'
import { rawRows, rawText } from '../../fixtures/rawRecord.ts'
import { temporaryFolder } from '../../fixtures/temporaryFolder.ts'
import { readRecord } from '../../support/readRecord.ts'

const folder = temporaryFolder()
const sources = [
  ...cyclerTexts,
  { name: 'raw.csv', bytes: Buffer.from(rawText(rawRows([{ number: 3 }, { number: 4 }]))) },
]

async function written(path: string, out: string, kind: 'csv' | 'parquet', simulated = false) {
  const writer = recordWriter(kind, bdfColumns({ hasTemperature: true, simulated }), out)
  await readFile(path, { onRow: bdfRows((row) => writer.row(row)) })
  writer.end()
  return readRecord(out)
}

for (const kind of ['csv', 'parquet'] as const)
  it.each(sources)(`gives the record of $name back from ${kind}`, async ({ name, bytes }) => {
    const path = folder.write(`${kind}/${name}`, bytes)
    const { record } = await readRecord(path)
    const copy = await written(path, folder.path(`${kind}/${name}.bdf.${kind}`), kind)
    expect(copy.format).toBe('bdf')
    for (const column of ['time', 'voltage', 'current', 'cycle'] as const)
      expect(copy.record[column]).toEqual(record[column])
    const charged = (of: typeof record) => Math.max(...of.chargeCapacity)
    expect(Math.abs(charged(copy.record) / charged(record) - 1)).toBeLessThan(0.02)
    expect(copy.findings.map(({ code }) => code)).not.toContain('charge-balance')
  })

it('carries temperature, steps and the mark of simulated data along', async () => {
  const text =
    'Test Time (s),Voltage (V),Current (A),Temperature (°C)\n0,3.7,1,24.5\n60,3.8,1,\n120,3.8,0,26\n'
  const out = folder.path('marked.csv')
  const copy = await written(folder.write('marked.txt', text), out, 'csv', true)
  expect(copy.simulated).toBe(true)
  expect(copy.columns.map(({ name }) => name)).toEqual([
    'test_time_second',
    'voltage_volt',
    'current_ampere',
    'cycle_count',
    'step_count',
    'charging_capacity_ah',
    'discharging_capacity_ah',
    'temperature_t1_celsius',
    'Simulated',
  ])
  const temperatures: (number | null)[] = []
  await readFile(out, { onRow: (_, celsius) => temperatures.push(celsius) })
  expect(temperatures).toEqual([24.5, null, 26])
})
