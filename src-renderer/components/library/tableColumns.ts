import type { CellSummary } from '../../../src-shared/contract/cells.ts'
import { formatFixed, formatMeasured, formatNumber } from '../../../src-shared/units/labels.ts'
import { t } from '../../locales/en.ts'
import { counted } from '../../locales/writing.ts'
import type { CellColumn } from './cellOrder.ts'

export interface TableColumn {
  readonly id: CellColumn
  readonly isNumber: boolean
  /** Of the column, rem; the name takes what is left, and at least this. */
  readonly width: number
  readonly text: (cell: CellSummary) => string
}

const { none } = t.common
const number = (value: number | null): string => (value === null ? none : formatNumber(value))

/** Every column there is, in the order in which they stand. */
export const allColumns: readonly TableColumn[] = [
  column('name', 13, ({ description }) => description.name),
  column('serial', 8, ({ label }) => label.serial ?? none),
  column('maker', 7, ({ label }) => label.maker ?? none),
  column('lot', 6, ({ label }) => label.lot ?? none),
  column('chemistry', 6.5, ({ description }) => description.chemistry ?? none),
  figure('nominal', 6.5, ({ description }) => number(description.nominalCapacity_Ah)),
  figure('voltage', 7, ({ label }) => number(label.nominalVoltage_V)),
  figure('temperature', 6.5, ({ description }) => number(description.temperature_degC)),
  figure('cycles', 5, ({ cycles }) => counted(cycles)),
  figure('soh', 5.75, ({ assessed }) =>
    assessed === null ? none : formatFixed(assessed.stateOfHealth * 100, 1),
  ),
  figure('capacity', 7.5, ({ assessed }) =>
    assessed === null ? none : formatMeasured(assessed.capacity_Ah),
  ),
  column('evidence', 7, ({ assessed }) =>
    assessed === null ? t.library.notAssessed : (t.evidence[assessed.evidence] ?? assessed.evidence),
  ),
  column('grade', 5.25, ({ grade }) =>
    grade === null ? none : (grade.grade ?? t.library.verdicts[grade.verdict] ?? none),
  ),
  column('tags', 8, ({ label }) => (label.tags.length === 0 ? none : label.tags.join(', '))),
  column('imported', 7.5, ({ importedAt }) => t.common.day(importedAt)),
]

function column(id: CellColumn, width: number, text: TableColumn['text']): TableColumn {
  return { id, isNumber: false, width, text }
}

function figure(id: CellColumn, width: number, text: TableColumn['text']): TableColumn {
  return { id, isNumber: true, width, text }
}
