import type { Assessment } from '../forecast/assessment.ts'
import type { Grade } from '../grading/grade.ts'
import type { ConditionField } from './condition.ts'
import type { DeclaredValue } from './declaration.ts'

/** Which rules decided; `sha256` is that of the rules' JSON. */
export interface RulesIdentity {
  name: string
  version: number
  sha256: string
}

/** One battery in the exchange file: what it is, its condition, its grade, and what both rest on. */
export interface BatteryResult {
  readonly battery: {
    readonly id: string
    readonly name: string
    readonly chemistry: string | null
    /** True when anything below rests on simulated data. */
    readonly simulated: boolean
    readonly records: readonly { readonly file: string; readonly sha256: string }[]
  }
  readonly condition: readonly ConditionField[]
  /** Null where the battery was not assessed. */
  readonly grade: (Grade & { readonly rules: RulesIdentity }) | null
  readonly assessment:
    | (Pick<
        Assessment,
        'cycle' | 'model' | 'scenario' | 'stateOfHealth' | 'presentCapacity' | 'endOfLife' | 'domain'
      > & {
        readonly id: string
        readonly assessedAt: string
        readonly program: string
      })
    | null
  readonly declared: readonly DeclaredValue[]
}

/** The exchange file; its JSON schema is `assets/schemas/pimoe-results-1.schema.json`. */
export interface Results {
  readonly schema: 'pimoe-results/1'
  readonly program: string
  readonly exportedAt: string
  readonly batteries: readonly BatteryResult[]
}
