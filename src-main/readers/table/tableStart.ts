import type { TableMapping } from '../../../src-shared/cell/mapping.ts'
import { headingsBy, parseHeading } from '../columns.ts'
import type { RecordFormat } from '../readResult.ts'
import { bitrodeNames } from './bitrode.ts'
import { isMeasured } from './cellNumber.ts'
import { cellsOf } from './cellsOf.ts'
import { formatOf } from './formatOf.ts'
import { headingParts, isRecord, quantityColumns } from './headings.ts'
import { carriesUnit } from './units.ts'

export interface TextStart {
  readonly delimiter: string
  readonly cells: readonly string[]
  /** The cells, or what stands for headings where the line is a row already. */
  readonly names: readonly string[]
  readonly headingLine: number | null
  readonly format: RecordFormat
}

/** The table that would begin with this line. */
export function startIn(text: string, line: number, stated: TableMapping): TextStart {
  const { names: cells, delimiter } = headingIn(text, stated)
  const bitrode = bitrodeNames(cells)
  if (bitrode !== null) return { delimiter, cells, names: bitrode, headingLine: null, format: 'bitrode' }
  if (stated.headingLine !== null && !isMappedRow(cells, stated))
    return { delimiter, cells, names: cells, headingLine: line, format: formatOf(cells) }
  const names = cells.map((_, i) => String(i + 1))
  return { delimiter, cells, names, headingLine: null, format: 'cycler-table' }
}

interface Cut {
  readonly names: readonly string[]
  readonly delimiter: string
}

/** Cut as stated; else by the delimiter that leaves headings of a record, else by the one that leaves most cells. */
function headingIn(text: string, { delimiter }: TableMapping): Cut {
  if (delimiter !== undefined)
    return { delimiter, names: cellsOf(text, delimiter).map((name) => name.trim()) }
  const heading = headingsBy(text).find(({ names }) => isRecord(quantityColumns(names)))
  return heading ?? blankDivided(text) ?? parseHeading(text)
}

/** Headings between blanks; each is known or two carry a unit, for a sentence may name time, voltage and current too. */
function blankDivided(text: string): Cut | null {
  const names = text
    .trim()
    .replace(/^[#%]\s+/, '')
    .split(/\s+/)
  const columns = quantityColumns(names)
  if (!isRecord(columns)) return null
  const isKnown = Object.keys(columns).length === names.length || names.filter(hasUnit).length >= 2
  return isKnown ? { names, delimiter: ' ' } : null
}

function hasUnit(name: string): boolean {
  return carriesUnit(headingParts(name).unit ?? '')
}

/** True where the mapping counts its columns and their cells are measured already: there is no heading. */
function isMappedRow(cells: readonly string[], { headingLine, columns = {} }: TableMapping): boolean {
  const [voltage, current] = [columns.voltage?.column, columns.current?.column]
  if (headingLine !== undefined || typeof voltage !== 'number' || typeof current !== 'number') return false
  return [voltage, current].every((place) => isMeasured((cells[place - 1] ?? '').trim()))
}
