import { describe, expect, it } from 'vitest'
import { cardBlocks } from '../../../src-renderer/components/models/cardBlocks.ts'

describe('cardBlocks', () => {
  it('tells headings, paragraphs, lists and tables apart', () => {
    const text =
      '# Card\nOne line\nof **text**.\n\n- first\n  goes on\n- second\n\n| a | b |\n|---|--:|\n| use x | 2 |\n| use y | – |\n'
    expect(cardBlocks(text)).toEqual([
      { kind: 'heading', level: 1, text: 'Card' },
      { kind: 'paragraph', text: 'One line of text.' },
      { kind: 'list', items: ['first goes on', 'second'] },
      {
        kind: 'table',
        rows: [
          ['a', 'b'],
          ['use x', '2'],
          ['use y', '–'],
        ],
        isNumber: [false, true],
      },
    ])
  })

  it('keeps markup of a page as text', () => {
    expect(cardBlocks('<b>x</b>')).toEqual([{ kind: 'paragraph', text: '<b>x</b>' }])
  })

  it('reads Windows line ends', () => {
    expect(cardBlocks('# A\r\n\r\ntext\r\n').map(({ kind }) => kind)).toEqual(['heading', 'paragraph'])
  })
})
