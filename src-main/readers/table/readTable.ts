import type { Finding } from '../../../src-shared/cell/finding.ts'
import type { CyclerRecord } from '../../../src-shared/cell/record.ts'
import { splitCycles } from '../../../src-shared/cell/splitCycles.ts'
import { Failure } from '../../../src-shared/failure/failure.ts'
import type { SourceCell, SourceTable } from '../containers/sourceTable.ts'
import { parseNumber } from '../parseNumber.ts'
import type { RecordContent } from '../readResult.ts'
import { formatOf } from './formatOf.ts'
import { headingParts, quantityColumns, type QuantityColumn, type QuantityColumns } from './headings.ts'
import { rowChecks } from './rowChecks.ts'
import { chargeBalance, type CountedCharge } from './tableBalance.ts'
import { signalRecord } from './signalRecord.ts'

export interface RowSink {
  row(cells: readonly SourceCell[], line: number): void
  end(): RecordContent
}

/** Reads the rows of a container's table; null where no row heads time, voltage and current. */
export function readTable(table: SourceTable, delimiter: string): RecordContent | null {
  let sink: RowSink | null = null
  for (const [index, cells] of table.rows.entries()) {
    if (sink === null)
      sink = tableSink(
        cells.map((cell) => String(cell ?? '')),
        delimiter,
      )
    else sink.row(cells, index + 1)
  }
  return sink?.end() ?? null
}

/** Takes the rows below the heading; null where the heading lacks time, voltage or current. */
export function tableSink(names: readonly string[], delimiter: string): RowSink | null {
  const columns = quantityColumns(names)
  const { time, voltage, current, cycle, state } = columns
  if (time === undefined || voltage === undefined || current === undefined) return null
  const blank = names.flatMap((name, index) => (name.trim() === '' ? [index] : []))
  const record = signalRecord()
  const checks = rowChecks()
  const balance = chargeBalance()
  const last = Math.max(time.index, voltage.index, current.index)
  let decimal: '.' | ',' = '.'
  let hasClock = false
  // Maccor leaves out the unit of its test time, minutes or seconds, and the sign of its current.
  const makerFindings = ({ current: all }: CyclerRecord): Finding[] => {
    if (formatOf(names) !== 'maccor') return []
    return [
      ...(time.unit === null && !hasClock ? [unitMissing(time.name)] : []),
      ...(state === undefined && !all.some((value) => value < 0) ? [signMissing(current.name)] : []),
    ]
  }
  const read = (cells: readonly SourceCell[], column: QuantityColumn, line: number) => {
    const text = String(cells[column.index] ?? '').trim()
    const hasComma = delimiter !== ',' && /^[-+]?\d*,\d/.test(text)
    if (hasComma) decimal = ','
    if (column === time && text.includes(':')) hasClock = true
    return quantityOf(hasComma ? text.replace(',', '.') : text, column, line)
  }
  return {
    row(cells, line) {
      // A layered export indents its records: a line that fills a blank heading is of a cycle or step.
      if (names[0].trim() === '' && blank.some((index) => String(cells[index] ?? '').trim() !== '')) return
      if (cells.length <= last) throw shortRow(cells.length, names.length, line)
      const measured = read(cells, current, line)
      const row = {
        time: read(cells, time, line),
        voltage: read(cells, voltage, line),
        current: isDischarge(cells, state) ? -Math.abs(measured) : measured,
        cycle: cycle === undefined ? null : cycleOf(cells[cycle.index]),
      }
      checks.row(row, line)
      balance.row(row, countedCharge(cells, columns))
      record.push(row)
    },
    end() {
      const whole = record.end()
      requireCellVoltage(whole, voltage)
      const findings = [...checks.end(), ...balance.end(), ...makerFindings(whole)]
      const split = findings.length > 0 ? [] : splitCycles(whole)
      const usable = split.filter((one) => one.cycle.chargeCurve !== null)
      return {
        format: formatOf(names),
        rows: whole.time.length,
        delimiter,
        decimal,
        columns: names.map((name) => ({ name, unit: headingParts(name).unit })),
        record: whole,
        cycles: usable.map((one, row) => ({ ...one.cycle, row })),
        simulated: false,
        findings: [...findings, ...firstOfEach(split.flatMap((one) => one.missing))],
      }
    },
  }
}

function isDischarge(cells: readonly SourceCell[], state: QuantityColumn | undefined): boolean {
  return state !== undefined && /^(d$|dchg|dis|cc dchg|cc_dchg)/i.test(String(cells[state.index]).trim())
}

function countedCharge(cells: readonly SourceCell[], columns: QuantityColumns): CountedCharge {
  return {
    in: optional(cells, columns.chargeCapacity),
    out: optional(cells, columns.dischargeCapacity),
  }
}

/** Ah; null where the file has no such column or no number there. */
function optional(cells: readonly SourceCell[], column: QuantityColumn | undefined): number | null {
  if (column === undefined) return null
  const text = String(cells[column.index] ?? '').trim()
  const value = text === '' ? Number.NaN : Number(text.replace(',', '.'))
  return Number.isFinite(value) ? value * column.factor : null
}

/** No cell stays below half a volt: volts under a heading of millivolts do. */
function requireCellVoltage({ voltage }: CyclerRecord, { name }: QuantityColumn): void {
  const highest = voltage.reduce((most, value) => Math.max(most, value), -Infinity)
  if (voltage.length === 0 || highest >= 0.5) return
  throw new Failure(
    'refused',
    'voltage-range',
    `The highest voltage is ${highest} V, below that of any cell.`,
    {
      advice: 'Check the unit of the voltage column, and export it in volts.',
      column: name,
    },
  )
}

/** The first finding of each code. */
function firstOfEach(findings: readonly Finding[]): Finding[] {
  return findings.filter(({ code }, i) => findings.findIndex((one) => one.code === code) === i)
}

function unitMissing(column: string): Finding {
  return {
    code: 'unit-missing',
    column,
    message: `${column} does not say whether it counts seconds or minutes.`,
    proposal: 'Export the time as d hh:mm:ss or with its unit in the heading.',
  }
}

function signMissing(column: string): Finding {
  return {
    code: 'sign-missing',
    column,
    message: `${column} has no sign, and no column tells charge from discharge.`,
    proposal: 'Export the record with its state column.',
  }
}

function quantityOf(text: string, { name, factor }: QuantityColumn, line: number): number {
  const clock = /^(?:(\d+)d\s*)?(\d+):(\d+):(\d+(?:\.\d+)?)$/.exec(text)
  if (clock === null) return parseNumber(text, { line, column: name }) * factor
  const [days, hours, minutes, seconds] = clock
    .slice(1)
    .map((part) => Number((part as string | undefined) ?? 0))
  return ((days * 24 + hours) * 60 + minutes) * 60 + seconds
}

function cycleOf(cell: SourceCell | undefined): number | null {
  const text = String(cell ?? '').trim()
  return /^\d{1,6}(?:\.0*)?$/.test(text) ? Number(text) : null
}

function shortRow(found: number, expected: number, line: number): Failure {
  return new Failure('refused', 'truncated', `Line ${line} is cut short.`, {
    advice: `The heading has ${expected} columns; copy or export the file again.`,
    line,
    found: `${found} columns`,
  })
}
