import { describe, expect, it } from 'vitest'
import { international, regional } from '../../../src-renderer/locales/regional.ts'

/** Afternoon here, wherever the test runs. */
const moment = new Date(2026, 10, 8, 16, 5).toISOString()

describe('numbers of a region', () => {
  it.each([
    ['en-US', '12,345.60', '0.5', '1,234,567'],
    ['de-DE', '12.345,60', '0,5', '1.234.567'],
    ['fr-FR', '12\u202f345,60', '0,5', '1\u202f234\u202f567'],
    ['ja-JP', '12,345.60', '0.5', '1,234,567'],
    ['ar-EG', '12,345.60', '0.5', '1,234,567'],
    ['en-IN', '12,345.60', '0.5', '12,34,567'],
    ['es-ES', '12.345,60', '0,5', '1.234.567'],
  ])('are those of %s', (locale, measured, small, count) => {
    const writing = regional([locale])
    expect(writing.number('12345.60')).toBe(measured)
    expect(writing.number('0.5')).toBe(small)
    expect(writing.count(1234567)).toBe(count)
  })

  it('keep every digit, their sign, and what is no plain number', () => {
    const { number } = regional(['de-DE'])
    expect(number('3.600')).toBe('3,600')
    expect(number('−0.0420')).toBe('−0,0420')
    expect(number('1234.5')).toBe('1234,5')
    expect(number('2.1e-7')).toBe('2,1e-7')
    expect(number('unknown')).toBe('unknown')
  })

  it('are grouped where there are five digits or more; things are counted as the region does', () => {
    expect(international.number('9999')).toBe('9999')
    expect(international.number('10000')).toBe('10,000')
    expect(international.count(1234)).toBe('1,234')
    expect(regional(['es-ES']).count(1234)).toBe('1234')
  })
})

describe('moments of a region', () => {
  it.each([
    ['en-US', 'Nov 8, 2026', 'Nov 8, 2026, 4:05\u202fPM'],
    ['en-GB', '8 Nov 2026', '8 Nov 2026, 16:05'],
    ['de-DE', '08.11.2026', '08.11.2026, 16:05'],
    ['fr-FR', '8 nov. 2026', '8 nov. 2026, 16:05'],
    ['ja-JP', '2026/11/08', '2026/11/08 16:05'],
    ['en-IN', '8 Nov 2026', '8 Nov 2026, 4:05\u202fpm'],
  ])('are those of %s', (locale, day, at) => {
    const writing = regional([locale])
    expect(writing.day(moment)).toBe(day)
    expect(plain(writing.moment(moment))).toBe(plain(at))
  })

  it('name the month where day and month could be taken for each other, and keep together from right to left', () => {
    expect(regional(['ar-EG']).day(moment)).toBe('\u20688 نوفمبر 2026\u2069')
    expect(regional(['ar-EG']).moment(moment)).toContain('نوفمبر')
    expect(regional(['pt-PT']).day(moment)).toBe('8 de novembro de 2026')
    expect(regional(['pt-PT']).moment(moment)).toContain('8 de novembro de 2026')
  })

  it('are of the Gregorian calendar in Latin digits', () => {
    for (const locale of ['th-TH', 'fa-IR', 'ar-SA', 'ja-JP-u-ca-japanese', 'hi-IN-u-nu-deva'])
      expect(regional([locale]).day(moment)).toMatch(/2026/)
  })

  it('are international where that is chosen or nothing is known', () => {
    expect(international.day(moment)).toBe('2026-11-08')
    expect(international.moment(moment)).toBe('2026-11-08 16:05')
    expect(regional([])).toBe(international)
    expect(regional(['C', 'en-US@posix'])).toBe(international)
    expect(regional(['not a locale', 'de-DE']).name).toBe('de-DE')
  })
})

it('orders names with numbers by their value', () => {
  expect(['cell 10', 'Zelle', 'cell 9', 'Äthyl'].toSorted(regional(['de-DE']).compare)).toEqual([
    'Äthyl',
    'cell 9',
    'cell 10',
    'Zelle',
  ])
})

/** Versions of the data of regions differ in the space before PM. */
function plain(text: string): string {
  return text.replaceAll('\u202f', ' ')
}
