import { describe, expect, it } from 'vitest'
import { nameParts } from '../../../src-renderer/components/nameParts.ts'

describe('parts of a name', () => {
  it.each(['NCA-0412', 'Rücklauf Süd 2026-11 Zelle 0412', 'e\u0301'.repeat(20), '🔋'.repeat(20)])(
    'are the whole of %s',
    (name) => {
      const { head, tail } = nameParts(name)
      expect(head + tail).toBe(name)
      expect(/^\p{M}/u.test(tail)).toBe(false)
    },
  )

  it('keep the end of a long name, and a short one whole', () => {
    expect(nameParts('CY25-05_1-#2')).toEqual({ head: 'CY25-05_1-#2', tail: '' })
    expect(nameParts('UL-NCA CY25-05_1-#12')).toEqual({ head: 'UL-NCA CY25-05', tail: '_1-#12' })
  })

  it('leave what is read from right to left in one piece', () => {
    expect(nameParts('סוללה מספר ארבע מאות').tail).toBe('')
  })
})
