import { describe, expect, it } from 'vitest'
import { typedNumber } from '../../../src-renderer/components/typedNumber.ts'

const english = { decimal: '.', isWhole: false }
const german = { decimal: ',', isWhole: false }

describe('a typed number', () => {
  it.each([
    ['3.5', 3.5],
    ['3,5', 3.5],
    [' −0,25 ', -0.25],
    ['.5', 0.5],
    ['4.', 4],
    ['0.500', 0.5],
    ['12,34', 12.34],
    ['1.2345', 1.2345],
  ])('takes %s with a comma or a point', (text, value) => {
    expect(typedNumber(text, english)).toBe(value)
    expect(typedNumber(text, german)).toBe(value)
  })

  it('takes three decimals behind the reader’s own sign only', () => {
    expect(typedNumber('4.185', english)).toBe(4.185)
    expect(typedNumber('4,185', english)).toBe('grouped')
    expect(typedNumber('4,185', german)).toBe(4.185)
    expect(typedNumber('1.000', german)).toBe('grouped')
  })

  it.each(['1,234.5', '1.234,5', '1 234', "12'345", '1,00,000'])('takes no groups: %s', (text) => {
    expect(typedNumber(text, english)).toBe('grouped')
    expect(typedNumber(text, german)).toBe('grouped')
  })

  it('takes no sign in a whole number', () => {
    expect(typedNumber('10,000', { decimal: ',', isWhole: true })).toBe('grouped')
    expect(typedNumber('10000', { decimal: ',', isWhole: true })).toBe(10_000)
  })

  it.each(['', 'nine', '1e3', '0x10', '1-2', 'NaN'])('is not “%s”', (text) => {
    expect(typedNumber(text, english)).toBeNull()
  })
})
