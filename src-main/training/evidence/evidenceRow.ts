import type { OwnUse } from '../../../src-shared/evidence/cellTypeEvidence.ts'
import type { MeasuredUse } from '../../../src-shared/evidence/presentCapacity.ts'
import type { VoltageGrid } from '../../../src-shared/evidence/state.ts'
import type { AmpereHour, Fraction } from '../../../src-shared/units/quantities.ts'

/** One measured row of a cell and what followed it. */
export interface EvidenceRow {
  /** Place of its cell in the run. */
  readonly cell: number
  readonly condition: string
  readonly row: number
  readonly state: Float64Array // (64)
  readonly own: OwnUse
  readonly use: MeasuredUse
  /** Relative to the rated capacity. */
  readonly capacity: Fraction
  readonly features: Float64Array // (12)
  readonly future: CellFuture
  lostAt(step: number): Fraction
}

/** What a whole cell went through, shared by its rows. */
export interface CellFuture {
  readonly use: Float32Array // (R,3) scaled for the network
  readonly capacity: Float64Array // (R) relative to the rated capacity, NaN where not measured
}

export interface CellTypeRows {
  readonly label: string
  readonly chemistry: string
  readonly nominalCapacity_Ah: AmpereHour
  readonly grid: VoltageGrid
  readonly rows: readonly EvidenceRow[]
}
