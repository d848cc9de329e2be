import type { SourceCell } from '../containers/sourceTable.ts'
import { parseNumber } from '../parseNumber.ts'
import { cellText, clockSeconds, durationSeconds, isMissing } from './cellNumber.ts'
import type { QuantityColumn, QuantityColumns } from './headings.ts'
import { oneCapacity } from './oneCapacity.ts'
import type { SignalRow } from './signalRecord.ts'
import type { CountedCharge } from './tableBalance.ts'
import { stepClock } from './stepClock.ts'
import { wallClock } from './wallClock.ts'

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
  /** °C; null where the file does not tell. */
  readonly temperature: number | null
}

export interface RowReader {
  read(cells: readonly SourceCell[], line: number): MeasuredRow
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
        temperature: optional(cells, columns.temperature),
      }
    },
    decimal: () => decimal,
    hasClock: () => hasClock || timeKind === 'clock',
  }
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
