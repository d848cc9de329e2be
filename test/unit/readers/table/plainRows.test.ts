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

it('reads a cycle number written with an exponent alike, in quotes or not', async () => {
  const lines = Array.from({ length: 720 }, (_, i) => {
    const step = i % 120
    const isCharge = i % 240 < 120
    const volts = isCharge ? 3 + step / 100 : 4.2 - step / 100
    const amperes = step < 5 ? 0 : isCharge ? 1 : -1
    const row = [i * 30, volts, amperes, `${1 + Math.floor(i / 240)}.0E+00`]
    return (i % 7 === 0 ? row.map((cell) => `"${cell}"`) : row).join(',')
  })
  const heading = 'Test Time (s),Voltage (V),Current (A),Cycle Index'
  const file = folder.write('exponents.csv', [heading, ...lines].join('\n'))
  expect((await readFile(file)).cycles).toHaveLength(3)
})

it('takes no decimal sign from a blank beside whole numbers', async () => {
  const lines = Array.from({ length: 90 }, (_, i) => `${i * 30};${3600 + i};${i < 9 ? '0' : '1000,5'};`)
  const file = folder.write(
    'whole.csv',
    ['Time/s;Voltage/mV;Current/mA;Temperature/degC', ...lines].join('\n'),
  )
  expect(await readFile(file)).toMatchObject({ decimal: ',', rows: 90 })
})
