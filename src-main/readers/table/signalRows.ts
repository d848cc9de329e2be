import { stepModes, type StepMode } from '../../../src-shared/cell/record.ts'
import type { RecordRow } from '../growingRecord.ts'

/** One row of a cycler: s, V, A (charging positive); cycle null where the file has none. */
export interface SignalRow {
  readonly time: number
  readonly voltage: number
  readonly current: number
  readonly cycle: number | null
}

/** Currents below this share of the greatest so far are a rest. */
const restShare = 0.002

/** Finds modes, cycles and charge (∫I dt since the cycle's start) of successive rows from the signals alone. */
export function signalRows(): (row: SignalRow) => RecordRow {
  const signOf = currentSign()
  const count = cycleCounter()
  const modeOf = modeFinder()
  let previous: SignalRow | null = null
  let cycle = 0
  let charge: MovedCharge = { in: 0, out: 0 }
  return (row) => {
    const sign = signOf(row.current)
    const counted = count(sign)
    const next = row.cycle ?? counted
    if (previous === null || next !== cycle) charge = { in: 0, out: 0 }
    else addCharge(charge, previous, row)
    cycle = next
    previous = row
    return {
      time: row.time,
      voltage: row.voltage,
      current: row.current,
      chargeCapacity: charge.in,
      dischargeCapacity: charge.out,
      cycle,
      mode: stepModes.indexOf(modeOf(row, sign)),
    }
  }
}

function currentSign(): (current: number) => number {
  let greatest = 0
  return (current) => {
    greatest = Math.max(greatest, Math.abs(current))
    return Math.abs(current) <= greatest * restShare ? 0 : Math.sign(current)
  }
}

/** A charge after a discharge begins a cycle. */
function cycleCounter(): (sign: number) => number {
  let counted = 1
  let hasDischarged = false
  return (sign) => {
    if (sign > 0 && hasDischarged) counted++
    if (sign !== 0) hasDischarged = sign < 0
    return counted
  }
}

/** A charge holds its voltage once the current falls by 5 % while the voltage moves less than 2 mV. */
function modeFinder(): (row: SignalRow, sign: number) => StepMode {
  let started = 0
  let isHeld = false
  let before = Number.NaN
  return ({ voltage, current }, sign) => {
    const isFlat = Math.abs(voltage - before) < 0.002
    before = voltage
    if (sign <= 0) {
      started = 0
      isHeld = false
      return sign === 0 ? 'rest' : 'discharge'
    }
    if (started === 0) started = current
    isHeld ||= isFlat && current < started * 0.95
    return isHeld ? 'constant-voltage charge' : 'constant-current charge'
  }
}

export interface MovedCharge {
  in: number
  out: number
}

export type Moment = Pick<SignalRow, 'time' | 'current'>

/** Below this share of the current beside it, a current is none. */
const noCurrent = 0.01

/**
 * Adds ∫ I dt between two rows, Ah, to what went in or to what came out.
 *
 * The trapezoidal rule, save where a current is switched on or off: cyclers log that moment, so a rest that is logged every
 * few minutes must not be charged with half of the pulse beside it.
 */
export function addCharge(charge: MovedCharge, before: Moment, row: Moment): void {
  const sizes = [Math.abs(before.current), Math.abs(row.current)]
  if (Math.min(...sizes) < noCurrent * Math.max(...sizes)) return
  const current = (before.current + row.current) / 2
  const moved = (current / 3600) * Math.max(0, row.time - before.time)
  if (moved > 0) charge.in += moved
  else charge.out -= moved
}
