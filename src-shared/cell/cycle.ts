import type { Ampere, AmpereHour, Celsius, CRate, Volt } from '../units/quantities.ts'

/** Charge over an even voltage grid of a constant-current charge, minus its first value. */
export interface ChargeCurve {
  /** First and last voltage of the grid; null where the file does not say (TPSL spans its own measured range). */
  readonly from: Volt | null
  readonly to: Volt | null
  /** (V) Ah, starts at 0. */
  readonly charge: Float64Array
}

/** Open-circuit voltage after the end of charge. */
export interface Relaxation {
  /** (N) s since the first rest sample; null where the file does not say. */
  readonly time: Float64Array | null
  /** (N) V. */
  readonly voltage: Float64Array
}

/** A current as its source states it: in ampere or relative to the rated capacity. Discharge currents are positive too. */
export type Drive = { readonly ampere: Ampere } | { readonly rate: CRate }

export interface CycleUse {
  readonly charge: Drive | null
  readonly discharge: Drive | null
  /** The discharge that preceded the charge; null in the first cycle of a file, or where it is not known. */
  readonly before: Drive | null
  readonly temperature: Celsius | null
}

/** One measured cycle of a cell: all that a forecast may rest on. */
export interface Cycle {
  /** Place in the file's order, 0 … N−1; unique, unlike the cycler's number. */
  readonly row: number
  /** Number as the cycler wrote it. */
  readonly number: number
  readonly chargeCurve: ChargeCurve | null
  /** Why it has no charge curve, as the end of a sentence. */
  readonly unusable?: string
  readonly relaxation: Relaxation | null
  /** Measured discharge capacity; null where no full discharge was recorded. A forecast never sees it. */
  readonly dischargeCapacity: AmpereHour | null
  /** True use; for published UL files the rates come from the file's name because the stored charge current is wrong. */
  readonly use: CycleUse
  /** [charge current, discharge current, temperature] exactly as published; null for raw records. Legacy networks need it. */
  readonly stored: readonly [number, number, number] | null
}

/** C-rate of a drive; null where an ampere value meets an unknown rated capacity. */
export function rateOf(drive: Drive | null, ratedCapacity: AmpereHour | null): CRate | null {
  if (drive === null) return null
  if ('rate' in drive) return drive.rate
  return ratedCapacity === null ? null : drive.ampere / ratedCapacity
}
