import { quantities, type Quantity, type TableMapping } from '../../../src-shared/cell/mapping.ts'
import { Failure } from '../../../src-shared/failure/failure.ts'
import { parseHeading, type Heading } from '../columns.ts'
import type { LineSink, Reading } from '../lineSink.ts'
import type { RecordFormat } from '../readResult.ts'
import { bitrodeNames } from './bitrode.ts'
import { isMeasured } from './cellNumber.ts'
import { cellsOf } from './cellsOf.ts'
import { formatOf } from './formatOf.ts'
import { isRecord, missingColumn, placeOf, quantityColumns } from './headings.ts'
import { tableSink, type RowSink } from './readTable.ts'

const longestPreamble = 300

/**
 * Looks for the heading of a table below any preamble, by the stated mapping where there is one; throws `missing-column`
 * for a column of the mapping that no line heads, else `otherwise`.
 */
export function cyclerText(firstLine: string, otherwise: unknown, reading: Reading): LineSink {
  const { mapping: stated = {} } = reading
  let sink: RowSink | null = null
  let delimiter = ','
  let skipped = 0
  let nearest: Shortfall | null = null
  const look = (text: string, number: number) => {
    if (isAbove(number, stated)) return
    const { cells, names, ...start } = startIn(text, number, stated)
    delimiter = start.delimiter
    const short = shortOf(names, stated)
    if (short === null) sink = tableSink(names, start, reading)
    else if (short.heads >= (nearest?.heads ?? 0)) nearest = short
    if (start.headingLine === null) sink?.row(cells, number)
    if (sink === null && (++skipped > longestPreamble || typeof stated.headingLine === 'number'))
      throw unread()
  }
  const unread = () => nearest?.failure ?? otherwise
  look(firstLine, 1)
  return {
    line(text, number) {
      if (sink === null) look(text, number)
      else sink.row(cellsOf(text, delimiter), number)
    },
    plain: (block, at, number) => sink?.plain(block, at, number) ?? -1,
    end() {
      if (sink === null) throw unread()
      return sink.end()
    },
  }
}

interface TextStart {
  readonly delimiter: string
  readonly cells: readonly string[]
  /** The cells, or what stands for headings where the line is a row already. */
  readonly names: readonly string[]
  readonly headingLine: number | null
  readonly format: RecordFormat
}

/** The table that would begin with this line. */
function startIn(text: string, line: number, stated: TableMapping): TextStart {
  const { names: cells, delimiter } = headingIn(text, stated)
  const bitrode = bitrodeNames(cells)
  if (bitrode !== null) return { delimiter, cells, names: bitrode, headingLine: null, format: 'bitrode' }
  if (stated.headingLine !== null && !isMappedRow(cells, stated))
    return { delimiter, cells, names: cells, headingLine: line, format: formatOf(cells) }
  const names = cells.map((_, i) => String(i + 1))
  return { delimiter, cells, names, headingLine: null, format: 'cycler-table' }
}

function isAbove(line: number, { headingLine, firstRow }: TableMapping): boolean {
  return typeof headingLine === 'number' ? line < headingLine : headingLine === null && line < (firstRow ?? 1)
}

function headingIn(text: string, { delimiter }: TableMapping): Heading {
  if (delimiter === undefined) return parseHeading(text)
  return { delimiter, names: cellsOf(text, delimiter).map((name) => name.trim()) }
}

/** True where the mapping counts its columns and their cells are measured already: there is no heading. */
function isMappedRow(cells: readonly string[], { headingLine, columns = {} }: TableMapping): boolean {
  const [voltage, current] = [columns.voltage?.column, columns.current?.column]
  if (headingLine !== undefined || typeof voltage !== 'number' || typeof current !== 'number') return false
  return [voltage, current].every((place) => isMeasured((cells[place - 1] ?? '').trim()))
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
