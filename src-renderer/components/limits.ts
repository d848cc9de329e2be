/** What a field takes; `above` leaves its own value out. */
export interface Limits {
  readonly least?: number
  readonly above?: number
  readonly most: number
  readonly isWhole?: boolean
}

/** Of a name, in characters. */
export const longestName = 120

/** The ranges of every typed quantity, in the units that the fields show. */
export const limits = {
  temperature_degC: { least: -40, most: 100 },
  rate: { above: 0, most: 20 },
  cycles: { least: 1, most: 10_000, isWhole: true },
  cyclesAfter: { least: 0, most: 100_000, isWhole: true },
  horizon_cycles: { least: 1, most: 1999, isWhole: true },
  capacity_Ah: { least: 0.01, most: 1000 },
  voltage_V: { above: 0, most: 1000 },
  threshold_percent: { least: 1, most: 99 },
  health_percent: { above: 0, most: 119 },
  epochs: { least: 1, most: 1_000_000, isWhole: true },
  seed: { least: 0, most: Number.MAX_SAFE_INTEGER, isWhole: true },
} as const satisfies Readonly<Record<string, Limits>>

export function isWithin(value: number, { least, above, most, isWhole }: Limits): boolean {
  if (!Number.isFinite(value) || value > most) return false
  if (isWhole === true && !Number.isInteger(value)) return false
  return above === undefined ? value >= (least ?? -Infinity) : value > above
}
