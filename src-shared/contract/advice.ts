import type { RulesIdentity } from '../exchange/results.ts'
import type { ExtraMeasurement } from '../forecast/extraMeasurement.ts'
import type { GradeOutlook } from '../grading/gradeOutlook.ts'

/** A further measurement: how much it is expected to narrow the answer, and what it can make of the grade. */
export interface AdvisedMeasurement extends ExtraMeasurement {
  /** By the library's rules in force; null where a file is asked about without a library. */
  readonly grade: (GradeOutlook & { readonly rules: RulesIdentity }) | null
}
