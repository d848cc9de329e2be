import type { MeasuredPoint } from '../../src-shared/chart/trajectory.ts'
import type { CellDescription } from '../../src-shared/cell/cell.ts'
import type { CycleDetail } from '../../src-shared/contract/requests.ts'
import type { Assessment } from '../../src-shared/forecast/assessment.ts'
import type { Manifest } from '../../src-shared/forecast/package.ts'
import type { ReportRecord } from './reportRecord.ts'

/** All that the one page states; the same input gives the same bytes. */
export interface CellReportInput {
  readonly assessment: Assessment
  /** Null when the assessment was not stored. */
  readonly assessmentId: string | null
  readonly description: CellDescription
  /** The cycle the assessment rests on. */
  readonly cycle: CycleDetail
  /** The file it came from. Null when unknown. */
  readonly record: ReportRecord['inputs']['record']
  readonly manifest: Manifest
  readonly programVersion: string
  /** ISO 8601 with zone; the document's own date. */
  readonly createdAt: string
  readonly laboratory: string | null
  readonly operator: string | null
  /** Capacities measured earlier, for the trajectory chart. */
  readonly measured: readonly MeasuredPoint[]
}

/** What is printed of a record, and of the model that it names. */
export function cellReportInput(
  { report, settings, inputs, results }: ReportRecord,
  manifest: Manifest,
): CellReportInput {
  return {
    assessment: results.assessment,
    assessmentId: report.assessmentId,
    description: inputs.cell,
    cycle: inputs.cycle,
    record: inputs.record,
    manifest,
    programVersion: report.programVersion,
    createdAt: report.createdAt,
    laboratory: settings.laboratory.name,
    operator: settings.operator,
    measured: inputs.measured,
  }
}
