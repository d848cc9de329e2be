import { expect, it } from 'vitest'
import { readFile } from '../../../../src-main/readers/readFile.ts'
import { temporaryFolder } from '../../../fixtures/temporaryFolder.ts'

const folder = temporaryFolder()

it('gives one record from plain rows and from the same rows in quotes', async () => {
  const heading = 'Test Time (min),Voltage (mV),Current (mA),Cycle Index,Capacity (Ah),Temperature (°C)'
  const cells = Array.from({ length: 200 }, (_, i) => [
    i / 2,
    (3600 + 2.5 * i).toFixed(1),
    i < 150 ? '1000.5' : '0',
    i % 7 === 0 ? '1.0' : 1,
    (i / 240).toFixed(4),
    i % 5 === 0 ? '' : 24.5,
  ])
  const write = (name: string, quote: string) =>
    folder.write(
      name,
      [heading, ...cells.map((row) => row.map((cell) => quote + String(cell) + quote).join(','))].join('\n'),
    )
  const { sha256: _plain, bytes: _bytes, cellName: _a, ...plain } = await readFile(write('plain.csv', ''))
  const { sha256: _quoted, bytes: _more, cellName: _b, ...quoted } = await readFile(write('quoted.csv', '"'))
  expect({ ...plain, condition: '' }).toEqual({ ...quoted, condition: '' })
  expect(plain.rows).toBe(200)
})
