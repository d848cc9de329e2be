import type { SourceCell } from '../containers/sourceTable.ts'
import { parseNumber } from '../parseNumber.ts'
import { plainNumbers } from '../plainNumbers.ts'
import { cellText, clockSeconds, durationSeconds, isMissing } from './cellNumber.ts'
import type { QuantityColumn, QuantityColumns } from './headings.ts'
import { oneCapacity } from './oneCapacity.ts'
import type { SignalRow } from './signalRows.ts'
import type { CountedCharge } from '../checks/chargeBalance.ts'
import { stepClock } from './stepClock.ts'
import { dateBeside, wallClock } from './wallClock.ts'

/** The columns without which no row can be read, and the time that the record is laid over. */
export interface MeasuredColumns {
  readonly time: QuantityColumn
  readonly timeKind: 'time' | 'stepTime' | 'clock'
  readonly voltage: QuantityColumn
  readonly current: QuantityColumn
}

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
  /** Reads a line of plain decimals quickly; null where its cells need a closer look. */
  plain(text: string, line: number): MeasuredRow | null
  decimal(): '.' | ','
  /** True once a time was written as a clock, which needs no unit. */
  hasClock(): boolean
}

/** Reads the cells of rows whose columns are known: decimal commas, clocks, dates, and signs by the state's column. */
export function rowReader(columns: QuantityColumns, measured: MeasuredColumns, delimiter: string): RowReader {
  const { time, timeKind, voltage, current } = measured
  let decimal: '.' | ',' = '.'
  let hasClock = false
  const dateOf = wallClock(time.name)
  const whole = stepClock()
  const count = oneCapacity()
  const plain = (text: string) => {
    if (delimiter === ',' || !/^[-+]?\d*,\d/.test(text)) return text
    decimal = ','
    return text.replace(',', '.')
  }
  const number = (cells: readonly SourceCell[], column: QuantityColumn, line: number) =>
    parseNumber(plain(cellText(cells[column.index])), { line, column: column.name }) * column.factor
  const optional = (cells: readonly SourceCell[], column: QuantityColumn | undefined) => {
    const text = column === undefined ? '' : cellText(cells[column.index])
    const value = column === undefined || isMissing(text) ? Number.NaN : Number(text.replace(',', '.'))
    return Number.isFinite(value) ? value * (column?.factor ?? 1) : null
  }
  const { chargeCapacity, dischargeCapacity, capacity } = columns
  const countedOf = (cells: readonly SourceCell[], amperes: number): CountedCharge =>
    chargeCapacity === undefined && dischargeCapacity === undefined
      ? count(amperes, optional(cells, capacity))
      : { in: optional(cells, chargeCapacity), out: optional(cells, dischargeCapacity) }
  const beside = dateBeside(timeKind === 'clock' ? {} : columns)
  const clockOf = (cells: readonly SourceCell[], line: number) =>
    asksClock(line) ? beside(cells, line) : null
  const timeOf = (cells: readonly SourceCell[], line: number) => {
    const cell = cells[time.index] ?? null
    const date = timeKind === 'clock' || isDate(cell) ? dateOf(cell, line) : null
    if (date !== null) return date
    if (cell instanceof Date) return durationSeconds(cell)
    const text = cellText(cell)
    const seconds = text.includes(':') ? clockSeconds(text) : null
    if (seconds === null) return number(cells, time, line)
    hasClock = true
    return seconds
  }
  return {
    read(cells, line) {
      const amperes = number(cells, current, line)
      const signed = isDischarge(cells, columns.state) ? -Math.abs(amperes) : amperes
      const seconds = timeOf(cells, line)
      return {
        signals: {
          time: timeKind === 'stepTime' ? whole(seconds) : seconds,
          voltage: number(cells, voltage, line),
          current: signed,
          cycle: columns.cycle === undefined ? null : cycleOf(cells[columns.cycle.index]),
        },
        counted: countedOf(cells, signed),
        clock: clockOf(cells, line),
        temperature: optional(cells, columns.temperature),
      }
    },
    plain: plainReader(columns, measured, { delimiter, whole, count }),
    decimal: () => decimal,
    hasClock: () => hasClock || timeKind === 'clock',
  }
}

interface Running {
  readonly delimiter: string
  readonly whole: ReturnType<typeof stepClock>
  readonly count: ReturnType<typeof oneCapacity>
}

/** Dates, and states that tell the sign, are no plain numbers. */
function plainReader(
  columns: QuantityColumns,
  { time, timeKind, voltage, current }: MeasuredColumns,
  { delimiter, whole, count }: Running,
): RowReader['plain'] {
  if (timeKind === 'clock' || columns.state !== undefined || delimiter === '') return () => null
  const { cycle, chargeCapacity, dischargeCapacity, capacity, temperature } = columns
  const required = [time, voltage, current]
  const optional = [cycle, chargeCapacity, dischargeCapacity, capacity, temperature]
  const wanted = [...required, ...optional.filter((column) => column !== undefined)]
  const values = new Float64Array(wanted.length)
  const indexes = wanted.map(({ index }) => index)
  const isPlain = plainNumbers({ indexes, required: required.length, delimiter, width: null }, values)
  const [cycleAt, inAt, outAt, capacityAt, celsiusAt] = optional.map((column) =>
    column === undefined ? -1 : wanted.indexOf(column),
  )
  const valueAt = (at: number) => (at < 0 || Number.isNaN(values[at]) ? null : values[at] * wanted[at].factor)
  const isDated = columns.clock !== undefined
  return (text, line) => {
    if ((isDated && asksClock(line)) || !isPlain(text)) return null
    const seconds = values[0] * time.factor
    const amperes = values[2] * current.factor
    return {
      signals: {
        time: timeKind === 'stepTime' ? whole(seconds) : seconds,
        voltage: values[1] * voltage.factor,
        current: amperes,
        cycle: wholeCycle(valueAt(cycleAt)),
      },
      counted:
        inAt < 0 && outAt < 0
          ? count(amperes, valueAt(capacityAt))
          : { in: valueAt(inAt), out: valueAt(outAt) },
      clock: null,
      temperature: valueAt(celsiusAt),
    }
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
  return typeof cell === 'string' && /^\s*\d+[-/.]\d+[-/.]\d+[ T]+\d+:/.test(cell)
}

const discharge = /(^|[ _-])(d|dchg|dchrg|disc?h?g?|dis\w*)($|[ _-])|放电/i

function isDischarge(cells: readonly SourceCell[], state: QuantityColumn | undefined): boolean {
  return state !== undefined && discharge.test(cellText(cells[state.index]))
}

function cycleOf(cell: SourceCell | undefined): number | null {
  const text = cellText(cell)
  return /^\d{1,6}(?:[.,]0*)?$/.test(text) ? Math.trunc(Number(text.replace(',', '.'))) : null
}
