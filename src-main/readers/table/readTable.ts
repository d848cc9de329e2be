import type { Finding } from '../../../src-shared/cell/finding.ts'
import { Failure } from '../../../src-shared/failure/failure.ts'
import type { SourceCell, SourceTable } from '../containers/sourceTable.ts'
import { recordChecks, type CheckedRow } from '../checks/recordChecks.ts'
import { rowRepairs } from '../checks/rowRepairs.ts'
import { cycleStream } from '../cycleStream.ts'
import type { Reading } from '../lineSink.ts'
import type { RecordContent, RecordFormat } from '../readResult.ts'
import { cellText } from './cellNumber.ts'
import { formatOf } from './formatOf.ts'
import { headingParts, isRecord, quantityColumns, type QuantityColumns } from './headings.ts'
import { repairedColumns } from './repairedColumns.ts'
import { rowKind } from './rowKind.ts'
import { rowReader, type MeasuredColumns, type MeasuredRow } from './rowReader.ts'
import { signalRows, type SignalRow } from './signalRows.ts'
import { skippedLines } from './skippedLines.ts'
import { unitNotes } from './unitNotes.ts'
import { waitingRows } from './waitingRows.ts'

export interface RowSink {
  row(cells: readonly SourceCell[], line: number): void
  /** Takes a line of plain decimals uncut; false where it must be cut into cells. */
  plain(text: string, line: number): boolean
  end(): RecordContent
}

/** Reads the rows of a container's table; null where no row heads time, voltage and current. */
export function readTable(
  table: SourceTable,
  delimiter: string,
  reading: Reading = {},
): RecordContent | null {
  let sink: RowSink | null = null
  for (const [index, cells] of table.rows.entries()) {
    if (sink === null)
      sink = tableSink(
        cells.map((cell) => String(cell ?? '')),
        { delimiter, ...reading },
      )
    else sink.row(cells, index + 1)
  }
  return sink?.end() ?? null
}

interface SinkSetting extends Reading {
  readonly delimiter: string
  readonly format?: RecordFormat
}

/** Takes the rows below the heading; null where the heading lacks time, voltage or current. */
export function tableSink(
  names: readonly string[],
  { format = formatOf(names), ...setting }: SinkSetting,
): RowSink | null {
  const columns = quantityColumns(names)
  if (!isRecord(columns)) return null
  const blank = names.flatMap((name, index) => (name.trim() === '' ? [index] : []))
  const units = names.map(() => '')
  const waiting = waitingRows(columns, units)
  let body: TableBody | null = null
  const begin = () => {
    body = tableBody(names, { ...setting, format, units })
    for (const { cells, line } of waiting.rows()) body.row(cells, line)
    return body
  }
  return {
    row(cells, line) {
      // A layered export indents its records: a line that fills a blank heading is of a cycle or step.
      if (names[0].trim() === '' && blank.some((index) => cellText(cells[index]) !== '')) return
      if (body !== null) body.row(cells, line)
      else if (waiting.takes(cells, line)) return
      else begin().row(cells, line)
    },
    plain: (text, line) => names[0].trim() !== '' && body?.plain(text, line) === true,
    end() {
      const { findings, ...content } = (body ?? begin()).end()
      return { ...content, findings: [...findings, ...waiting.findings()] }
    },
  }
}

interface TableBody {
  row(cells: readonly SourceCell[], line: number): void
  plain(text: string, line: number): boolean
  end(): RecordContent
}

interface TableSetting extends SinkSetting {
  readonly format: RecordFormat
  readonly units: readonly string[]
}

function tableBody(
  names: readonly string[],
  { format, units, delimiter, onRow, repairs = [] }: TableSetting,
): TableBody {
  const columns = repairedColumns(quantityColumns(names, units), repairs)
  const measured = measuredColumns(columns, format)
  const reader = rowReader(columns, measured, delimiter)
  const stream = cycleStream({ onRow })
  const signalsOf = signalRows()
  const checks = recordChecks({
    time: measured.time.name,
    voltage: measured.voltage.name,
    current: measured.current.name,
  })
  const skipped = skippedLines()
  let start: number | null = null
  const repaired = rowRepairs(repairs, (row: TakenRow) => {
    checks.row(row, row.line)
    stream.push(signalsOf(row), row.celsius)
  })
  const take = ({ signals, counted, clock, temperature: celsius }: MeasuredRow, line: number) => {
    if (measured.timeKind === 'clock') start ??= signals.time
    const { time, voltage, current, cycle } = signals
    repaired.row({ time: time - (start ?? 0), voltage, current, cycle, counted, clock, celsius, line })
  }
  return {
    row(cells, line) {
      const kind = rowKind(cells, measured)
      if (kind === 'short') throw shortRow(cells.length, names.length, line)
      if (kind === 'words') skipped.add(cells, line)
      if (kind === 'measured') take(reader.read(cells, line), line)
    },
    plain(text, line) {
      const row = reader.plain(text, line)
      if (row === null) return false
      take(row, line)
      return true
    },
    end() {
      repaired.end()
      const { rows, findings: missing, cycles, traces } = stream.end()
      const told = { columns, measured, hasClock: reader.hasClock(), hasNegative: checks.hasNegative() }
      const findings = [...checks.end(), ...(format === 'maccor' ? maccorFindings(told) : [])]
      return {
        format,
        rows,
        delimiter,
        decimal: reader.decimal(),
        columns: names.map((name, i) => ({ name, unit: headingParts(name).unit ?? (units[i] || null) })),
        cycles,
        traces,
        simulated: false,
        findings: [...findings, ...missing, ...unitNotes(told), ...skipped.end()],
      }
    },
  }
}

interface TakenRow extends SignalRow, CheckedRow {
  readonly celsius: number | null
  readonly line: number
}

interface Told {
  readonly columns: QuantityColumns
  readonly measured: MeasuredColumns
  readonly hasClock: boolean
  readonly hasNegative: boolean
}

/** Maccor leaves out the unit of its test time, minutes or seconds, and the sign of its current. */
function maccorFindings({ columns, measured, hasClock, hasNegative }: Told): Finding[] {
  const { time, current } = measured
  return [
    ...(time.unit === null && !hasClock ? [unitMissing(time.name)] : []),
    ...(columns.state === undefined && !hasNegative ? [signMissing(current.name)] : []),
  ]
}

/** Neware's `Time` restarts with every step; the whole time is better where there is one. */
function measuredColumns(columns: QuantityColumns, format: RecordFormat): MeasuredColumns {
  const { time, stepTime, clock, voltage, current } = columns
  if (voltage === undefined || current === undefined) throw new Error('no record')
  const isStep =
    format === 'neware' && time !== undefined && /^(time|时间)$/.test(headingParts(time.name).name)
  if (time !== undefined && !isStep) return { time, timeKind: 'time', voltage, current }
  const inStep = time ?? stepTime
  if (inStep !== undefined) return { time: inStep, timeKind: 'stepTime', voltage, current }
  if (clock === undefined) throw new Error('no record')
  return { time: clock, timeKind: 'clock', voltage, current }
}

function unitMissing(column: string): Finding {
  return {
    code: 'unit-missing',
    isDoubt: true,
    column,
    message: `${column} does not say whether it counts seconds or minutes.`,
    proposal: 'Export the time as d hh:mm:ss or with its unit in the heading.',
  }
}

function signMissing(column: string): Finding {
  return {
    code: 'sign-missing',
    isDoubt: true,
    column,
    message: `${column} has no sign, and no column tells charge from discharge.`,
    proposal: 'Export the record with its state column.',
  }
}

function shortRow(found: number, expected: number, line: number): Failure {
  return new Failure('refused', 'truncated', `Line ${line} is cut short.`, {
    advice: `The heading has ${expected} columns; copy or export the file again.`,
    line,
    found: `${found} columns`,
  })
}
