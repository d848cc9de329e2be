import type { Finding } from '../../../src-shared/cell/finding.ts'
import type { SourceCell } from '../containers/sourceTable.ts'
import { cellText, isMeasured } from './cellNumber.ts'
import type { QuantityColumns } from './headings.ts'
import { timeUnit } from './timeUnit.ts'
import { carriesUnit } from './units.ts'
import type { DateReading } from './wallClock.ts'

interface WaitingRow {
  readonly cells: readonly SourceCell[]
  readonly line: number
}

export interface WaitingRows {
  /** True for a row that holds the units, which is remembered. */
  takesUnits(cells: readonly SourceCell[]): boolean
  /** True where the row was taken: it holds units, or must wait until the unit of time is known. */
  takes(cells: readonly SourceCell[], line: number): boolean
  rows(): readonly WaitingRow[]
  findings(): Finding[]
}

const longestWait_rows = 2000

/** Keeps the first rows back until `units`, filled in place, holds what the heading leaves out and the rows can tell. */
export function waitingRows(columns: QuantityColumns, units: string[], dates: DateReading = {}): WaitingRows {
  const finder = timeUnit(columns, dates)
  let rows: WaitingRow[] = []
  let isDone = finder === null
  let isFirst = true
  const takesUnits = (cells: readonly SourceCell[]) => {
    if (!isUnitRow(cells)) return false
    cells.forEach((cell, i) => (units[i] = unitText(cell)))
    isDone ||= units[columns.time?.index ?? -1] !== ''
    return true
  }
  let found: string | null = null
  return {
    takesUnits,
    takes(cells, line) {
      const isUnits = isFirst && takesUnits(cells)
      isFirst = false
      if (isUnits) return true
      if (isDone || finder === null) return false
      const told = finder.row(cells, line)
      if (told !== null) units[told.index] = found = told.unit
      isDone = told !== null || rows.length >= longestWait_rows
      if (isDone) return false
      rows.push({ cells, line })
      return true
    },
    rows() {
      const kept = rows
      rows = []
      return kept
    },
    findings: () => (found === null ? [] : [unitFound(columns.time?.name ?? '', found)]),
  }
}

/** The row below some programs' headings that holds their units alone. */
export function isUnitRow(cells: readonly SourceCell[]): boolean {
  const texts = cells.map(unitText)
  return !texts.some(isMeasured) && texts.filter(carriesUnit).length >= 3
}

/** `[V]` is V. */
function unitText(cell: SourceCell): string {
  return cellText(cell).replace(/^[[(](.*)[\])]$/, '$1')
}

function unitFound(column: string, unit: string): Finding {
  return {
    code: 'unit-found',
    isNote: true,
    column,
    message: `${column} names no unit; the dates in the same rows show that it counts ${unit}.`,
  }
}
