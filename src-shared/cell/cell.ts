import type { AmpereHour, Celsius, Volt } from '../units/quantities.ts'

/** What is known of a battery beside its measurements. Null means unknown: nothing physical has a default. */
export interface CellDescription {
  readonly name: string
  readonly chemistry: string | null
  readonly nominalCapacity_Ah: AmpereHour | null
  /** Temperature of the measurement, where the record has none. */
  readonly temperature_degC: Celsius | null
  /** True when the measurement comes from a simulator; everything that rests on it says so. */
  readonly simulated: boolean
}

/** What a laboratory keeps of a battery; no forecast reads it. Null is not stated. */
export interface CellLabel {
  readonly serial: string | null
  readonly maker: string | null
  readonly nominalVoltage_V: Volt | null
  /** The lot it came with; cells of one lot are a group. */
  readonly lot: string | null
  /** Its use before it came here. */
  readonly history: string | null
  readonly notes: string | null
  /** Each once, in order of their names. */
  readonly tags: readonly string[]
}

export const blankLabel: CellLabel = {
  serial: null,
  maker: null,
  nominalVoltage_V: null,
  lot: null,
  history: null,
  notes: null,
  tags: [],
}
