import { describe, expect, it } from 'vitest'
import { plainNumbers } from '../../../src-main/readers/plainNumbers.ts'
import { seededRandom } from '../../../src-shared/network/seededRandom.ts'

interface Question {
  readonly width?: number | null
  readonly required?: number
  readonly decimal?: '.' | ','
}

function scan(text: string, { width = null, required = 2, decimal = '.' }: Question = {}) {
  const values = new Float64Array(2)
  const delimiter = decimal === '.' ? ',' : ';'
  const row = plainNumbers({ indexes: [2, 0], required, delimiter, width }, values)
  const block = Buffer.from(text, 'latin1')
  return row(block, 0, decimal) < 0 ? null : [...values]
}

describe('a row of plain decimals', () => {
  const random = seededRandom(5)
  const digits = (count: number) =>
    Array.from({ length: count }, () => String(Math.floor(10 * random.uniform()))).join('')
  const texts = Array.from({ length: 20_000 }, (_, i) => {
    const fraction = i % 3 === 0 ? '' : `.${digits(i % 19)}`
    const exponent = i % 4 === 0 ? `${'eE'.charAt(i % 2)}${['', '+', '-'][i % 3]}${String(i % 37)}` : ''
    return ['', '-', '+'][i % 3] + digits(1 + (i % 18)) + fraction + exponent
  })

  it('gives the wanted columns, bit for bit as Number does', () => {
    for (const text of texts) expect(scan(`${text},word,1`)?.[1], text).toBe(Number(text))
  })

  it('gives the same with decimal commas', () => {
    for (const text of texts)
      expect(scan(`1;word;${text.replace('.', ',')}`, { decimal: ',' })?.[0], text).toBe(Number(text))
  })

  it.each(['\n', '\r\n'])('answers where the line behind %j begins', (end) => {
    const row = plainNumbers({ indexes: [0], required: 1, delimiter: '\t', width: null }, new Float64Array(1))
    const block = Buffer.from(`1\tx${end}2${end}`)
    expect(row(block, 0, '.')).toBe(3 + end.length)
    expect(row(block, 3 + end.length, '.')).toBe(block.length)
  })

  it.each([
    ['1,x,2', [2, 1]],
    ['+1.5,x,-.5', [-0.5, 1.5]],
    ['1.,x,007', [7, 1]],
    ['1E3,x, 2.5 ', [2.5, 1000]],
    ['1,x,1234567890123456789', [1234567890123456789, 1]],
  ])('reads %s', (text, values) => {
    expect(scan(text)).toEqual(values)
  })

  it.each([
    '1,x',
    '1,x,',
    '1,x,1e',
    '1,x,1e400',
    '1,x,1 2',
    '1,x,2\r',
    '1,"a,2,b",3',
    '1,x,é',
    '1,x,--2',
    '1,x,1.2.3',
    '1,x,.',
    '1,x,"2"',
  ])('leaves %s to a closer look', (text) => {
    expect(scan(text)).toBeNull()
  })

  it('takes a blank for NaN where the value may be missing', () => {
    expect(scan(',x,2', { required: 1 })).toEqual([2, Number.NaN])
    expect(scan('1,x,', { required: 1 })).toBeNull()
  })

  it.each([
    ['1,x,2', 3, true],
    ['1,x,2,', 3, false],
    ['1,x,2,3', 4, true],
    ['1,x,2', 4, false],
  ])('holds %s against a width of %d', (text, width, isTaken) => {
    expect(scan(text, { width }) !== null).toBe(isTaken)
  })
})
