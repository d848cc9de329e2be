import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { fileOpening } from '../../../src-main/readers/fileOpening.ts'
import { temporaryFolder } from '../../support/temporaryFolder.ts'

function written(content: string | Uint8Array): string {
  const path = join(temporaryFolder(), 'prüfling.txt')
  writeFileSync(path, content)
  return path
}

const rows = (delimiter: string, comma = '.') =>
  Array.from({ length: 30 }, (_, i) => [i, `3${comma}${String(400 + i)}`, `1${comma}5`].join(delimiter))

describe('fileOpening', () => {
  it.each([';', '\t', ',', ' '])(
    'finds headings below a preamble, cells divided by "%s"',
    async (delimiter) => {
      const preamble = ['Prüfstand 7', 'Bediener: niemand', '']
      const comma = delimiter === ',' ? '.' : ','
      const text = [...preamble, ['t', 'U', 'I'].join(delimiter), ...rows(delimiter, comma)].join('\r\n')
      const opening = await fileOpening(written(text))
      expect(opening).toMatchObject({ delimiter, headingLine: 4, encoding: 'utf-8', sheets: [], sheet: null })
      expect(opening.lines.find(({ line }) => line === 4)?.cells).toEqual(['t', 'U', 'I'])
      expect(opening.lines.at(-1)?.line).toBe(10)
    },
  )

  it('goes by what is stated', async () => {
    const path = written(['a;b;c', 'x;y;z', ...rows(';')].join('\n'))
    const opening = await fileOpening(path, { delimiter: ',', headingLine: 1, encoding: 'windows-1252' })
    expect(opening).toMatchObject({ delimiter: ',', headingLine: 1, encoding: 'windows-1252' })
    expect(opening.lines[0].cells).toEqual(['a;b;c'])
  })

  it('finds no headings where the first line is a row already', async () => {
    expect((await fileOpening(written(rows(',').join('\n')))).headingLine).toBeNull()
  })

  it('cuts what is long and decodes what is not UTF-8', async () => {
    const text = `Zeit(s);Spannung ${'x'.repeat(100)};Strom(µA)\n${rows(';').join('\n')}`
    const opening = await fileOpening(written(Buffer.from(text, 'latin1')))
    expect(opening.encoding).toBe('windows-1252')
    expect(opening.lines[0].cells[1]).toHaveLength(60)
    expect(opening.lines[0].cells[2]).toBe('Strom(µA)')
  })

  it('throws for a binary of a maker', async () => {
    await expect(fileOpening(written('BIO-LOGIC MODULAR FILE'))).rejects.toMatchObject({
      code: 'unsupported-format',
    })
  })
})
