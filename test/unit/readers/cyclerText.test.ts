import { writeFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { doubtsAmong } from '../../../src-shared/cell/finding.ts'
import { readRecord } from '../../support/readRecord.ts'
import { temporaryFolder } from '../../fixtures/temporaryFolder.ts'
import { needsShared, sharedData } from '../../support/shared.ts'

const folder = temporaryFolder()

const layouts = [
  { format: 'bdf', text: 'Test Time / s,Voltage / V,Current / A\n0,3.7,1\n3600,3.8,1\n' },
  { format: 'bdf', text: 'test_time_hour,voltage_volt,current_ampere\n0,3.7,1\n1,3.8,1\n' },
  {
    format: 'neware',
    text: 'DataPoint,Cycle Index,Step Type,Time,Total Time,Current(mA),Voltage(mV)\n1,1,CC Chg,00:00:00,00:00:00,1000,3700\n2,1,CC Chg,01:00:00,01:00:00,1000,3800\n',
  },
  {
    format: 'arbin',
    text: '\uFEFFData Point,Date Time,Test Time (s),Cycle Index,Current (A),Voltage (V)\r\n1,\t09/20/2024,0,1,1,3.7\r\n2,\t09/20/2024,3600,1,1,3.8\r\n',
  },
  {
    format: 'biologic',
    text: 'mode\ttime/s\tEwe/V\t<I>/mA\t\n1\t0,0\t3,7\t1000,0\t\n1\t3600,0\t3,8\t1000,0\t\n',
  },
  {
    format: 'maccor',
    text: 'Name:\tcell\nRec#\tCyc#\tTest (Min)\tAmps\tVolts\tState\n1\t0\t0\t1\t3.7\tC\n2\t0\t60\t1\t3.8\tC\n',
  },
  { format: 'basytec', text: '~Name of Test: a\n~Time[h]\tU[V]\tI[A]\n0\t3.7\t1\n1\t3.8\t1\n' },
]

async function read(name: string, text: string) {
  const path = folder.path(name)
  await writeFile(path, text)
  return readRecord(path)
}

describe('text exports', () => {
  it.each(layouts)('reads one hour at 1 A as $format', async ({ format, text }) => {
    const result = await read('cell.csv', text)
    expect(result.format).toBe(format)
    expect([...result.record.time]).toEqual([0, 3600])
    expect(result.record.voltage[0]).toBeCloseTo(3.7, 12)
    expect(result.record.voltage[1]).toBeCloseTo(3.8, 12)
    expect([...result.record.current]).toEqual([1, 1])
    expect(result.record.chargeCapacity[1]).toBeCloseTo(1, 12)
  })

  it('reads µA in windows-1252', async () => {
    const path = folder.write(
      'cell.csv',
      Buffer.from('Test Time / s,Voltage / V,Current(µA)\n0,3.7,2000\n1,3.7,2000\n', 'latin1'),
    )
    const { encoding, record } = await readRecord(path)
    expect(encoding).toBe('windows-1252')
    expect(record.current[0]).toBeCloseTo(0.002, 12)
  })

  it.each([
    ['time-backwards', '5,3.7,1\n1,3.8,1\n'],
    ['voltage-range', '0,7.4,1\n1,7.5,1\n'],
  ])('doubts a record with %s', async (code, rows) => {
    const { findings } = await read('cell.csv', `Test Time / s,Voltage / V,Current / A\n${rows}`)
    expect(doubtsAmong(findings).map((finding) => finding.code)).toContain(code)
  })
})

const shared = [
  { path: 'cycler-exports/bdf/SINTEF__G20M7__C30__Neware.bdf.csv', format: 'bdf' },
  { path: 'cycler-exports/neware/neware_uio.csv', format: 'neware' },
  { path: 'cycler-exports/neware/nw_regular_export_ife_example.csv', format: 'neware' },
  { path: 'cycler-exports/arbin/sample_data_arbin_bom.csv', format: 'arbin' },
  { path: 'cycler-exports/biologic/Sample_data_biologic_01_MB_CA1.txt', format: 'biologic' },
  { path: 'cycler-exports/maccor/maccor_example.001', format: 'maccor' },
  { path: 'cycler-exports/basytec/sample_data_basytec.txt', format: 'basytec' },
  { path: 'open-ageing/pybop/Tesla4680_T-cell_pOCV_data.txt', format: 'biologic' },
]

it.skipIf(sharedData() === null).each(shared)(
  `reads $path as $format${needsShared}`,
  async ({ path, format }) => {
    const result = await readRecord(sharedData(path)!)
    expect(result.format).toBe(format)
    expect(result.rows).toBeGreaterThan(0)
  },
)
