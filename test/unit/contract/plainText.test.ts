import { describe, expect, it } from 'vitest'
import { isPlainLine, isPlainText, plainLine } from '../../../src-shared/contract/plainText.ts'

describe('plain text', () => {
  it.each(['NCA-0412', 'Rücklauf Süd', '電池 🔋', 'סוללה 3', 'a\u200Db', '<b>'])('takes %j', (text) => {
    expect(isPlainLine(text)).toBe(true)
    expect(plainLine(text)).toBe(text)
  })

  it.each(['a\u0000b', 'a\nb', '\u202Egnp', 'a\u2066b', 'a\u2028b', 'half \uD83D'])(
    'takes no line %j',
    (text) => {
      expect(isPlainLine(text)).toBe(false)
      expect(isPlainLine(plainLine(text))).toBe(true)
      expect(plainLine(text)).toHaveLength(text.length)
    },
  )

  it('takes ends of lines and tabs in a longer text only', () => {
    expect(isPlainText('first\r\n\tsecond')).toBe(true)
    expect(isPlainText('first\u0007')).toBe(false)
  })
})
