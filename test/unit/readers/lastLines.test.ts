import { describe, expect, it } from 'vitest'
import { readFile } from '../../../src-main/readers/readFile.ts'
import { temporaryFolder } from '../../fixtures/temporaryFolder.ts'

const folder = temporaryFolder()
const heading = 'Test Time (s),Voltage (V),Current (A),Temperature (°C)'
const read = (text: string) => readFile(folder.write('cell.csv', text))
const codes = async (text: string) => (await read(text)).findings.map(({ code }) => code)

describe('a last line without its end', () => {
  it('is refused where it has fewer fields than the one before', async () => {
    await expect(read(`${heading}\n0,3.71,1,24.5\n60,3.72,0.\n`.trimEnd())).rejects.toMatchObject({
      code: 'truncated',
      detail: { line: 3, found: '3 columns' },
    })
  })

  it('is noted where its last field is shorter, or no other row can tell', async () => {
    expect(await codes(`${heading}\n0,3.71,1,24.5\n60,3.72,1,2`)).toContain('last-row-open')
    expect(await codes(`${heading}\n0,3.71,1,24.5`)).toContain('last-row-open')
  })

  it('says nothing of a whole row, of a footer, or of a row that has its end', async () => {
    const rows = `${heading}\n0,3.71,1,24.5\n60,3.72,1,24.5`
    expect(await codes(rows)).not.toContain('last-row-open')
    expect(await codes(`${rows}\nEnd of data`)).not.toContain('last-row-open')
    expect(await codes(`${heading}\n0,3.71,1,24.5\n60,3.72,1,2\n`)).not.toContain('last-row-open')
  })
})
