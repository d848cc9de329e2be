import type { EndOfLife } from '../forecast/assessment.ts'
import type { Scenario } from '../forecast/scenario.ts'
import type { AmpereHour, Fraction } from '../units/quantities.ts'

/** More are the business of a comparison or a batch. */
export const mostFollowers = 200

/** A cell's forecast under a plan, no more than a line and a row need: hundreds follow a dragged edge. */
export interface FollowingForecast {
  readonly stateOfHealth: Fraction
  readonly nominalCapacity_Ah: AmpereHour
  /** (steps), by cycles ahead from 0; rounded to 0.01 mAh. */
  readonly capacity_Ah: readonly AmpereHour[]
  /** Steps from the first on that are not extrapolated. */
  readonly estimatedSteps: number
  readonly endOfLife: EndOfLife
  readonly simulated: boolean
}

export interface FollowingCell {
  readonly cell: string
  readonly cellName: string
  /** Null where there is no answer; then `failure` says why. */
  readonly forecast: FollowingForecast | null
  readonly failure: { readonly code: string; readonly message: string; readonly advice: string } | null
}

export interface FollowingRequests {
  /** As `assessments/preview`, of several cells. An answer that cannot be given is a row with its reason. */
  'assessments/follow': [
    { cells: string[]; scenario: string | Scenario; upTo?: number; model?: string },
    FollowingCell[],
  ]
}
