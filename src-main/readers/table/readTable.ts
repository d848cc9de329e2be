import { simulatedColumn } from '../columns.ts'
import type { SourceCell, SourceTable } from '../containers/sourceTable.ts'
import { recordChecks, type CheckedRow } from '../checks/recordChecks.ts'
import { rowRepairs } from '../checks/rowRepairs.ts'
import { cycleStream } from '../cycleStream.ts'
import type { Reading } from '../lineSink.ts'
import type { RecordContent, RecordFormat } from '../readResult.ts'
import { cellText } from './cellNumber.ts'
import { formatOf } from './formatOf.ts'
import { headingParts } from './headings.ts'
import { maccorFindings } from './maccorFindings.ts'
import { rowKind } from './rowKind.ts'
import { rowReader, type MeasuredRow, type RowReader } from './rowReader.ts'
import { signalRows, type SignalRow } from './signalRows.ts'
import { skippedLines } from './skippedLines.ts'
import { mappingOf, tableLayout, type TableLayout } from './tableLayout.ts'
import {
  isCutAtDecimals,
  commaDecimals,
  refuseSideBySide,
  shortRow,
  unitsTellOtherwise,
} from './tableRefusals.ts'
import { unitNotes } from './unitNotes.ts'
import { waitingRows } from './waitingRows.ts'

export interface RowSink {
  row(cells: readonly SourceCell[], line: number): void
  isRow(cells: readonly SourceCell[]): boolean
  /** True once a measured row was taken. */
  isBegun(): boolean
  /** Takes the line of plain decimals at `at` uncut; answers where the next begins, or −1 where it must be cut into cells. */
  plain(block: Buffer, at: number, line: number): number
  end(): RecordContent
}

/** Where a table begins and what divides its cells. */
export interface TableStart {
  readonly format: RecordFormat
  /** Empty for the cells of a container. */
  readonly delimiter: string
  /** Null where there are no headings. */
  readonly headingLine: number | null
}

/** Reads the rows of a container's table, its headings first; null where no row heads time, voltage and current. */
export function readTable(
  { rows }: SourceTable,
  headingLine: number | null,
  reading: Reading = {},
): RecordContent | null {
  let sink: RowSink | null = null
  for (const [index, cells] of rows.entries()) {
    const line = (headingLine ?? 0) + index
    if (sink !== null) {
      sink.row(cells, line)
      continue
    }
    const names = cells.map((cell) => String(cell ?? ''))
    const place = headingLine === null ? null : line
    sink = tableSink(names, { delimiter: '', headingLine: place, format: formatOf(names) }, reading)
  }
  return sink?.end() ?? null
}

/** Takes the rows below the heading; null where the heading lacks time, voltage or current. */
export function tableSink(
  names: readonly string[],
  start: TableStart,
  reading: Reading = {},
): RowSink | null {
  const setting = { ...start, ...reading, units: names.map(() => '') }
  const layout = tableLayout(names, setting)
  if (layout === null) return null
  refuseSideBySide(names, layout, reading)
  const firstRow = reading.mapping?.firstRow ?? 0
  const blank = names.flatMap((name, index) => (name.trim() === '' ? [index] : []))
  const isLayered = names[0].trim() === ''
  const waiting = waitingRows(layout.columns, setting.units, layout.dates)
  let body: TableBody | null = null
  let isBegun = false
  const isRow = (cells: readonly SourceCell[]) => rowKind(cells, layout.measured) === 'measured'
  const begin = () => {
    body = tableBody(names, setting)
    for (const { cells, line } of waiting.rows()) body.row(cells, line)
    return body
  }
  return {
    row(cells, line) {
      if (line < firstRow) {
        waiting.takesUnits(cells)
        return
      }
      // A layered export indents its records: a line that fills a blank heading is of a cycle or step.
      if (isLayered && blank.some((index) => cellText(cells[index]) !== '')) return
      isBegun ||= isRow(cells)
      if (body !== null) body.row(cells, line)
      else if (waiting.takes(cells, line)) return
      else begin().row(cells, line)
    },
    isRow,
    isBegun: () => isBegun,
    plain: (block, at, line) => (isLayered ? -1 : (body?.plain(block, at, line) ?? -1)),
    end() {
      const { findings, ...content } = (body ?? begin()).end()
      return { ...content, findings: [...findings, ...waiting.findings()] }
    },
  }
}

/** s since the first row of times that are dates or count from 1970, in milliseconds too; other times as they are. */
function recordTime({ measured }: TableLayout, reader: RowReader): (time: number) => number {
  let start: number | null = null
  let scale = 1
  return (time) => {
    if (start === null) {
      const isEpoch = !reader.hasDate() && time >= epoch_s
      start = reader.hasDate() || isEpoch ? time : 0
      scale = isEpoch && time >= epoch_ms && measured.time.unit === null ? 1e-3 : 1
    }
    return (time - start) * scale
  }
}

/** No test takes thirty years: so much has passed since 1970. */
const epoch_s = 9.5e8
/** In milliseconds it is more than seconds can be. */
const epoch_ms = 1e11

interface TableBody {
  row(cells: readonly SourceCell[], line: number): void
  plain: RowSink['plain']
  end(): RecordContent
}

interface BodySetting extends TableStart, Reading {
  readonly units: readonly string[]
}

function tableBody(names: readonly string[], setting: BodySetting): TableBody {
  const layout = tableLayout(names, setting)
  if (layout === null) throw unitsTellOtherwise()
  const { measured } = layout
  const reader = rowReader(layout, { delimiter: setting.delimiter, width: names.length })
  const stream = cycleStream({ onRow: setting.onRow })
  const signalsOf = signalRows()
  const checks = recordChecks({
    time: measured.time.name,
    voltage: measured.voltage.name,
    current: measured.current.name,
  })
  const skipped = skippedLines()
  const simulatedAt = names.indexOf(simulatedColumn)
  let simulated = false
  const sinceStart = recordTime(layout, reader)
  let firstRow: number | null = null
  const repaired = rowRepairs(setting.repairs ?? [], (row: TakenRow) => {
    checks.row(row, row.line)
    stream.push(signalsOf(row), row.celsius, row.line)
  })
  const take = ({ signals, counted, clock, temperature: celsius }: MeasuredRow, line: number) => {
    firstRow ??= line
    const { voltage, current, cycle } = signals
    const time = sinceStart(signals.time)
    repaired.row({ time, voltage, current, cycle, counted, clock, celsius, line })
  }
  return {
    row(cells, line) {
      const kind = rowKind(cells, measured)
      if (kind === 'short') throw shortRow(cells.length, names.length, line)
      if (kind === 'words') skipped.add(cells, line)
      if (kind !== 'measured') return
      if (isCutAtDecimals(cells, names.length, setting.delimiter))
        throw commaDecimals(cells.length, names.length, line)
      simulated ||= Number(cells[simulatedAt]) === 1
      take(reader.read(cells, line), line)
    },
    plain: (block, at, line) => (simulatedAt < 0 ? reader.plain(block, at, line, take) : -1),
    end() {
      repaired.end()
      const { rows, findings: missing, ...derived } = stream.end()
      const told = {
        ...layout,
        hasClock: reader.hasClock(),
        isSigned: checks.hasNegative() || checks.isCharge(),
      }
      const findings = [...checks.end(), ...(setting.format === 'maccor' ? maccorFindings(told) : [])]
      return {
        ...writtenContent(names, { layout, setting, reader, firstRow }),
        rows,
        ...derived,
        simulated,
        findings: [...findings, ...missing, ...unitNotes(told), ...reader.findings(), ...skipped.end()],
      }
    },
  }
}

interface ReadBody {
  readonly layout: TableLayout
  readonly setting: BodySetting
  readonly reader: RowReader
  readonly firstRow: number | null
}

/** How the table turned out to be written. */
function writtenContent(
  names: readonly string[],
  { layout, setting, reader, firstRow }: ReadBody,
): Pick<RecordContent, 'format' | 'delimiter' | 'decimal' | 'columns' | 'mapping'> {
  const { format, delimiter, units, mapping: stated = {}, headingLine } = setting
  const decimal = reader.decimal()
  const first = firstRow ?? (headingLine ?? 0) + 1
  const found = { delimiter, decimal, dateOrder: reader.dateOrder(), headingLine, firstRow: first }
  return {
    format,
    delimiter,
    decimal,
    columns: names.map((name, i) => {
      const known = Object.values(layout.columns).find(({ index }) => index === i)
      return { name, unit: (known?.unit ?? headingParts(name).unit ?? units[i]) || null }
    }),
    mapping: mappingOf(names, layout, { stated, found }),
  }
}

interface TakenRow extends SignalRow, CheckedRow {
  readonly celsius: number | null
  readonly line: number
}
