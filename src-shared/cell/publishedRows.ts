import type { AmpereHour } from '../units/quantities.ts'
import type { Cycle } from './cycle.ts'
import { chargeCurveOf, greatestDischarge, relaxationOf, useOf, type CycleRows } from './cycleSignals.ts'
import type { CyclerRecord } from './record.ts'
import { rowsByCycle } from './steps.ts'

/** A row that differs this much from the one before it was left out of the published files. */
const greatestJump: AmpereHour = 0.1

/**
 * The rows that the published per-cycle files hold for a raw record (Zhu et al. 2022, as processed for PIMOE).
 *
 * Cycles 2 … N where N counts the distinct cycle numbers, so a record that starts at 2 loses its last one; then rows
 * whose capacity differs by 0.1 Ah or more from the row before, counted before any was left out, are dropped.
 */
export function publishedRows(record: CyclerRecord): Cycle[] {
  const byNumber = rowsByCycle(record)
  const derived: Cycle[] = []
  for (let number = 2; number <= byNumber.size; number++) {
    const rows = byNumber.get(number)
    if (rows !== undefined) derived.push(derivedCycle(number, { record, rows }))
  }
  return derived
    .filter((cycle, i) => i === 0 || !jumps(derived[i - 1], cycle))
    .map((cycle, row) => ({ ...cycle, row }))
}

function derivedCycle(number: number, cycle: CycleRows): Cycle {
  return {
    row: 0,
    number,
    chargeCurve: chargeCurveOf(cycle),
    relaxation: relaxationOf(cycle),
    dischargeCapacity: greatestDischarge(cycle),
    use: useOf(cycle),
    stored: null,
  }
}

function jumps(before: Cycle, after: Cycle): boolean {
  return Math.abs((after.dischargeCapacity ?? 0) - (before.dischargeCapacity ?? 0)) >= greatestJump
}
