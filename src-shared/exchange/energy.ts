import type { CapacityEstimate, Evidence } from '../forecast/assessment.ts'
import type { AmpereHour, Volt, WattHour } from '../units/quantities.ts'

/** Signals of the assessed cycle, of equal length: s, V, A with charge positive. */
export interface EnergySignals {
  readonly time_s: readonly number[]
  readonly voltage_V: readonly number[]
  readonly current_A: readonly number[]
}

export interface EnergySource {
  /** Null where the cycle was not recorded as signals. */
  readonly signals: EnergySignals | null
  /** Null where no full discharge was recorded. */
  readonly dischargeCapacity_Ah: AmpereHour | null
  readonly presentCapacity: CapacityEstimate
  /** Of the type plate; null where nobody stated it. */
  readonly nominalVoltage_V: Volt | null
}

/** Energy that the battery gives in a full discharge. Null is not determined, and `basis` says why. */
export interface RemainingEnergy {
  readonly value_Wh: WattHour | null
  readonly low_Wh: WattHour | null
  readonly high_Wh: WattHour | null
  readonly evidence: Evidence
  /** What it rests on or what is missing, as the end of a sentence. */
  readonly basis: string
}

/**
 * Measured where the cycle holds a full discharge: its mean voltage over charge times its counted capacity. Else
 * estimated: present capacity times the nominal voltage. Nothing is assumed.
 */
export function remainingEnergy(source: EnergySource): RemainingEnergy {
  const { signals, dischargeCapacity_Ah, presentCapacity, nominalVoltage_V } = source
  const mean_V = signals === null ? null : dischargeVoltage(signals, dischargeCapacity_Ah)
  if (mean_V !== null && dischargeCapacity_Ah !== null) {
    const basis = `the full discharge of the assessed cycle, ∫ V I dt at ${mean_V.toFixed(3)} V on average`
    return {
      value_Wh: mean_V * dischargeCapacity_Ah,
      low_Wh: null,
      high_Wh: null,
      evidence: 'measured',
      basis,
    }
  }
  const { value_Ah, low_Ah, high_Ah, evidence } = presentCapacity
  if (nominalVoltage_V === null)
    return notDetermined('no full discharge was recorded, no nominal voltage is stated')
  if (evidence === 'not-determinable' || !Number.isFinite(value_Ah)) {
    return notDetermined('the present capacity is not determinable')
  }
  const times = (capacity: AmpereHour | null): WattHour | null =>
    capacity === null ? null : capacity * nominalVoltage_V
  return {
    value_Wh: value_Ah * nominalVoltage_V,
    low_Wh: times(low_Ah),
    high_Wh: times(high_Ah),
    evidence: evidence === 'measured' ? 'estimated' : evidence,
    basis: `present capacity times the nominal voltage of ${nominalVoltage_V} V`,
  }
}

function notDetermined(basis: string): RemainingEnergy {
  return { value_Wh: null, low_Wh: null, high_Wh: null, evidence: 'not-determinable', basis }
}

/** Mean voltage of the discharge over its charge; null where the signals do not hold the charge that was counted. */
function dischargeVoltage(
  { time_s, voltage_V, current_A }: EnergySignals,
  counted_Ah: AmpereHour | null,
): Volt | null {
  if (counted_Ah === null || counted_Ah <= 0) return null
  let charge_As = 0
  let energy_Ws = 0
  for (let i = 1; i < time_s.length; i++) {
    const [before, after] = [Math.min(0, current_A[i - 1]), Math.min(0, current_A[i])]
    const step = (time_s[i] - time_s[i - 1]) / 2
    charge_As -= step * (before + after)
    energy_Ws -= step * (before * voltage_V[i - 1] + after * voltage_V[i])
  }
  const isWhole = Math.abs(charge_As / 3600 / counted_Ah - 1) <= tolerance
  return isWhole && Number.isFinite(energy_Ws) ? energy_Ws / charge_As : null
}

/** Signals are thinned; beyond this they are not those of the counted discharge. */
const tolerance = 0.02
