import type { Cycle } from '../cell/cycle.ts'
import type { EvidenceReading, OwnUse } from '../evidence/cellTypeEvidence.ts'
import type { AmpereHour } from '../units/quantities.ts'
import type { ModelPackage } from './package.ts'
import type { PlannedCycle } from './scenario.ts'

export interface PlannedCapacity {
  /** (H) Ah; [0] is the present capacity, whatever the plan. */
  readonly capacity: Float64Array
  readonly rawFeatures: Float64Array
  readonly gateWeights: readonly number[]
  readonly gateLogits: readonly number[]
  /** Ranges of the features in training, where they belong to the cell type. */
  readonly ranges?: { readonly low: readonly number[]; readonly high: readonly number[] }
  /** What the present capacity rests on, where it rests on evidence. */
  readonly evidence?: EvidenceReading
}

export interface CapacityQuestion {
  readonly model: ModelPackage
  readonly cycle: Cycle
  readonly own: OwnUse
  /** Each (H); H ≤ T but for evidence. */
  readonly plans: readonly (readonly PlannedCycle[])[]
  readonly ratedCapacity: AmpereHour
  readonly chemistry: string
  readonly measuredCapacity?: AmpereHour | undefined
}
