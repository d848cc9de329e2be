import { expect, it } from 'vitest'
import { readRecord } from '../../../support/readRecord.ts'
import { bitrodeNames } from '../../../../src-main/readers/table/bitrode.ts'
import { temporaryFolder } from '../../../fixtures/temporaryFolder.ts'
import { needsShared, sharedData } from '../../../support/shared.ts'

const folder = temporaryFolder()
const row = 'No,60.0,1,1,1,1,2,30.0,2.00,3.700,7.4,0.01,0.04,CHRG, ,'

it('reads rows without a heading, the first one too', async () => {
  const next = 'No,90.0,1,1,1,1,3,10.0,-2.00,3.600,-7.2,-0.01,-0.04,DCHG, ,'
  const { format, rows, record } = await readRecord(folder.write('cell.csv', `${row}\r\n${next}\r\n`))
  expect({ format, rows }).toEqual({ format: 'bitrode', rows: 2 })
  expect([...record.time]).toEqual([60, 90])
  expect([...record.current]).toEqual([2, -2])
})

it.each([
  ['a power that is not voltage times current', row.replace('7.4', '9.9')],
  ['a step longer than the test', row.replace('30.0', '99.0')],
  ['an unknown state', row.replace('CHRG', 'ABCD')],
  ['words among the numbers', row.replace('60.0', 'x')],
])('takes no row with %s for one', (_, text) => {
  expect(bitrodeNames(text.split(','))).toBeNull()
})

it.skipIf(sharedData() === null)(`reads a Bitrode export${needsShared}`, async () => {
  const path = sharedData('cycler-exports/bitrode/1C-Discharge-Bitrode-data.csv')!
  const { format, findings, record } = await readRecord(path)
  expect(format).toBe('bitrode')
  expect(record.time.at(-1)).toBe(66_041.4)
  expect(findings.map(({ code }) => code)).not.toContain('charge-balance')
})
