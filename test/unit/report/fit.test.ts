import { describe, expect, it } from 'vitest'
import { fit, printable } from '../../../src-main/report/fit.ts'
import { readFaces } from '../../../src-main/report/fonts.ts'
import { seededUniform } from '../../fixtures/assessment.ts'

const face = readFaces().regular

describe('typeface', () => {
  it('covers Latin, Greek, Cyrillic and signs, not Chinese', () => {
    for (const character of 'aÅßµΩДя°−–≤□▲…') expect(face.covers(character.codePointAt(0)!)).toBe(true)
    for (const character of '电池🔋') expect(face.covers(character.codePointAt(0)!)).toBe(character === '□')
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
    const alphabet = 'aW i.,-/Ω电 \n 0123 Ah %'
    for (let round = 0; round < 300; round++) {
      const length = Math.floor(random() * 200)
      const text = Array.from({ length }, () => alphabet[Math.floor(random() * alphabet.length)]).join('')
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

  it('keeps a number with its unit', () => {
    expect(printable('P10 13 of 2.5 Ah at 80 % and 25 °C', face)).toBe(
      'P10\u00A013 of 2.5\u00A0Ah at 80\u00A0% and 25\u00A0°C',
    )
  })
})
