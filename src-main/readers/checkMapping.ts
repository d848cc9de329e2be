import {
  dimensions,
  quantities,
  writtenUnits,
  type Quantity,
  type TableMapping,
} from '../../src-shared/cell/mapping.ts'
import { Failure } from '../../src-shared/failure/failure.ts'
import { dimensionOf } from './table/units.ts'
import { isZone } from './table/zoneClock.ts'

/** Throws `mapping-invalid`, with the field as its column, for a mapping that no file could be read by. */
export function checkMapping(mapping: TableMapping): void {
  checkWriting(mapping)
  checkLines(mapping)
  const given = quantities.filter((quantity) => (mapping.columns?.[quantity] ?? null) !== null)
  for (const quantity of given) checkColumn(mapping, quantity)
  for (const [i, quantity] of given.entries()) {
    const twin = given.slice(0, i).find((other) => columnOf(mapping, other) === columnOf(mapping, quantity))
    if (twin === undefined) continue
    const found = String(columnOf(mapping, quantity))
    throw invalid(
      `columns.${quantity}.column`,
      found,
      `It is the column of ${twin} already; give each its own.`,
    )
  }
}

function checkWriting({ encoding, zone, delimiter }: TableMapping): void {
  if (encoding !== undefined && !isEncoding(encoding))
    throw invalid('encoding', encoding, 'Name it as the web does: utf-8, windows-1252, shift_jis, gb18030.')
  if (zone !== undefined && !isZone(zone)) throw invalid('zone', zone, 'Name it as in Europe/Berlin, or UTC.')
  if (delimiter !== undefined && /[\w"\r\n]/.test(delimiter))
    throw invalid('delimiter', delimiter, 'Give a sign; a blank stands for any run of blanks.')
}

function checkLines({ headingLine, firstRow, currentSign, columns }: TableMapping): void {
  if (typeof headingLine === 'number' && firstRow !== undefined && firstRow <= headingLine)
    throw invalid('firstRow', String(firstRow), `Rows begin below the heading in line ${headingLine}.`)
  if (currentSign === 'state' && columns?.state === null)
    throw invalid('currentSign', currentSign, 'Name the column of the state, which tells the sign.')
}

function columnOf({ columns }: TableMapping, quantity: Quantity): string | number | undefined {
  return columns?.[quantity]?.column
}

function checkColumn(mapping: TableMapping, quantity: Quantity): void {
  const column = columnOf(mapping, quantity)
  if (mapping.headingLine === null && typeof column === 'string')
    throw invalid(
      `columns.${quantity}.column`,
      column,
      'Without headings a column is named by its place, from 1.',
    )
  const unit = mapping.columns?.[quantity]?.unit ?? null
  const dimension = dimensions[quantity]
  if (unit === null || dimension === null || dimensionOf(unit) === dimension) return
  throw invalid(`columns.${quantity}.unit`, unit, `Choose one of ${writtenUnits[dimension].join(', ')}.`)
}

function isEncoding(label: string): boolean {
  try {
    return new TextDecoder(label).encoding !== ''
  } catch (error) {
    if (error instanceof RangeError) return false
    throw error
  }
}

function invalid(field: string, found: string, advice: string): Failure {
  return new Failure('refused', 'mapping-invalid', `${field} of the mapping cannot be "${found}".`, {
    advice,
    column: field,
    found,
  })
}
