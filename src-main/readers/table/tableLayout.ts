import {
  quantities,
  type CurrentSign,
  type MappedColumns,
  type Quantity,
  type TableMapping,
} from '../../../src-shared/cell/mapping.ts'
import type { Reading } from '../lineSink.ts'
import type { RecordFormat } from '../readResult.ts'
import {
  headingParts,
  isRecord,
  quantityColumns,
  type QuantityColumn,
  type QuantityColumns,
} from './headings.ts'
import type { DateReading } from './wallClock.ts'
import { repairedColumns } from './repairedColumns.ts'

/** The columns without which no row can be read, and the time that the record is laid over. */
export interface MeasuredColumns {
  readonly time: QuantityColumn
  readonly timeKind: 'time' | 'stepTime' | 'clock'
  readonly voltage: QuantityColumn
  readonly current: QuantityColumn
}

/** What stands where in a table and how its cells are written. */
export interface TableLayout {
  readonly columns: QuantityColumns
  readonly measured: MeasuredColumns
  readonly currentSign: CurrentSign
  readonly isDischarge: (state: string) => boolean
  /** Undefined: each cell tells. */
  readonly decimal: '.' | ',' | undefined
  readonly dates: DateReading
}

export interface LayoutQuestion extends Reading {
  readonly format: RecordFormat
  readonly units: readonly string[]
}

/** The layout of the rows below these headings: stated, else found; null where they make no record. */
export function tableLayout(
  names: readonly string[],
  { format, units, mapping: stated = {}, repairs = [] }: LayoutQuestion,
): TableLayout | null {
  const found = quantityColumns(names, { units, stated: stated.columns })
  if (!isRecord(found)) return null
  const columns = repairedColumns(withStepTime(found, format, stated), repairs)
  const currentSign = stated.currentSign ?? (columns.state === undefined ? 'charge-positive' : 'state')
  return {
    columns,
    measured: measuredColumns(columns, { currentSign, stated }),
    currentSign,
    isDischarge: dischargeState(stated.dischargeStates),
    decimal: stated.decimal,
    dates: { order: stated.dateOrder, zone: stated.zone },
  }
}

/** Neware's `Time` restarts with every step. */
function withStepTime(columns: QuantityColumns, format: RecordFormat, stated: TableMapping): QuantityColumns {
  const { time, ...others } = columns
  if (time === undefined || format !== 'neware' || stated.columns?.time !== undefined) return columns
  return /^(time|时间)$/.test(headingParts(time.name).name) ? { ...others, stepTime: time } : columns
}

interface Measured {
  readonly currentSign: CurrentSign
  readonly stated: TableMapping
}

/** The whole time is better than a step's, and either is better than dates, unless another is stated. */
function measuredColumns(columns: QuantityColumns, { currentSign, stated }: Measured): MeasuredColumns {
  const { voltage, current } = columns
  const kinds = ['time', 'stepTime', 'clock'] as const
  const isStated = (kind: Quantity) => (stated.columns?.[kind] ?? null) !== null
  const timeKind = kinds.find(isStated) ?? kinds.find((kind) => columns[kind] !== undefined)
  const time = timeKind === undefined ? undefined : columns[timeKind]
  if (voltage === undefined || current === undefined || timeKind === undefined || time === undefined)
    throw new Error('no record')
  const factor = currentSign === 'discharge-positive' ? -current.factor : current.factor
  return { time, timeKind, voltage, current: { ...current, factor } }
}

const dischargeWords =
  /(^|[ _-])(d|dch|dchg|dchrg|dischg|dis\w*|dsch?g?|c[cvpr]d|cccvd|entlad\w*|décharge\w*)($|[ _-])|放电|放電/i

function dischargeState(stated: readonly string[] | undefined): (state: string) => boolean {
  if (stated === undefined) return (state) => dischargeWords.test(state)
  const states = new Set(stated.map((state) => state.trim().toLowerCase()))
  return (state) => states.has(state.toLowerCase())
}

export interface FoundWriting {
  readonly headingLine: number | null
  readonly firstRow: number
  readonly delimiter: string
  readonly decimal: '.' | ','
  readonly dateOrder: 'day' | 'month' | null
}

/** The whole mapping that a table was read by; read by it again, it gives the same record. */
export function mappingOf(
  names: readonly string[],
  { columns, currentSign }: TableLayout,
  { stated, found }: { stated: TableMapping; found: FoundWriting },
): TableMapping {
  const { headingLine, firstRow, delimiter, decimal, dateOrder } = found
  const mapped: MappedColumns = {}
  for (const quantity of quantities) {
    const column = columns[quantity]
    if (stated.columns?.[quantity] === null) mapped[quantity] = null
    if (column === undefined) continue
    const { index, name, unit } = column
    const isNamed = headingLine !== null && name.trim() !== '' && names.indexOf(name) === index
    mapped[quantity] = { column: isNamed ? name : index + 1, unit: unit === '' ? null : unit }
  }
  return {
    ...stated,
    ...(delimiter === '' ? {} : { delimiter }),
    decimal,
    headingLine,
    firstRow,
    ...(dateOrder === null ? {} : { dateOrder }),
    currentSign,
    columns: mapped,
  }
}
