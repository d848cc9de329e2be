import { describe, expect, it } from 'vitest'
import { fit, isDrawable, printable } from '../../../src-main/report/fit.ts'
import { readFaces } from '../../../src-main/report/fonts.ts'
import { seededUniform } from '../../fixtures/assessment.ts'

const face = readFaces().regular

function familyOf(character: string): string | null {
  return face.familyOf(character.codePointAt(0)!)
}

describe('faces', () => {
  it('draw Latin, Greek, Cyrillic, signs, Hebrew and Arabic with one typeface, Chinese and Japanese with another', () => {
    for (const character of 'aÅßµΩДя°−–≤□▲…אب') expect(familyOf(character)).toBe('DejaVu Sans')
    for (const character of '电池退役龍かカー、。（') expect(familyOf(character)).toBe('Noto Sans SC')
    for (const character of '🔋한ก') expect(familyOf(character)).toBeNull()
  })

  it('measures as the font does: digits are equally wide, W is wider than i', () => {
    expect(face.width('0')).toBe(face.width('7'))
    expect(face.width('W')).toBeGreaterThan(3 * face.width('i'))
    expect(face.width('0')).toBeCloseTo(1303 / 2048, 9)
  })
})

describe('fit', () => {
  it('never exceeds its width or its lines, whatever the text', () => {
    const random = seededUniform(3)
    const alphabet = 'aW i.,-/Ω电、ק\u0639🔋 \n 0123 Ah %'
    const letters = Array.from(alphabet)
    for (let round = 0; round < 300; round++) {
      const length = Math.floor(random() * 200)
      const text = Array.from({ length }, () => letters[Math.floor(random() * letters.length)]).join('')
      const lines = fit(text, { face, size: 7, width: 90, lines: 3 }).split('\n')
      expect(lines.length).toBeLessThanOrEqual(3)
      for (const line of lines) expect(face.width(line) * 7).toBeLessThanOrEqual(90)
    }
  })

  it('keeps all words of a text that has room', () => {
    const text = 'thirty cycles at half a rate and then some'
    expect(fit(text, { face, size: 7, width: 60, lines: 9 }).replaceAll('\n', ' ')).toBe(text)
  })

  it('ends in an ellipsis where it was cut', () => {
    expect(fit('word '.repeat(50), { face, size: 7, width: 60, lines: 2 }).endsWith('…')).toBe(true)
  })

  it('breaks Chinese between any two characters, but begins no line with a full stop', () => {
    const lines = fit('电池'.repeat(30) + '。'.repeat(3), { face, size: 7, width: 70, lines: 99 }).split('\n')
    expect(lines.length).toBeGreaterThan(5)
    for (const line of lines) expect(line.startsWith('。')).toBe(false)
    expect(fit('Halle 电池电池', { face, size: 7, width: 45, lines: 2 }).split('\n')[0]).toContain('电')
  })

  it('leaves out the marks that turn the order of a text, and says what it cannot draw', () => {
    expect(printable('A\u202E21-B\u200F', face)).toBe('A21-B')
    expect(printable('🔋 한 \u0007', face)).toBe('□ □ □')
    expect(isDrawable(JSON.stringify('电池 שלום 7'), face)).toBe(true)
    for (const text of ['🔋', '\u0007', '\ud800']) expect(isDrawable(JSON.stringify(text), face)).toBe(false)
  })

  it('keeps a number with its unit', () => {
    expect(printable('P10 13 of 2.5 Ah at 80 % and 25 °C', face)).toBe(
      'P10\u00A013 of 2.5\u00A0Ah at 80\u00A0% and 25\u00A0°C',
    )
  })
})
