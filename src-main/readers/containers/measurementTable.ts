import { Failure } from '../../../src-shared/failure/failure.ts'
import { quantities, type TableMapping } from '../../../src-shared/cell/mapping.ts'
import { isRecord, placeOf, quantityColumns } from '../table/headings.ts'
import { arbinDatabaseTable } from './arbinDatabase.ts'
import { makerOf, type Maker } from './makerOf.ts'
import type { SourceCell, SourceTable } from './sourceTable.ts'
import { tableMetadata } from './tableMetadata.ts'

export interface MeasurementTable {
  readonly maker: Maker
  /** Rows over time, or one row a step where the file holds nothing finer; the first row holds the headings. */
  readonly table: SourceTable
  readonly level: 'record' | 'step'
  /** Row of the headings in their sheet, from 1; null where the sheet has none. */
  readonly headingLine: number | null
  /** What the other sheets say of the test; of `serial`, `comment`, `nominalCapacity`, `startTime` and the like. */
  readonly metadata: Readonly<Record<string, string>>
}

interface Candidate {
  readonly table: SourceTable
  /** Index of the heading row; −1 where there is none. */
  readonly heading: number
  readonly level: 'record' | 'step'
}

/**
 * The measurement among a file's tables, joined where the maker's program split it over sheets.
 *
 * A mapping may name the sheet, its heading row and its columns. Refuses with `no-measurement` where no table has
 * voltage, current and time, `missing-sheet` where the stated one is not there, and with `several-channels`.
 */
export function measurementTable(
  tables: readonly SourceTable[],
  stated: TableMapping = {},
): MeasurementTable {
  const maker = makerOf(tables)
  const metadata = tableMetadata(tables, maker)
  const database = arbinDatabaseTable(tables)
  if (database !== null) return { maker, table: database, level: 'record', headingLine: 1, metadata }
  const candidates = tables.map((table) => candidateOf(table, stated)).filter((one) => one !== null)
  const records = candidates.filter(({ level }) => level === 'record')
  const chosen =
    stated.sheet === undefined
      ? longest(records.length > 0 ? records : candidates)
      : inSheet(stated.sheet, { tables, candidates })
  const parts = candidates.filter((part) => headingsOf(part) === headingsOf(chosen))
  if (maker === 'arbin') refuseSeveralChannels(parts)
  const headingLine = chosen.heading < 0 ? null : chosen.heading + 1
  return { maker, table: joined(chosen, parts), level: chosen.level, headingLine, metadata }
}

function inSheet(
  sheet: string,
  { tables, candidates }: { tables: readonly SourceTable[]; candidates: readonly Candidate[] },
): Candidate {
  const found = candidates.find(({ table }) => table.name === sheet)
  if (found !== undefined) return found
  if (tables.some(({ name }) => name === sheet)) return longest([])
  throw new Failure('refused', 'missing-sheet', `The workbook has no sheet "${sheet}".`, {
    advice: 'Name one of its sheets in the mapping.',
    column: 'sheet',
    found: tables
      .map(({ name }) => name)
      .join(', ')
      .slice(0, 200),
  })
}

const searchedRows = 60

// Tables a cycle, of waiting times or of plots have the same headings as records.
const otherSheets = /^(statistic|cycle|curve|idle|log|循环|曲线)/i

function candidateOf(table: SourceTable, stated: TableMapping): Candidate | null {
  const { sheet, headingLine, columns } = stated
  if (sheet === undefined && otherSheets.test(table.name)) return null
  const wanted = quantities.flatMap((quantity) => columns?.[quantity]?.column ?? [])
  const level = (row: readonly SourceCell[]) => (hasAll(row, wanted) ? 'record' : levelOf(row))
  const rows = table.rows.slice(0, searchedRows)
  if (headingLine === null) return rows.length === 0 ? null : { table, heading: -1, level: 'record' }
  const heading = headingLine === undefined ? rows.findIndex((row) => level(row) !== null) : headingLine - 1
  const found = level(table.rows[heading] ?? [])
  return found === null || table.rows.length <= heading + 1 ? null : { table, heading, level: found }
}

/** True where every stated column, and one at least, is headed in this row. */
function hasAll(row: readonly SourceCell[], wanted: readonly (string | number)[]): boolean {
  const names = row.map((cell) => String(cell ?? ''))
  return wanted.length > 0 && names.some(isWord) && wanted.every((column) => placeOf(names, column) >= 0)
}

function isWord(text: string): boolean {
  return /^\p{L}/u.test(text.trim())
}

const patterns = {
  time: /^(test|step|total|relative|record|sys|run|date|absolute|elapsed)?[ _]?(time|date)|时间|日期/i,
  voltage: /^(cell |aux )?(voltage|volts?|potential|ewe|ecell)(?![a-z\d])|^(电压|电池电压|单体电压|总电压)/i,
  current: /^(cell )?(current|cur\b|curr\.|amps?|i\b|<i>)|^(电流|电池电流|总电流)/i,
  startVoltage: /^(start|onset|oneset|begin)\w* ?volt|^(起始|开始)电压/i,
  endVoltage: /^end\w*[ .]?volt|^(结束|终止|截止)电压/i,
}

// A plan of steps has voltage and current too, but as text to reach, never with an own clock.
const planned = /cut-?off|截止条件/i

function levelOf(row: readonly SourceCell[]): 'record' | 'step' | null {
  const names = row.filter((cell) => typeof cell === 'string').map((name) => name.trim())
  const has = (pattern: RegExp) => names.some((name) => pattern.test(name))
  if (has(planned)) return null
  const isTimed = has(patterns.time)
  if (isTimed && has(patterns.startVoltage) && has(patterns.endVoltage)) return 'step'
  const isHeaded = isTimed && has(patterns.voltage) && has(patterns.current)
  return isHeaded || isRecord(quantityColumns(names)) ? 'record' : null
}

function longest(candidates: readonly Candidate[]): Candidate {
  if (candidates.length > 0) {
    return candidates.reduce((best, next) => (next.table.rows.length > best.table.rows.length ? next : best))
  }
  throw new Failure('refused', 'no-measurement', 'No sheet has columns of time, voltage and current.', {
    advice: 'Export the record layer (every measured point), with its headings.',
  })
}

/** Sheets without headings are never parts of each other. */
function headingsOf({ table, heading }: Candidate): string {
  return heading < 0 ? table.name : JSON.stringify(table.rows[heading])
}

/** `Channel_1-008` and `Channel_1-008_2` are one channel; `Channel_1-009` is another. */
function refuseSeveralChannels(records: readonly Candidate[]): void {
  const channels = new Set(
    records.map(({ table }) => /^Channel_\d+(-\d+)?/i.exec(table.name)?.[0] ?? 'Channel'),
  )
  if (channels.size < 2) return
  throw new Failure('refused', 'several-channels', `The workbook holds ${channels.size} channels.`, {
    advice: 'Export each channel to a workbook of its own.',
    found: [...channels].join(', '),
  })
}

function joined(first: Candidate, parts: readonly Candidate[]): SourceTable {
  const headings = first.table.rows[first.heading] ?? placesOf(first.table)
  const bodies = parts.map(({ table, heading }) => table.rows.slice(heading + 1))
  const [{ table }] = parts
  return { name: table.name, rows: [headings, ...inOrder(bodies, headings).flat()] }
}

/** Columns without headings go by their places. */
function placesOf({ rows }: SourceTable): SourceCell[] {
  const width = rows.reduce((most, row) => Math.max(most, row.length), 0)
  return Array.from({ length: width }, (_, i) => String(i + 1))
}

/** Sheets come in the order of their first record numbers, where they are numbered through. */
function inOrder(
  bodies: readonly (readonly (readonly SourceCell[])[])[],
  headings: readonly SourceCell[],
): (readonly (readonly SourceCell[])[])[] {
  const at = headings.findIndex((name) =>
    /^(data_?point|record( (index|id|number))?|记录序号|数据序号)$/i.test(String(name)),
  )
  const firstNumber = (rows: readonly (readonly SourceCell[])[]) => Number(rows[0]?.[at] ?? 0)
  return at === -1 ? [...bodies] : [...bodies].sort((a, b) => firstNumber(a) - firstNumber(b))
}
