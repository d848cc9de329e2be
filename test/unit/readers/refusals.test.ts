import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { readFile } from '../../../src-main/readers/readFile.ts'
import { rawColumns } from '../../../src-main/readers/readRawEclab.ts'
import { doubtsAmong } from '../../../src-shared/cell/finding.ts'
import type { Repair } from '../../../src-shared/cell/repair.ts'
import { Failure } from '../../../src-shared/failure/failure.ts'
import { curve, lsdRow, lsdText, tpslRow, tpslText, ulRow, ulText } from '../../fixtures/perCycle.ts'
import { rawRows, rawText } from '../../fixtures/rawRecord.ts'
import { temporaryFolder } from '../../fixtures/temporaryFolder.ts'

const folder = temporaryFolder()
const rows = rawRows([{ number: 1 }])

/** The record with one value replaced, in the given row (0 is line 2) and column. */
function rawWith(row: number, column: (typeof rawColumns)[number], value: string): string {
  return rawText(
    rows.map((values, i) => (i === row ? values.with(rawColumns.indexOf(column), value) : values)),
  )
}

function scaled(columns: readonly (typeof rawColumns)[number][], factor: number): string {
  const places = columns.map((name) => rawColumns.indexOf(name))
  return rawText(
    rows.map((row) => row.map((value, i) => (places.includes(i) ? String(Number(value) * factor) : value))),
  )
}

const without = rawColumns.filter((name) => name !== 'Ecell/V')
const cut = gzipSync(rawText(rows))

const refusals: {
  what: string
  content: string | Uint8Array
  code: string
  line?: number
  column?: string
}[] = [
  { what: 'nothing', content: '', code: 'empty-file' },
  { what: 'compressed nothing', content: gzipSync(''), code: 'empty-file' },
  { what: 'blank lines', content: '\n\r\n \n', code: 'empty-file' },
  { what: 'a heading alone', content: rawText([]), code: 'no-cycles' },
  { what: 'a per-cycle heading alone', content: ulText([]), code: 'no-cycles' },
  {
    what: 'bytes that are not text',
    content: Uint8Array.from([0xff, 0xfe, 0x41, 0x42, 0x80, 0x81]),
    code: 'not-text',
    line: 1,
  },
  { what: 'NUL bytes', content: `${rawText(rows)}\0`, code: 'not-text' },
  {
    what: 'a byte that is no text, at its own line',
    content: Buffer.concat([
      Buffer.from('Test Time (s),Voltage (V),Current (A)\n0,3.7,1\n60,3'),
      Buffer.from([0x81]),
      Buffer.from('7,1\n120,3.7,1\n'),
    ]),
    code: 'not-text',
    line: 3,
  },
  {
    what: 'a lost half of a letter in UTF-16, at its own line',
    content: Buffer.concat([
      Buffer.from('\uFEFFTest Time (s),Voltage (V),Current (A)\n0,3.7,1\n60,3.7,', 'utf16le'),
      Buffer.from([0x00, 0xd8]),
      Buffer.from('\n120,3.7,1\n', 'utf16le'),
    ]),
    code: 'not-text',
    line: 3,
  },
  {
    what: 'two cells side by side',
    content:
      'Cycle,Total Time (Seconds),Voltage (V),Current (A),Cycle,Total Time (Seconds),Voltage (V),Current (A)\n1,0,3.7,1,1,0,3.6,1\n',
    code: 'several-channels',
    column: 'Voltage (V)',
  },
  { what: 'a workbook cut short', content: 'PK\x03\x04rest of it', code: 'truncated' },
  { what: 'a BioLogic binary', content: 'BIO-LOGIC MODULAR FILE\x1a', code: 'unsupported-format' },
  { what: 'a Neware binary', content: 'NEWARE\x00\x01', code: 'unsupported-format' },
  { what: 'a damaged Arbin database', content: '\x00\x01\x00\x00Standard Jet DB\x00', code: 'damaged' },
  {
    what: 'unknown headings in UTF-16',
    content: Buffer.from('\uFEFFa,b\n1,2\n', 'utf16le'),
    code: 'unknown-format',
    line: 1,
  },
  { what: 'unknown headings', content: 'a,b,c\n1,2,3\n', code: 'unknown-format', line: 1 },
  { what: 'line ends of old', content: rawText(rows).replaceAll('\n', '\r'), code: 'line-ends', line: 1 },
  {
    what: 'a column twice',
    content: rawText(rows).replaceAll(/$/gm, ',9').replace(',9', ',Ecell/V').replace(/,9$/, ''),
    code: 'duplicate-column',
    line: 1,
    column: 'Ecell/V',
  },
  { what: 'prose', content: 'Dear reader,\nthere is no table here.\n', code: 'unknown-format', line: 1 },
  {
    what: 'a missing column',
    content: rawText(rows, { order: without }),
    code: 'missing-column',
    line: 1,
    column: 'Ecell/V',
  },
  {
    what: 'a word for a number',
    content: rawWith(3, 'Ecell/V', 'high'),
    code: 'not-numeric',
    line: 5,
    column: 'Ecell/V',
  },
  {
    what: 'a blank for a number',
    content: rawWith(3, '<I>/mA', ''),
    code: 'not-numeric',
    line: 5,
    column: '<I>/mA',
  },
  {
    what: 'a hexadecimal number',
    content: rawWith(3, '<I>/mA', '0x10'),
    code: 'not-numeric',
    line: 5,
    column: '<I>/mA',
  },
  { what: 'half a cycle number', content: rawWith(3, 'cycle number', '1.5'), code: 'not-numeric', line: 5 },
  { what: 'NaN', content: rawWith(0, 'Ecell/V', 'NaN'), code: 'not-finite', line: 2, column: 'Ecell/V' },
  { what: 'infinity', content: rawWith(0, '<I>/mA', '-inf'), code: 'not-finite', line: 2, column: '<I>/mA' },
  { what: 'overflow', content: rawWith(0, '<I>/mA', '1e999'), code: 'not-finite', line: 2, column: '<I>/mA' },
  { what: 'a row cut short', content: rawText(rows).slice(0, -30), code: 'truncated', line: rows.length + 1 },
  {
    what: 'too many fields',
    content: `${rawText(rows)}${rows[0].join(',')},1\n`,
    code: 'column-count',
    line: rows.length + 2,
  },
  { what: 'a compressed file cut short', content: cut.subarray(0, cut.length - 200), code: 'truncated' },
  { what: 'a damaged compressed file', content: damaged(cut), code: 'damaged' },
  { what: 'a list cut short', content: ulText([ulRow]).slice(0, 300), code: 'truncated', line: 2 },
  {
    what: 'too short a curve',
    content: ulText([{ ...ulRow, Capacity_Increment: curve(2000, { points: 49 }) }]),
    code: 'array-length',
    line: 2,
    column: 'Capacity_Increment',
  },
  {
    what: 'no list',
    content: ulText([{ ...ulRow, Capacity_Increment: '12' }]),
    code: 'not-numeric',
    line: 2,
    column: 'Capacity_Increment',
  },
  {
    what: 'NaN in a list',
    content: ulText([ulRow, { ...ulRow, Relaxation_Voltage: '"[4.1, nan]"' }]),
    code: 'not-finite',
    line: 3,
    column: 'Relaxation_Voltage',
  },
  {
    what: 'a rest in mV',
    content: ulText([{ ...ulRow, Relaxation_Voltage: [4180, 4170] }]),
    code: 'wrong-unit',
    line: 2,
    column: 'Relaxation_Voltage',
  },
  {
    what: 'UL capacities in Ah',
    content: ulText([{ ...ulRow, Capacity_Increment: curve(2) }]),
    code: 'wrong-unit',
    column: 'Capacity_Increment',
  },
  {
    what: 'LSD capacities in mAh',
    content: lsdText([{ ...lsdRow, Capacity_Increment: curve(1000) }]),
    code: 'wrong-unit',
    column: 'Capacity_Increment',
  },
  {
    what: 'an LSD window in mV',
    content: lsdText([{ ...lsdRow, End_Voltage: 4100 }]),
    code: 'wrong-unit',
    line: 2,
    column: 'Start_Voltage',
  },
  {
    what: 'TPSL capacities in mAh',
    content: tpslText([{ ...tpslRow, QV_Curve: curve(1800) }]),
    code: 'wrong-unit',
    column: 'QV_Curve',
  },
]

function damaged(compressed: Uint8Array): Uint8Array {
  const bytes = Uint8Array.from(compressed)
  bytes.fill(0xaa, 40, 80)
  return bytes
}

const held: { what: string; content: string; code: string; line?: number; column: string; repair: string }[] =
  [
    {
      what: 'millivolts',
      content: scaled(['Ecell/V'], 1000),
      code: 'voltage-range',
      line: 2,
      column: 'Ecell/V',
      repair: 'voltage-times-0.001',
    },
    {
      what: 'ampere for mA',
      content: scaled(['<I>/mA'], 0.001),
      code: 'current-range',
      column: '<I>/mA',
      repair: 'current-times-1000',
    },
    {
      what: 'microampere for mA',
      content: scaled(['<I>/mA'], 1000),
      code: 'current-range',
      column: '<I>/mA',
      repair: 'current-times-0.001',
    },
    {
      what: 'Ah for mAh',
      content: scaled(['Q charge/mA.h', 'Q discharge/mA.h'], 0.001),
      code: 'charge-balance',
      column: '<I>/mA',
      repair: 'charge-times-1000',
    },
    {
      what: 'time that runs backwards',
      content: rawWith(9, 'time/s', '-1'),
      code: 'time-backwards',
      line: 11,
      column: 'time/s',
      repair: 'drop-late-rows',
    },
  ]

describe('readFile holds back', () => {
  it.each(held)('$what, and knows the repair', async ({ what, content, code, line, column, repair }) => {
    const path = folder.write(`${what}.csv`, content)
    const doubts = doubtsAmong((await readFile(path)).findings)
    const place = line === undefined ? { column } : { line, column }
    expect(doubts).toContainEqual(expect.objectContaining({ code, repair, ...place }))
    const mended = await readFile(path, { repairs: [repair as Repair] })
    expect(doubtsAmong(mended.findings)).toEqual([])
    expect(mended.cycles).toHaveLength(1)
  })
})

describe('readFile refuses', () => {
  it.each(refusals)('$what', async ({ what, content, code, line, column }) => {
    const path = folder.write(`${what}.csv`, content)
    const failure: unknown = await readFile(path).catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(Failure)
    const { kind, detail, ...rest } = failure as Failure
    expect({ kind, code: rest.code, file: detail.file }).toEqual({ kind: 'refused', code, file: path })
    expect(detail.advice).toMatch(/^[A-Z].*\.$/)
    if (line !== undefined) expect(detail.line).toBe(line)
    if (column !== undefined) expect(detail.column).toBe(column)
  })

  it('a folder and a missing file', async () => {
    folder.write('folder/file.csv', 'x')
    await expect(readFile(folder.path('folder'))).rejects.toMatchObject({
      kind: 'refused',
      code: 'is-folder',
    })
    await expect(readFile(folder.path('nowhere.csv'))).rejects.toMatchObject({
      kind: 'refused',
      code: 'not-found',
    })
  })

  it('an empty file whatever its name', async () => {
    await expect(readFile(folder.write('empty.csv.gz', ''))).rejects.toMatchObject({ code: 'empty-file' })
  })
})
