import type { AmpereHour, Volt } from '../units/quantities.ts'
import { cycleProfile, type CycleProfile } from './cycleProfile.ts'
import type { ChargeCurve, Cycle, Relaxation } from './cycle.ts'
import {
  chargeCurveOf,
  curveWindow,
  greatestDischarge,
  inMode,
  relaxationOf,
  useOf,
  windowRows,
  type CycleRows,
} from './cycleSignals.ts'
import type { Finding } from './finding.ts'
import type { CyclerRecord } from './record.ts'

/** One cycle number of a record: what it can give, and why something is missing. */
export interface SplitCycle {
  readonly cycle: Cycle
  readonly missing: readonly Finding[]
  readonly profile: CycleProfile
}

/** The one cycle that `record` holds, usable or not; one charge and one rest are enough for a usable one. */
export function splitCycle(record: CyclerRecord, place: { number: number; row: number }): SplitCycle {
  const rows = { record, rows: Array.from(record.cycle, (_, row) => row) }
  const chargeCurve = coveredCurve(rows, place.number)
  const relaxation = usableRelaxation(rows, place.number)
  const missing = [chargeCurve, relaxation].filter((signal) => 'code' in signal)
  const cycle: Cycle = {
    ...place,
    ...('code' in chargeCurve ? { unusable: reasonOf(chargeCurve, place.number) } : {}),
    chargeCurve: 'code' in chargeCurve ? null : chargeCurve,
    relaxation: 'code' in relaxation ? null : relaxation,
    dischargeCapacity: fullDischarge(rows),
    use: useOf(rows),
    stored: null,
  }
  return { cycle, missing, profile: cycleProfile(record, place.number, missing) }
}

/** The finding as the end of a sentence about the cycle. */
function reasonOf({ message }: Finding, number: number): string {
  return message.replace(`Cycle ${number} `, 'it ').replace(/\.$/, '')
}

/** A sample this near to a limit that was crossed counts as the limit: cyclers store a row every few millivolts. */
const windowTolerance = 0.02

/** Less of a charge tells too little of the capacity. */
const leastWindow = 0.2

/** The charge over the whole window, or over the part that was measured. */
function coveredCurve(cycle: CycleRows, number: number): ChargeCurve | Finding {
  const { voltage } = cycle.record
  const rows = windowRows(cycle)
  if (rows.length < 2) return noCurve(number, noChargeIn(cycle))
  const lowest = rows.reduce((least, row) => Math.min(least, voltage[row]), Infinity)
  const highest = rows.reduce((most, row) => Math.max(most, voltage[row]), 0)
  const whole = inMode(cycle, 'constant-current charge').map((row) => voltage[row])
  const from = reaches(curveWindow.from, lowest, (limit) => whole.some((v) => v <= limit))
  const to = reaches(curveWindow.to, highest, (limit) => whole.some((v) => v >= limit))
  const curve = chargeCurveOf(cycle, { from, to })
  if (curve !== null && to - from >= leastWindow - 1e-9) return curve
  return noCurve(
    number,
    `charges with constant current from ${lowest.toFixed(3)} to ${highest.toFixed(3)} V only`,
  )
}

/**
 * The limit of the window where the charge crossed it, however coarse its samples; else the sample nearest to it. A charge
 * that stops short of the limit shows nothing there.
 */
function reaches(limit: Volt, nearest: Volt, crosses: (limit: Volt) => boolean): Volt {
  const isNear = Math.abs(nearest - limit) <= windowTolerance
  return isNear && crosses(limit) ? limit : nearest
}

function noChargeIn(cycle: CycleRows): string {
  const rows = inMode(cycle, 'constant-current charge')
  const highest = rows.reduce((most, row) => Math.max(most, cycle.record.voltage[row]), 0)
  if (rows.length > 1 && highest < curveWindow.from)
    return `charges up to ${highest.toFixed(3)} V alone, below the window of 3.6 to 4.15 V`
  return 'has no constant-current charge between 3.6 and 4.15 V'
}

function noCurve(number: number, what: string): Finding {
  return {
    code: 'no-charge-curve',
    message: `Cycle ${number} ${what}.`,
    proposal:
      'Charge with constant current from 3.6 V or below to 4.15 V or above, or over 0.2 V of that at least.',
  }
}

/** Skewness and kurtosis of fewer samples say nothing. */
const leastSamples = 4

function usableRelaxation(cycle: CycleRows, number: number): Relaxation | Finding {
  const relaxation = relaxationOf(cycle)
  const samples = relaxation?.voltage.length ?? 0
  if (relaxation !== null && samples >= leastSamples) return relaxation
  return {
    code: 'no-relaxation',
    message: `Cycle ${number} has ${samples} rest samples above 4 V after its charge; ${leastSamples} are needed.`,
    proposal: 'Let the cell rest 30 minutes after the charge and record every 2 minutes.',
  }
}

/** A discharge counts as full when it ends at or below the highest lower limit in use (LSD, 3.0 V), and was seen to begin. */
const emptyVoltage = 3.05

/** No cell falls this far from one sample to the next when a discharge begins: what lies between was not recorded. */
const greatestDrop = 0.6

function fullDischarge(cycle: CycleRows): AmpereHour | null {
  const { voltage } = cycle.record
  const discharge = inMode(cycle, 'discharge')
  if (!discharge.some((row) => voltage[row] <= emptyVoltage)) return null
  const [first] = discharge
  const isBroken = cycle.rows[0] < first && voltage[first - 1] - voltage[first] > greatestDrop
  return isBroken ? null : greatestDischarge(cycle)
}
