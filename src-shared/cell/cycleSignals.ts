import type { AmpereHour, Volt } from '../units/quantities.ts'
import type { ChargeCurve, CycleUse, Drive, Relaxation } from './cycle.ts'
import { evenAxis, interpolate } from './interpolate.ts'
import { stepModes, type CyclerRecord, type StepMode } from './record.ts'

/** The window of the published charge curves and its number of samples. */
export const curveWindow = { from: 3.6, to: 4.15, points: 50 } as const

/** Rest below this voltage does not follow a charge. */
const leastRelaxation: Volt = 4

/** Rows of one cycle and the record they belong to. */
export interface CycleRows {
  readonly record: CyclerRecord
  readonly rows: readonly number[]
}

/** Rows of the constant-current charge inside the curve window. */
export function windowRows({ record, rows }: CycleRows): number[] {
  const { voltage } = record
  return inMode({ record, rows }, 'constant-current charge').filter(
    (row) => voltage[row] >= curveWindow.from && voltage[row] <= curveWindow.to,
  )
}

/**
 * Charge on an even voltage grid, minus its first value; null without a row in the window.
 *
 * Linear between samples and flat beyond them, as published; whether the grid is covered is for the caller to judge.
 */
export function chargeCurveOf(
  cycle: CycleRows,
  { from, to }: { from: Volt; to: Volt } = curveWindow,
): ChargeCurve | null {
  const rows = windowRows(cycle)
  if (rows.length === 0) return null
  const { points } = curveWindow
  const { voltage, chargeCapacity } = cycle.record
  const charge = interpolate(evenAxis(from, to, points), pick(voltage, rows), pick(chargeCapacity, rows))
  const first = charge[0]
  return { from, to, charge: charge.map((value) => value - first) }
}

/** Rest above 4 V with its time since the first such sample; null without one. */
export function relaxationOf(cycle: CycleRows): Relaxation | null {
  const { time, voltage } = cycle.record
  const rows = inMode(cycle, 'rest').filter((row) => voltage[row] > leastRelaxation)
  if (rows.length === 0) return null
  const start = time[rows[0]]
  return { time: pick(time, rows).map((second) => second - start), voltage: pick(voltage, rows) }
}

/** Greatest discharge charge the cycle reached, whatever part of a discharge it holds. */
export function greatestDischarge({ record, rows }: CycleRows): AmpereHour {
  return rows.reduce((greatest, row) => Math.max(greatest, record.dischargeCapacity[row]), 0)
}

/**
 * Mean currents of the constant-current charge, of the discharge, and of what the cycle discharged before that charge; a
 * raw record knows no temperature.
 */
export function useOf(cycle: CycleRows): CycleUse {
  const inWindow = windowRows(cycle)
  const charge = inWindow.length > 0 ? inWindow : inMode(cycle, 'constant-current charge')
  const discharge = inMode(cycle, 'discharge')
  return {
    charge: meanDrive(cycle.record, charge),
    discharge: meanDrive(cycle.record, discharge),
    before: meanDrive(
      cycle.record,
      discharge.filter((row) => row < (charge[0] ?? 0)),
    ),
    temperature: null,
  }
}

/** Whether the last current that flowed discharged the cell: the next charge then follows that discharge. */
export function endsDischarged({ mode }: CyclerRecord): boolean {
  const last = mode.findLast((index) => stepModes[index] !== 'rest')
  return last !== undefined && stepModes[last] === 'discharge'
}

export function inMode({ record, rows }: CycleRows, mode: StepMode): number[] {
  const index = stepModes.indexOf(mode)
  return rows.filter((row) => record.mode[row] === index)
}

function meanDrive({ current }: CyclerRecord, rows: readonly number[]): Drive | null {
  if (rows.length === 0) return null
  return { ampere: Math.abs(rows.reduce((sum, row) => sum + current[row], 0) / rows.length) }
}

function pick(column: Float64Array, rows: readonly number[]): Float64Array {
  return Float64Array.from(rows, (row) => column[row])
}
