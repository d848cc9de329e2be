import { expect, it } from 'vitest'
import { clockSeconds } from '../../../../src-main/readers/table/cellNumber.ts'

it.each([
  ['00:01:02.5', 62.5],
  ['1d 00:00:01', 86_401],
  ['2-01:00:00', 176_400],
  ['00:00:01:500', 1.5],
  ['12:30', null],
  [`00:${'9'.repeat(400)}:06`, null],
])('reads the clock %s', (text, seconds) => {
  expect(clockSeconds(text)).toBe(seconds)
})
