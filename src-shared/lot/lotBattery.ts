import type { Assessment } from '../forecast/assessment.ts'
import type { RulesIdentity } from '../exchange/results.ts'
import type { Grade } from '../grading/grade.ts'
import type { AmpereHour } from '../units/quantities.ts'

/** What became of one battery of a lot. */
export interface LotBattery {
  readonly name: string
  readonly chemistry: string | null
  readonly nominalCapacity_Ah: AmpereHour | null
  /** `quarantined`: no answer yet, it waits for a measurement or a statement. `refused`: this program gives none. */
  readonly status: 'assessed' | 'quarantined' | 'refused'
  /** Why there is no answer; null where there is one. */
  readonly reason: string | null
  readonly answer: LotAnswer | null
  readonly simulated: boolean
}

export interface LotAnswer {
  readonly stateOfHealth: Pick<Assessment['stateOfHealth'], 'value' | 'low' | 'high' | 'evidence'>
  readonly capacity_Ah: AmpereHour
  readonly endOfLife: Pick<Assessment['endOfLife'], 'threshold' | 'p10' | 'p50' | 'p90'>
  /** Ah a planned cycle, from the measured one on. */
  readonly trajectory_Ah: readonly AmpereHour[]
  /** Batteries are matched under the same plan only. */
  readonly scenario: string
  readonly grade: Grade & { readonly rules: RulesIdentity }
}
