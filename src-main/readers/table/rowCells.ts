import { Failure } from '../../../src-shared/failure/failure.ts'
import { isMeasured } from './cellNumber.ts'
import { cellsOf } from './cellsOf.ts'
import { quantityColumns } from './headings.ts'

/**
 * Cuts the lines below these headings. Between blanks a missing cell would move all that follow, so there a row has as
 * many as the heading, but for a date and its time of day, which are joined; throws `column-count`.
 */
export function rowCells(
  names: readonly string[],
  delimiter: string,
): (text: string, line: number) => readonly string[] {
  if (delimiter !== ' ') return (text) => cellsOf(text, delimiter)
  const clockAt = quantityColumns(names).clock?.index ?? -1
  return (text, line) => {
    const cells = cellsOf(text, delimiter)
    if (cells.length === names.length || !isMeasured(cells[0])) return cells
    if (cells.length !== names.length + 1 || clockAt < 0) throw otherCount(cells.length, names.length, line)
    return cells.toSpliced(clockAt, 2, `${cells[clockAt]} ${cells[clockAt + 1]}`)
  }
}

function otherCount(found: number, expected: number, line: number): Failure {
  return new Failure('refused', 'column-count', `Line ${line} has ${found} columns.`, {
    advice: `The heading has ${expected}; between blanks no cell may be empty. Export the table with tabs, or state its columns in a mapping.`,
    line,
    found: `${found} columns`,
  })
}
