import type { SourceCell } from '../containers/sourceTable.ts'
import { cellText, isMeasured, isMissing } from './cellNumber.ts'
import type { MeasuredColumns } from './tableLayout.ts'

/** `event` rows hold neither voltage nor current, `words` are headings again, units, comments and footers. */
export type RowKind = 'measured' | 'event' | 'words' | 'short'

/** What a row below the heading is, so that only measured ones are read and none is cut short unnoticed. */
export function rowKind(cells: readonly SourceCell[], { time, voltage, current }: MeasuredColumns): RowKind {
  const last = Math.max(time.index, voltage.index, current.index)
  if (cells.length <= last) {
    const first = cells.map(cellText).find((text) => text !== '')
    if (first === undefined) return 'event'
    return isMeasured(first) ? 'short' : 'words'
  }
  const volts = cellText(cells[voltage.index])
  const amperes = cellText(cells[current.index])
  if (isMissing(volts) && isMissing(amperes)) return isWord(volts) && isWord(amperes) ? 'measured' : 'event'
  const seconds = cells[time.index]
  if (seconds instanceof Date || isMeasured(cellText(seconds))) return 'measured'
  return isMeasured(volts) || isMeasured(amperes) ? 'measured' : 'words'
}

/** `NaN` is a value that failed, not one that was never measured. */
function isWord(text: string): boolean {
  return /^nan$/i.test(text)
}
