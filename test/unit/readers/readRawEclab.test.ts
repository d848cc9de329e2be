import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { readRecord } from '../../support/readRecord.ts'
import { readFile } from '../../../src-main/readers/readFile.ts'
import { rawColumns } from '../../../src-main/readers/readRawEclab.ts'
import { rawRows, rawText } from '../../fixtures/rawRecord.ts'
import { temporaryFolder } from '../../fixtures/temporaryFolder.ts'

const folder = temporaryFolder()
const rows = rawRows([{ number: 1 }, { number: 2 }, { number: 3, hasDischarge: false }])
const plain = await readRecord(folder.write('plain/CY25-05_1-#1.csv', rawText(rows)))

const reversed = [...rawColumns].reverse()
const variants = [
  { name: 'columns in another order', content: rawText(rows, { order: reversed }) },
  {
    name: 'further columns',
    content: rawText(rows, { order: ['half cycle', ...rawColumns, 'x'], extra: 'text' }),
  },
  { name: 'CRLF', content: rawText(rows, { newline: '\r\n' }) },
  { name: 'a byte order mark', content: `\ufeff${rawText(rows)}` },
  { name: 'semicolons', content: rawText(rows, { delimiter: ';' }) },
  { name: 'tabs', content: rawText(rows, { delimiter: '\t' }) },
  { name: 'no line end after the last row', content: rawText(rows).trimEnd() },
  { name: 'blank lines at the end', content: `${rawText(rows)}\r\n\n` },
  { name: 'quoted numbers', content: rawText(rows.map((row) => row.map((value) => `"${value}"`))) },
  { name: 'gzip', content: gzipSync(rawText(rows)) },
  {
    name: 'gzip in two members',
    content: Buffer.concat([gzipSync(rawText(rows).slice(0, 999)), gzipSync(rawText(rows).slice(999))]),
  },
]

describe('readRawEclab', () => {
  it.each(variants)('reads the same record with $name', async ({ name, content }) => {
    const { record, cycles } = await readRecord(folder.write(`${name}/CY25-05_1-#1.csv`, content))
    expect(record).toEqual(plain.record)
    expect(cycles).toEqual(plain.cycles)
  })

  it('converts to volt, ampere and Ah and tells the steps', () => {
    const { time, voltage, current, chargeCapacity, mode, cycle } = plain.record
    expect([time[0], voltage[0], current[0], mode[0], cycle[0]]).toEqual([0, 3.55, 1.75, 1, 1])
    expect(chargeCapacity[120]).toBeCloseTo(Number(rows[120][5]) / 1000, 12)
    expect(plain.cycles.map(({ number }) => number)).toEqual([1, 2, 3])
    expect(plain.findings).toEqual([])
  })

  it('names the bytes it read', async () => {
    const path = folder.write('named/CY25-05_1-#1.csv.gz', gzipSync(rawText(rows)))
    const { sha256, bytes, cellName, condition } = await readRecord(path)
    const content = readFileSync(path)
    expect({ sha256, bytes }).toEqual({
      sha256: createHash('sha256').update(content).digest('hex'),
      bytes: content.length,
    })
    expect({ cellName, condition }).toEqual({ cellName: 'CY25-05_1-#1', condition: 'named CY25-05_1' })
  })

  it('knows simulated records by their column', async () => {
    const path = folder.write('simulated.csv', rawText(rows, { order: [...rawColumns, 'Simulated'] }))
    expect((await readRecord(path)).simulated).toBe(true)
    expect(plain.simulated).toBe(false)
  })

  it('assesses the cycles it can and says what the others lack', async () => {
    const mixed = rawRows([
      { number: 7, from: 3.99 },
      { number: 8, from: 3.7 },
      { number: 9, from: 4 },
    ])
    const { cycles, findings } = await readRecord(folder.write('mixed.csv', rawText(mixed)))
    const usable = cycles.filter(({ chargeCurve }) => chargeCurve !== null)
    expect(usable.map(({ row, number }) => [row, number])).toEqual([[1, 8]])
    expect(findings.map(({ code, message }) => `${code}: ${message}`)).toEqual([
      'no-charge-curve: Cycle 7 charges with constant current from 3.990 to 4.149 V only. The same holds for 1 further cycles.',
    ])
  })

  it('finds a charge counter that disagrees with the current', async () => {
    const doubled = rows.map((row) => row.with(5, String(Number(row[5]) * 2)))
    const { findings } = await readRecord(folder.write('doubled.csv', rawText(doubled)))
    expect(findings.map(({ code }) => code)).toEqual(['charge-balance'])
  })

  it('describes a record without a usable cycle and says why', async () => {
    const path = folder.write('short.csv', rawText(rawRows([{ number: 1, to: 3.62 }])))
    const { rows: count, cycles, findings } = await readRecord(path)
    expect({ count, curves: cycles.map(({ chargeCurve }) => chargeCurve) }).toEqual({
      count: 156,
      curves: [null],
    })
    expect(findings.map(({ message }) => message)).toEqual([
      'Cycle 1 charges with constant current from 3.600 to 3.620 V only.',
    ])
  })

  it('stops when asked and reports progress', async () => {
    const path = folder.write('progress.csv', rawText(rows))
    const seen: number[] = []
    await readFile(path, { onProgress: (fraction) => seen.push(fraction) })
    expect(seen.at(-1)).toBe(1)
    await expect(readFile(path, { signal: AbortSignal.abort() })).rejects.toMatchObject({ kind: 'cancelled' })
  })
})
