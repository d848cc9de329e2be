import { quantities, type Quantity, type TableMapping } from '../../../src-shared/cell/mapping.ts'
import { Failure } from '../../../src-shared/failure/failure.ts'
import type { LineSink, Reading } from '../lineSink.ts'
import { cellsOf } from './cellsOf.ts'
import { isRecord, missingColumn, placeOf, quantityColumns } from './headings.ts'
import { rowCells } from './rowCells.ts'
import { tableSink, type RowSink } from './readTable.ts'
import { startIn } from './tableStart.ts'
import { isUnitRow } from './waitingRows.ts'

const longestPreamble = 300

/**
 * Looks for the heading of a table below any preamble, by the stated mapping where there is one; throws `missing-column`
 * for a column of the mapping that no line heads, else `otherwise`.
 */
export function cyclerText(firstLine: string, otherwise: unknown, reading: Reading): LineSink {
  const { mapping: stated = {} } = reading
  const isFree = stated.headingLine === undefined && stated.columns === undefined
  let table: TextTable | null = null
  let skipped = 0
  let nearest: Shortfall | null = null
  const look = (text: string, number: number): boolean => {
    const { cells, names, ...start } = startIn(text, number, stated)
    const short = shortOf(names, stated)
    const sink = short === null ? tableSink(names, start, reading) : null
    if (sink !== null) table = { sink, delimiter: start.delimiter, cells: rowCells(names, start.delimiter) }
    if (short !== null && short.heads >= (nearest?.heads ?? 0)) nearest = short
    if (sink !== null && start.headingLine === null) sink.row(cells, number)
    return sink !== null
  }
  /** What heads no row yet may have been a list of names in the preamble. */
  const isKept = ({ sink, delimiter }: TextTable, text: string) => {
    if (!isFree || sink.isBegun()) return true
    const cells = cellsOf(text, delimiter)
    return sink.isRow(cells) || isUnitRow(cells)
  }
  const lookFirst = (text: string, number: number) => {
    if (isAbove(number, stated) || look(text, number)) return
    if (++skipped > longestPreamble || typeof stated.headingLine === 'number') throw unread()
  }
  const unread = () => nearest?.failure ?? otherwise
  lookFirst(firstLine, 1)
  return {
    line(text, number) {
      if (table === null) lookFirst(text, number)
      else if (isKept(table, text) || !look(text, number)) table.sink.row(table.cells(text, number), number)
    },
    plain: (block, at, number) => table?.sink.plain(block, at, number) ?? -1,
    end() {
      if (table === null) throw unread()
      return table.sink.end()
    },
  }
}

interface TextTable {
  readonly sink: RowSink
  readonly delimiter: string
  readonly cells: (text: string, line: number) => readonly string[]
}

function isAbove(line: number, { headingLine, firstRow }: TableMapping): boolean {
  return typeof headingLine === 'number' ? line < headingLine : headingLine === null && line < (firstRow ?? 1)
}

interface Shortfall {
  readonly failure: Failure
  /** How many of the columns wanted are there all the same. */
  readonly heads: number
}

/** What these names lack of the stated columns, or, having those, of a record; null without columns, or where all is there. */
function shortOf(names: readonly string[], { columns = {} }: TableMapping): Shortfall | null {
  if (Object.keys(columns).length === 0) return null
  const wanted = quantities.flatMap((quantity) => columns[quantity]?.column ?? [])
  const absent = wanted.filter((column) => placeOf(names, column) < 0)
  const heads = wanted.length - absent.length
  if (absent.length > 0) return { failure: missingColumn(names, absent[0]), heads }
  const found = quantityColumns(names, { stated: columns })
  if (isRecord(found)) return null
  const field = (['voltage', 'current'] as const).find((quantity) => found[quantity] === undefined) ?? 'time'
  return { failure: incomplete(field), heads: heads + Object.keys(found).length }
}

function incomplete(field: Quantity): Failure {
  const message = `The mapping names no column of ${field}, and no heading does.`
  return new Failure('refused', 'mapping-incomplete', message, {
    advice: 'A record needs time (or stepTime, or clock), voltage and current: name the column of each.',
    column: `columns.${field}`,
  })
}
