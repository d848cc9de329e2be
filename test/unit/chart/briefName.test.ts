import { expect, it } from 'vitest'
import { briefName } from '../../../src-shared/chart/briefName.ts'

it('leaves a name that is short enough as it is', () => {
  expect(briefName('retired-A')).toBe('retired-A')
  expect(briefName('電'.repeat(48))).toBe('電'.repeat(48))
})

it('keeps the beginning and the end of a long one, and no half sign', () => {
  expect(briefName('abcdefghijklmnop', 10)).toBe('abcdef…nop')
  expect(Array.from(briefName('🔋'.repeat(60), 12))).toHaveLength(12)
})
