import type { MeasuredPoint } from '../../src-shared/chart/trajectory.ts'
import type { CellDescription } from '../../src-shared/cell/cell.ts'
import type { CycleUse } from '../../src-shared/cell/cycle.ts'
import type { BatteryIdentity } from '../../src-shared/contract/reports.ts'
import type { Assessment } from '../../src-shared/forecast/assessment.ts'
import type { Manifest } from '../../src-shared/forecast/package.ts'
import { type RemainingEnergy, remainingEnergy } from '../../src-shared/exchange/energy.ts'
import type { Grade } from '../../src-shared/grading/grade.ts'
import { fingerprintOf } from './signature.ts'
import { type Sheet, sheets } from './paper.ts'
import type {
  ReportCycle,
  ReportInputs,
  ReportRecord,
  ReportRelease,
  ReportSettings,
} from './reportRecord.ts'

/** All that the pages state; the same input gives the same bytes. */
export interface CellReportInput {
  readonly assessment: Assessment
  /** Null when the assessment was not stored. */
  readonly assessmentId: string | null
  readonly description: CellDescription
  /** The cycle the assessment rests on. */
  readonly cycle: ReportCycle
  /** The file it came from. Null when unknown. */
  readonly record: ReportInputs['record']
  readonly manifest: Manifest
  readonly sheet: Sheet
  readonly settings: ReportSettings
  readonly release: ReportRelease | null
  readonly battery: BatteryIdentity
  /** True use of the cycle, as its record states it. */
  readonly use: CycleUse
  readonly grade: Grade | null
  readonly energy: RemainingEnergy
  readonly rules: ReportInputs['rules']
  /** SHA-256 of the signing key; null for a draft. */
  readonly fingerprint: string | null
  /** SHA-256 of the attached record. */
  readonly recordSha256: string
  /** False where □ stands for something. */
  readonly isDrawnWhole: boolean
  readonly programVersion: string
  /** ISO 8601 with zone; the document's own date. */
  readonly createdAt: string
  /** Capacities measured earlier, for the trajectory chart. */
  readonly measured: readonly MeasuredPoint[]
}

/** What is printed of a record, and of the model that it names. */
export function cellReportInput(
  { report, settings, inputs, results }: ReportRecord,
  {
    manifest,
    recordSha256,
    isDrawnWhole,
  }: Pick<CellReportInput, 'manifest' | 'recordSha256' | 'isDrawnWhole'>,
): CellReportInput {
  return {
    assessment: results.assessment,
    assessmentId: report.assessmentId,
    description: inputs.cell,
    cycle: inputs.cycle,
    record: inputs.record,
    manifest,
    recordSha256,
    isDrawnWhole,
    sheet: sheets[settings.paper],
    settings,
    release: report.release,
    fingerprint: report.release === null ? null : fingerprintOf(report.release.publicKey),
    battery: inputs.battery,
    use: { ...inputs.cycle.use, before: inputs.cycle.use.before ?? null },
    grade: results.grade,
    energy: remainingEnergy({
      signals: inputs.cycle.record,
      dischargeCapacity_Ah: inputs.cycle.dischargeCapacity_Ah,
      presentCapacity: results.assessment.presentCapacity,
      nominalVoltage_V: inputs.battery.nominalVoltage_V,
    }),
    rules: inputs.rules,
    programVersion: report.programVersion,
    createdAt: report.createdAt,
    measured: inputs.measured,
  }
}
