import type { Application } from '../../../src-shared/contract/requests.ts'
import type { RecordSignals } from '../../../src-shared/contract/recordSignals.ts'
import type { RecordPreview } from '../../../src-shared/cell/recordPreview.ts'
import { fileNameOf } from './logging.ts'
import type { Parts } from '../parts.ts'
import { unknownCell } from './unknownCell.ts'
import { unknownName } from '../unknownName.ts'

export function recordSignalRequests(parts: Parts): Pick<Application, 'cells/record'> {
  return {
    'cells/record': async ({ id, row }) => {
      const library = await parts.library()
      const cell = library.cells.find(id)
      if (cell === null) throw unknownCell(library, id)
      const record = library.records.ofRow(cell.id, row)
      const cycle = library.measurements.cyclesOf(cell.id).find((one) => one.row === row)
      if (record === null || cycle === undefined) throw unknownName('row', String(row), [])
      const preview = library.records.preview(record.id)
      return {
        fileName: fileNameOf(record.path),
        preview: preview === null ? null : previewSignals(preview, cycle.number),
      }
    },
  }
}

function previewSignals(preview: RecordPreview, cycle: number): RecordSignals['preview'] {
  const { rows, time, voltage, current, temperature } = preview
  return {
    rows,
    time_s: Array.from(time),
    voltage_V: Array.from(voltage),
    current_A: Array.from(current),
    temperature_degC:
      temperature === null
        ? null
        : Array.from(temperature, (celsius) => (Number.isFinite(celsius) ? celsius : null)),
    used_s: spanOf(preview, cycle),
  }
}

/** Numbers may restart: the last run of the number is meant. Null where it is all there is, too. */
function spanOf({ time, cycle }: RecordPreview, number: number): { from: number; to: number } | null {
  const last = cycle.lastIndexOf(number)
  if (last < 0) return null
  let first = last
  while (first > 0 && cycle[first - 1] === number) first--
  if (first === 0 && last === cycle.length - 1) return null
  return { from: time[first], to: time[last] }
}
