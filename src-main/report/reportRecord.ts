import type { CellDescription } from '../../src-shared/cell/cell.ts'
import type { Finding } from '../../src-shared/cell/finding.ts'
import type { CycleUse } from '../../src-shared/cell/cycle.ts'
import type { BatteryIdentity, Laboratory, ReportSection } from '../../src-shared/contract/reports.ts'
import type { CycleDetail } from '../../src-shared/contract/requests.ts'
import type { StoredRules } from '../../src-shared/contract/grading.ts'
import type { Assessment, ModelIdentity } from '../../src-shared/forecast/assessment.ts'
import type { Scenario } from '../../src-shared/forecast/scenario.ts'
import type { Grade } from '../../src-shared/grading/grade.ts'

/**
 * All that a report states and rests on, attached to it as `report.json`: the same record and model give the same
 * bytes. Null is what nobody stated.
 */
export interface ReportRecord {
  readonly schema: 'pimoe-report-record/1'
  readonly report: ReportIdentity
  readonly settings: ReportSettings
  readonly inputs: ReportInputs
  readonly results: ReportResults
}

export interface ReportIdentity {
  /** ISO 8601 with zone; the document's own date. */
  readonly createdAt: string
  readonly programVersion: string
  /** Null when the assessment was not stored. */
  readonly assessmentId: string | null
  /** Null: a draft. */
  readonly release: ReportRelease | null
}

/** What a signed report says of itself. */
export interface ReportRelease {
  /** Null where no library keeps the report. */
  readonly number: string | null
  readonly revision: number
  readonly corrects: {
    readonly revision: number
    readonly releasedAt: string
    readonly sha256: string
    readonly reason: string
  } | null
  /** Ed25519, SubjectPublicKeyInfo (RFC 8410) in base64. */
  readonly publicKey: string
}

export interface ReportSettings {
  readonly paper: 'A4' | 'Letter'
  readonly sections: readonly ReportSection[]
  readonly laboratory: Laboratory
  readonly operator: string | null
  readonly reviewer: string | null
}

export interface ReportInputs {
  readonly cell: CellDescription
  readonly battery: BatteryIdentity
  /** The measurement file; only its name is told, never its folder. */
  readonly record: {
    readonly fileName: string
    readonly sha256: string
    readonly bytes: number
    readonly format: string
    readonly findings: readonly Finding[]
  } | null
  /** The one cycle that the answer rests on. */
  readonly cycle: ReportCycle
  /** Capacities measured earlier, for the trajectory's chart; 0 is the measured cycle itself. */
  readonly measured: readonly { readonly cycle: number; readonly capacity_Ah: number }[]
  readonly question: {
    readonly scenario: Scenario | null
    readonly horizon: number | null
    readonly threshold: number | null
    readonly measuredCapacity_Ah: number | null
  }
  readonly model: ModelIdentity
  /** What was to be said beside the forecast's own findings: doubts of the record before, the choice of model after. */
  readonly remarks: { readonly before: readonly Finding[]; readonly after: readonly Finding[] }
  /** Null where no library keeps rules: then nothing is graded. */
  readonly rules: Pick<StoredRules, 'version' | 'sha256' | 'rules'> | null
}

export interface ReportCycle extends CycleDetail {
  readonly dischargeCapacity_Ah: number | null
  /** Records of before it was known lack the discharge before the charge. */
  readonly use: Omit<CycleUse, 'before'> & Partial<Pick<CycleUse, 'before'>>
  readonly stored: readonly [number, number, number] | null
}

export interface ReportResults {
  readonly assessment: Assessment
  readonly grade: Grade | null
}
