import { expect, it } from 'vitest'
import { encodingOf, withoutRemnants } from '../../../src-main/readers/textEncoding.ts'
import { readRecord } from '../../support/readRecord.ts'
import { temporaryFolder } from '../../fixtures/temporaryFolder.ts'
import { needsShared, sharedData } from '../../support/shared.ts'

const folder = temporaryFolder()

/** 时间 电压(V) 电流(A) as GB18030 writes them. */
const chinese = Buffer.from('cab1bce42c b5e7d1b92856292c b5e7c1f72841290a'.replaceAll(' ', ''), 'hex')

it.each([
  { what: 'ASCII', bytes: Buffer.from('Time,Voltage'), encoding: 'utf-8' },
  { what: 'UTF-8', bytes: Buffer.from('电压,µA,°C'), encoding: 'utf-8' },
  { what: 'UTF-8 cut within a letter', bytes: Buffer.from('电压').subarray(0, 5), encoding: 'utf-8' },
  { what: 'µA as Windows writes it', bytes: Buffer.from('Current(µA)', 'latin1'), encoding: 'windows-1252' },
  { what: 'a German preamble', bytes: Buffer.from('Prüfling: Höhe\n', 'latin1'), encoding: 'windows-1252' },
  { what: 'Chinese headings', bytes: chinese, encoding: 'gb18030' },
  { what: 'bytes of no text', bytes: Buffer.from([0x80, 0x81, 0xfe]), encoding: 'utf-8' },
])('tells $what', ({ bytes, encoding }) => {
  expect(encodingOf(bytes)).toBe(encoding)
})

it('reads a record in GB18030', async () => {
  const path = folder.write('cell.csv', Buffer.concat([chinese, Buffer.from('0,3.7,1\n3600,3.8,1\n')]))
  const { encoding, record } = await readRecord(path)
  expect(encoding).toBe('gb18030')
  expect([...record.voltage]).toEqual([3.7, 3.8])
})

const padded = 'Name:\ta \x04 \0\xff\xff\nRec\tCycle C\tStep\tTest Time (min)\tCurrent [A]\tVoltage [V]\tMd\n'

it('blanks remnants of memory in a preamble', async () => {
  const path = folder.write(
    'cell.txt',
    Buffer.from(`${padded}1\t1\t1\t0\t1\t3.7\tC\n2\t1\t1\t60\t1\t3.8\tC\n`, 'latin1'),
  )
  const { format, rows } = await readRecord(path)
  expect({ format, rows }).toEqual({ format: 'maccor', rows: 2 })
})

it('leaves the same bytes among the numbers', () => {
  const bytes = Buffer.from('1,2\0,3\n', 'latin1')
  expect(withoutRemnants(bytes)).toBe(bytes)
})

it.skipIf(sharedData() === null)(`reads a padded Maccor preamble${needsShared}`, async () => {
  const { format, rows } = await readRecord(sharedData('cycler-exports/maccor/maccor_002.txt')!)
  expect({ format, rows }).toEqual({ format: 'maccor', rows: 7446 })
})
