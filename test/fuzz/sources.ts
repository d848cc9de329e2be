import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { gzipSync } from 'node:zlib'
import { parquetWriteBuffer } from 'hyparquet-writer'
import { expandPaths } from '../../src-main/readers/expandPaths.ts'
import { cyclerTable, cyclerTexts } from '../fixtures/cyclerTexts.ts'
import { lsdRow, lsdText, tpslRow, tpslText, ulRow, ulText } from '../fixtures/perCycle.ts'
import { rawRows, rawText } from '../fixtures/rawRecord.ts'
import { workbookOf } from '../fixtures/workbook.ts'
import { sharedData } from '../support/shared.ts'
import { unpacked, type Part } from './packing.ts'

/** A file that is read as it is, and whose mutations must end in a reading or a refusal. */
export interface FuzzSource {
  readonly name: string
  readonly bytes: Buffer
}

/** Every kind of file that the readers know, made up. */
export function fixtureSources(): FuzzSource[] {
  const raw = Buffer.from(rawText(rawRows([{ number: 1 }, { number: 2 }])))
  const perCycle = {
    'ul.csv': ulText([ulRow, ulRow]),
    'lsd.csv': lsdText([lsdRow]),
    'tpsl.csv': tpslText([tpslRow]),
  }
  return [
    { name: 'raw.csv', bytes: raw },
    { name: 'raw.csv.gz', bytes: gzipSync(raw) },
    ...Object.entries(perCycle).map(([name, text]) => ({ name, bytes: Buffer.from(text) })),
    ...cyclerTexts,
    { name: 'arbin.xlsx', bytes: workbookOf([{ name: 'Channel_1-001', rows: cyclerTable }]) },
    { name: 'bdf.parquet', bytes: parquet() },
  ]
}

function parquet(): Buffer {
  const [heading, ...rows] = cyclerTable
  const columnData = heading.map((name, column) => ({
    name: String(name),
    data: rows.map((row) => Number(row[column])),
    type: 'DOUBLE' as const,
  }))
  return Buffer.from(parquetWriteBuffer({ columnData }))
}

/** Larger files take too long to read a hundred thousand times; the first lines and rows are as good. */
const largest_bytes = 1 << 14

/** Genuine files of the folder beside the checkout, where there is one: small ones whole, of large texts the first lines. */
export async function sharedSources(): Promise<FuzzSource[]> {
  const folders = ['cycler-exports', 'open-ageing', 'TPSL', 'raw-UL-NCA'].flatMap(
    (name) => sharedData(name) ?? [],
  )
  const paths = await expandPaths(folders)
  return paths.map((path) => ({ name: basename(path), bytes: opening(readFileSync(path)) }))
}

function opening(bytes: Buffer): Buffer {
  if (bytes.length <= largest_bytes) return bytes
  const packed = unpacked(bytes)
  if (packed !== null) return packed.pack(packed.parts.map(firstRows))
  return isBinary(bytes) ? bytes : firstLines(bytes)
}

function firstLines(bytes: Buffer): Buffer {
  return bytes.subarray(0, bytes.lastIndexOf('\n', largest_bytes) + 1)
}

/** A sheet's first rows, or the first lines of a packed text; other parts whole. */
function firstRows({ name, bytes }: Part): Part {
  if (bytes.length <= largest_bytes) return { name, bytes }
  if (name === '') return { name, bytes: firstLines(bytes) }
  const end = name.includes('worksheets/sheet') ? bytes.lastIndexOf('</row>', largest_bytes) : -1
  if (end < 0) return { name, bytes }
  return {
    name,
    bytes: Buffer.concat([bytes.subarray(0, end), Buffer.from('</row></sheetData></worksheet>')]),
  }
}

function isBinary(bytes: Buffer): boolean {
  return bytes.subarray(0, 4).some((byte) => byte < 0x09) || bytes[0] === 0x1f || bytes[1] === 0xcf
}

export function isLarge({ bytes }: FuzzSource): boolean {
  return bytes.length > largest_bytes
}
