import type { SourceCell } from '../containers/sourceTable.ts'
import { parseNumber } from '../parseNumber.ts'
import { plainNumbers } from '../plainNumbers.ts'
import { cellText, clockSeconds, durationSeconds, isMissing } from './cellNumber.ts'
import type { QuantityColumn } from './headings.ts'
import { numberWriting, type NumberWriting } from './numberWriting.ts'
import { oneCapacity } from './oneCapacity.ts'
import type { SignalRow } from './signalRows.ts'
import type { CountedCharge } from '../checks/chargeBalance.ts'
import { stepClock, type StepClock } from './stepClock.ts'
import type { Finding } from '../../../src-shared/cell/finding.ts'
import type { TableLayout } from './tableLayout.ts'
import { dateBeside, wallClock } from './wallClock.ts'

export interface MeasuredRow {
  readonly signals: SignalRow
  readonly counted: CountedCharge
  /** s since 1970; asked of few rows, null in all others. */
  readonly clock: number | null
  /** °C; null where the file does not tell. */
  readonly temperature: number | null
}

export interface RowReader {
  read(cells: readonly SourceCell[], line: number): MeasuredRow
  /** Hands on the row of plain decimals at `at` of ASCII lines; answers where the next line begins, or −1 where its cells need a closer look. */
  plain(block: Buffer, at: number, line: number, take: (row: MeasuredRow, line: number) => void): number
  decimal(): '.' | ','
  /** Which comes first in the dates; null where none told. */
  dateOrder(): 'day' | 'month' | null
  /** True once a time was written as a clock, which needs no unit. */
  hasClock(): boolean
  /** True where the time is a date: of the wall clock, not since the record's start. */
  hasDate(): boolean
  findings(): Finding[]
}

export interface RowShape {
  readonly delimiter: string
  /** How many headings there are. */
  readonly width: number
}

/** Reads the cells of rows whose layout is known: decimal commas, clocks, dates, and signs by the state's column. */
export function rowReader(layout: TableLayout, { delimiter, width }: RowShape): RowReader {
  const { columns } = layout
  const { time, timeKind, voltage, current } = layout.measured
  const writing = numberWriting(layout.decimal, delimiter)
  const { number, optional } = cellReader(writing)
  const times = timeReader(layout, number)
  const whole = stepClock()
  const count = oneCapacity()
  const { chargeCapacity, dischargeCapacity, capacity } = columns
  const countedOf = (cells: readonly SourceCell[], amperes: number): CountedCharge =>
    chargeCapacity === undefined && dischargeCapacity === undefined
      ? count(amperes, optional(cells, capacity))
      : { in: optional(cells, chargeCapacity), out: optional(cells, dischargeCapacity) }
  const beside = dateBeside(timeKind === 'clock' ? {} : columns, layout.dates)
  return {
    read(cells, line) {
      const amperes = number(cells, current, line)
      const signed = isDischarge(layout, cells) ? -Math.abs(amperes) : amperes
      const seconds = times.seconds(cells, line)
      return {
        signals: {
          time:
            timeKind === 'stepTime'
              ? whole.seconds(seconds, optional(cells, columns.step), () => beside(cells, line))
              : seconds,
          voltage: number(cells, voltage, line),
          current: signed,
          cycle: wholeCycle(optional(cells, columns.cycle)),
        },
        counted: countedOf(cells, signed),
        clock: asksClock(line) ? beside(cells, line) : null,
        temperature: optional(cells, columns.temperature),
      }
    },
    plain: plainReader(layout, { delimiter, width, whole, count, writing }),
    decimal: () => writing.decimal(),
    dateOrder: times.dateOrder,
    hasClock: times.hasClock,
    hasDate: times.hasDate,
    findings: () => whole.findings(time.name),
  }
}

interface CellReader {
  readonly number: (cells: readonly SourceCell[], column: QuantityColumn, line: number) => number
  /** Null where there is no such column, or no number in it. */
  readonly optional: (cells: readonly SourceCell[], column: QuantityColumn | undefined) => number | null
}

/** Numbers in the program's own units. */
function cellReader(writing: NumberWriting): CellReader {
  return {
    number(cells, { index, name, factor }, line) {
      const cell = cells[index]
      if (typeof cell === 'number' && Number.isFinite(cell)) return cell * factor
      const place = { line, column: name }
      return parseNumber(writing.withPoint(cellText(cell), place), place) * factor
    },
    optional(cells, column) {
      const text = column === undefined ? '' : cellText(cells[column.index])
      const value = column === undefined || isMissing(text) ? Number.NaN : writing.loosely(text)
      return Number.isFinite(value) ? value * (column?.factor ?? 1) : null
    },
  }
}

/** The time as it stands: seconds, a clock of elapsed time, or a date. */
function timeReader({ measured, dates: written }: TableLayout, number: CellReader['number']) {
  const { time, timeKind } = measured
  const dates = wallClock(time.name, written)
  let hasClock = false
  let hasDate = timeKind === 'clock'
  return {
    seconds(cells: readonly SourceCell[], line: number): number {
      const cell = cells[time.index] ?? null
      const date = timeKind === 'clock' || isDate(cell) ? dates.seconds(cell, line) : null
      if (date !== null) {
        hasDate = true
        return date
      }
      if (cell instanceof Date) return durationSeconds(cell)
      const text = cellText(cell)
      const seconds = text.includes(':') ? clockSeconds(text) : null
      if (seconds === null) return number(cells, time, line)
      hasClock = true
      return seconds
    },
    dateOrder: () => dates.order(),
    hasClock: () => hasClock || hasDate,
    hasDate: () => hasDate,
  }
}

interface Running extends RowShape {
  readonly whole: StepClock
  readonly count: ReturnType<typeof oneCapacity>
  readonly writing: NumberWriting
}

/** Dates, clocks and runs of blanks need a closer look. */
function plainReader(
  layout: TableLayout,
  { delimiter, width, whole, count, writing }: Running,
): RowReader['plain'] {
  const { columns, measured } = layout
  const { time, timeKind, voltage, current } = measured
  if (timeKind === 'clock' || delimiter === '' || delimiter === ' ') return () => -1
  const { cycle, chargeCapacity, dischargeCapacity, capacity, temperature } = columns
  const step = timeKind === 'stepTime' ? columns.step : undefined
  const required = [time, voltage, current]
  const optional = [cycle, chargeCapacity, dischargeCapacity, capacity, temperature, step]
  const wanted = [...required, ...optional.filter((column) => column !== undefined)]
  const values = new Float64Array(wanted.length)
  const indexes = wanted.map(({ index }) => index)
  const sign = plainSign(layout)
  const { words } = sign
  const scan = plainNumbers(
    { indexes, required: required.length, delimiter, width: null, most: width + 1, words },
    values,
  )
  const [cycleAt, inAt, outAt, capacityAt, celsiusAt, stepAt] = optional.map((column) =>
    column === undefined ? -1 : wanted.indexOf(column),
  )
  const factors = Float64Array.from(wanted, ({ factor }) => factor)
  const valueAt = (at: number) => (at < 0 || Number.isNaN(values[at]) ? null : values[at] * factors[at])
  const isDated = columns.clock !== undefined
  return (block, at, line, take) => {
    if (isDated && asksClock(line)) return -1
    const next = scan(block, at, writing.decimal())
    if (next < 0) return -1
    const seconds = values[0] * factors[0]
    const stepOf = timeKind === 'stepTime' ? valueAt(stepAt) : null
    if (timeKind === 'stepTime' && isDated && whole.begins(seconds, stepOf)) return -1
    writing.sawPlain(values)
    const amperes = sign.of(block, values[2] * factors[2])
    const signals = {
      time: timeKind === 'stepTime' ? whole.seconds(seconds, stepOf, noDate) : seconds,
      voltage: values[1] * factors[1],
      current: amperes,
      cycle: wholeCycle(valueAt(cycleAt)),
    }
    const counted =
      inAt < 0 && outAt < 0 ? count(amperes, valueAt(capacityAt)) : { in: valueAt(inAt), out: valueAt(outAt) }
    take({ signals, counted, clock: null, temperature: valueAt(celsiusAt) }, line)
    return next
  }
}

function noDate(): null {
  return null
}

/** The sign that a row's state gives its current; a state is looked at once, for most rows repeat the one before. */
function plainSign({ columns, currentSign, isDischarge: isState }: TableLayout) {
  const { state } = columns
  if (currentSign !== 'state' || state === undefined)
    return { words: undefined, of: (_: Buffer, amperes: number) => amperes }
  const place = new Int32Array(2)
  let known = Buffer.alloc(0)
  let isOut = isState('')
  return {
    words: { index: state.index, place },
    of(block: Buffer, amperes: number) {
      const [from, to] = place
      if (to - from !== known.length || block.compare(known, 0, known.length, from, to) !== 0) {
        known = Buffer.from(block.subarray(from, to))
        isOut = isState(known.toString('latin1').trim())
      }
      return isOut ? -Math.abs(amperes) : amperes
    },
  }
}

/** Every so many lines the date beside the test time is read too. */
const clockStride = 32

function asksClock(line: number): boolean {
  return line % clockStride === 0
}

function wholeCycle(value: number | null): number | null {
  return value !== null && Number.isInteger(value) && value >= 0 && value < 1e6 ? value : null
}

/** A date under a heading of test time: some programs export either. */
function isDate(cell: SourceCell): boolean {
  return typeof cell === 'string' && /^\s*\d+[-/.]\d+[-/.]\d+[ T]+\d+[:.]\d/.test(cell)
}

function isDischarge(
  { columns, currentSign, isDischarge: isState }: TableLayout,
  cells: readonly SourceCell[],
) {
  return (
    currentSign === 'state' && columns.state !== undefined && isState(cellText(cells[columns.state.index]))
  )
}
