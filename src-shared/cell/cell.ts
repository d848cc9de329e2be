import type { AmpereHour, Celsius } from '../units/quantities.ts'

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
