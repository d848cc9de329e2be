import { describe, expect, it } from 'vitest'
import { plainNumbers } from '../../../src-main/readers/plainNumbers.ts'
import { seededRandom } from '../../../src-shared/network/seededRandom.ts'

function scan(text: string, { width = null as number | null, required = 2 } = {}) {
  const values = new Float64Array(2)
  const isPlain = plainNumbers({ indexes: [2, 0], required, delimiter: ',', width }, values)
  return isPlain(text) ? [...values] : null
}

describe('a row of plain decimals', () => {
  it('gives the wanted columns, exactly as Number does', () => {
    const random = seededRandom(5)
    for (let i = 0; i < 2000; i++) {
      const [a, b] = [0, 1].map(() => ((random.uniform() - 0.5) * 10 ** (i % 7)).toFixed(i % 8))
      expect(scan(`${b},word,${a},x`)).toEqual([Number(a), Number(b)])
    }
  })

  it.each([
    ['1,x,2', [2, 1]],
    ['+1.5,x,-.5', [-0.5, 1.5]],
    ['1.,x,007', [7, 1]],
  ])('reads %s', (text, values) => {
    expect(scan(text)).toEqual(values)
  })

  it.each([
    '1,x',
    '1,x,',
    '1,x,1e3',
    '1,x, 2',
    '1,x,--2',
    '1,x,1.2.3',
    '1,x,.',
    '1,x,"2"',
    '1,x,1234567890123456',
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
