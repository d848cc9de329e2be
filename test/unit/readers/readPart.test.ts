import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { readFile, readPart } from '../../../src-main/readers/readFile.ts'
import { cyclerTable } from '../../fixtures/cyclerTexts.ts'
import { signalRows, signalText } from '../../fixtures/signalTable.ts'
import { temporaryFolder } from '../../fixtures/temporaryFolder.ts'
import { workbookOf } from '../../fixtures/workbook.ts'

const folder = temporaryFolder()
const part_bytes = 2 ** 17

/** The record a hundred times over, one behind the other. */
const text = signalText(
  Array.from({ length: 100 }, (_, i) =>
    signalRows().map((row) => ({ ...row, time: row.time + i * 20_000 })),
  ).flat(),
  [],
)

describe('the first part of a file', () => {
  it.each([
    ['a text', 'cell.csv', text],
    ['a compressed text', 'cell.csv.gz', gzipSync(Buffer.from(text), { level: 0 })],
  ])('is read of %s, whole lines of it', async (_, name, bytes) => {
    const path = folder.write(name, bytes)
    const times: number[] = []
    const part = await readPart(path, { part_bytes, onRow: ({ time }) => times.push(time) })
    const whole = await readFile(path)
    expect(part?.of_bytes).toBe(bytes.length)
    expect(part?.result.columns).toEqual(whole.columns)
    expect(part?.result.rows).toBe(times.length)
    expect(times.length).toBeGreaterThan(1000)
    expect(times.length).toBeLessThan(whole.rows / 2)
    expect(part?.result.findings.map(({ code }) => code)).not.toContain('last-row-open')
  })

  it('is read of a text that was packed tightly, as the library keeps it', async () => {
    const words = 'some words that make it long '.repeat(6)
    const line = (i: number): string => `${i},${3.6 + ((i * 7919) % 997) / 2000},1.0,${words}\n`
    const lines = Array.from({ length: 60_000 }, (_, i) => line(i)).join('')
    const packed = gzipSync(`Test Time (s),Voltage (V),Current (A),Remark\n${lines}`)
    expect(packed.length).toBeLessThan(2 ** 20)
    const part = await readPart(folder.write('packed.csv.gz', packed), { part_bytes: 2 ** 21 })
    expect(part?.result.rows).toBeLessThan(30_000)
    expect(await readPart(folder.write('packed.csv.gz', packed), { part_bytes: 2 ** 25 })).toBeNull()
  })

  it('is none of a file that is not much longer, nor of a workbook', async () => {
    const read = (name: string, bytes: string | Uint8Array) =>
      readPart(folder.write(name, bytes), { part_bytes })
    expect(await read('short.csv', text.slice(0, part_bytes))).toBeNull()
    expect(await read('cell.xlsx', workbookOf([{ name: 'Channel_1-001', rows: cyclerTable }]))).toBeNull()
  })

  it('is refused as the whole would be', async () => {
    const wrong = text.replace('4.17', 'x')
    await expect(readPart(folder.write('wrong.csv', wrong), { part_bytes })).rejects.toMatchObject({
      code: 'not-numeric',
    })
  })
})
