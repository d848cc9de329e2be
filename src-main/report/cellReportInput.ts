import type { MeasuredPoint } from '../../src-shared/chart/trajectory.ts'
import type { CellDescription } from '../../src-shared/cell/cell.ts'
import type { CycleDetail, RecordSummary } from '../../src-shared/contract/requests.ts'
import type { Assessment } from '../../src-shared/forecast/assessment.ts'
import type { Manifest } from '../../src-shared/forecast/package.ts'

/** All that the one page states; the same input gives the same bytes. */
export interface CellReportInput {
  readonly assessment: Assessment
  /** Null when the assessment was not stored. */
  readonly assessmentId: string | null
  readonly description: CellDescription
  /** The cycle the assessment rests on. */
  readonly cycle: CycleDetail
  /** The file it came from; only its name is printed, never its folder. Null when unknown. */
  readonly record: Pick<RecordSummary, 'path' | 'sha256' | 'bytes' | 'format' | 'findings'> | null
  readonly manifest: Manifest
  readonly programVersion: string
  /** ISO 8601 with zone; the document's own date. */
  readonly createdAt: string
  readonly laboratory?: string
  readonly operator?: string
  /** Capacities measured earlier, for the trajectory chart. */
  readonly measured?: readonly MeasuredPoint[]
}
