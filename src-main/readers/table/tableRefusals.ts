import { Failure } from '../../../src-shared/failure/failure.ts'
import type { SourceCell } from '../containers/sourceTable.ts'
import type { Reading } from '../lineSink.ts'
import { cellText, isMeasured } from './cellNumber.ts'
import type { TableLayout } from './tableLayout.ts'

export function unitsTellOtherwise(): Failure {
  return new Failure(
    'refused',
    'unknown-format',
    'The units below the heading are not of time, voltage and current.',
    {
      advice: 'Export the record with units that fit its columns.',
    },
  )
}

/** Cells that were measured side by side have every heading twice; of which of them the record is nobody says. */
export function refuseSideBySide(
  names: readonly string[],
  { measured }: TableLayout,
  { mapping }: Reading,
): void {
  const { time, voltage, current } = measured
  const count = (name: string) => names.filter((one) => one === name).length
  if (mapping?.columns !== undefined || [time, voltage, current].some(({ name }) => count(name) < 2)) return
  throw new Failure(
    'refused',
    'several-channels',
    `The table holds ${count(voltage.name)} cells side by side.`,
    {
      advice:
        'Export each cell to a file of its own, or say in a mapping which columns are meant, by their places.',
      column: voltage.name,
    },
  )
}

/** Between commas, decimal commas make two cells of a number. */
export function isCutAtDecimals(cells: readonly SourceCell[], width: number, delimiter: string): boolean {
  return (
    delimiter === ',' &&
    cells.length > width + 1 &&
    cells.slice(width).every((cell) => isMeasured(cellText(cell)))
  )
}

export function commaDecimals(found: number, expected: number, line: number): Failure {
  return new Failure('refused', 'column-count', `Line ${line} has ${found} columns.`, {
    advice: `The heading has ${expected}; numbers between commas need a decimal point. Export with semicolons or tabs.`,
    line,
    found: `${found} columns`,
  })
}

export function shortRow(found: number, expected: number, line: number): Failure {
  return new Failure('refused', 'truncated', `Line ${line} is cut short.`, {
    advice: `The heading has ${expected} columns; copy or export the file again.`,
    line,
    found: `${found} columns`,
  })
}
