import { describe, expect, it } from 'vitest'
import { directionOf, embeddingLevels, named } from '../../../src-main/report/bidi.ts'
import { readFaces } from '../../../src-main/report/fonts.ts'
import { isPlain, textRuns } from '../../../src-main/report/textRuns.ts'

const face = readFaces().regular

function runs(text: string) {
  return textRuns(text, face, directionOf(text))
}

/** What the eye meets from left to right: what is read from right to left is turned by the font. */
function seen(text: string): string {
  return runs(text)
    .map((run) => (run.fontFeatures === undefined ? run.text : Array.from(run.text).toReversed().join('')))
    .join('')
}

describe('textRuns', () => {
  it('leaves what one typeface draws from left to right as it is', () => {
    expect(isPlain('NCA-0412 · 25 °C, Weiß', face)).toBe(true)
    expect(isPlain('电池 7', face)).toBe(false)
    expect(isPlain('סוללה', face)).toBe(false)
  })

  it('parts Latin from Chinese, and keeps spaces', () => {
    expect(runs('退役电池 A-7 かな')).toEqual([
      { text: '退役电池 ', font: 'Noto Sans SC' },
      { text: 'A-7 ' },
      { text: 'かな', font: 'Noto Sans SC' },
    ])
  })

  it('keeps words of right-to-left scripts in one run, which the font turns whole', () => {
    expect(runs('בדיקת סוללה')).toEqual([{ text: 'בדיקת סוללה', fontFeatures: [] }])
  })

  it.each([
    ['סוללה 12', '12 הללוס'],
    ['סוללה A-12 ישנה', 'הנשי A-12 הללוס'],
    ['Cell סוללה (7) B', 'Cell (7) הללוס B'],
    ['סוללה (ABC)', '(ABC) הללוס'],
    ['Report of סוללה (מעבדה), 2026', 'Report of 2026 ,(הדבעמ) הללוס'],
    [`${named('סולר')}: 30 cycles at 0.5 C`, 'רלוס: 30 cycles at 0.5 C'],
    [`${named('סולר 7')} · ${named('רקם')}`, '7 רלוס · םקר'],
    ['רקם 3.5–4.2', '4.2–3.5 םקר'],
    ['טמפרטורה 25°', '25° הרוטרפמט'],
  ])('puts %s in the order the eye meets it', (text, order) => {
    expect(seen(text)).toBe(order)
  })

  it('never loses or adds a character', () => {
    const letters = Array.from('aB7 .,()-%電池קםعب')
    let seed = 7
    const next = (): number => (seed = (seed * 48_271) % 2_147_483_647)
    for (let round = 0; round < 500; round++) {
      const text = Array.from({ length: next() % 24 }, () => letters[next() % letters.length]).join('')
      const drawn = runs(text).map((run) => run.text)
      const bare = (one: string): string => Array.from(one.replaceAll(')', '(')).toSorted().join('')
      expect(bare(drawn.join(''))).toBe(bare(text))
    }
  })
})

describe('embeddingLevels', () => {
  it('reads numbers after Arabic letters as Arabic ones, and signs with their numbers', () => {
    expect(embeddingLevels(Array.from('ب7'), 'left-to-right')).toEqual([1, 2])
    expect(embeddingLevels(Array.from('ק-7%'), 'right-to-left')).toEqual([1, 1, 2, 2])
    expect(embeddingLevels(Array.from('a 7%'), 'left-to-right')).toEqual([0, 0, 0, 0])
  })
})
