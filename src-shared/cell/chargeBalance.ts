import type { AmpereHour } from '../units/quantities.ts'
import type { CyclerRecord } from './record.ts'
import { rowsByCycle } from './steps.ts'

export interface ChargeBalance {
  /** Integral of the positive current over time, trapezoidal. */
  readonly integrated: AmpereHour
  /** Sum over cycles of the charge the cycler itself counted. */
  readonly counted: AmpereHour
}

/** Charge that went into the cell, counted twice: from the current and from the cycler's own counter. */
export function chargeBalance(record: CyclerRecord): ChargeBalance {
  let integrated = 0
  let counted = 0
  for (const rows of rowsByCycle(record).values()) {
    integrated += integratedCharge(record, rows)
    counted += rows.reduce((most, row) => Math.max(most, record.chargeCapacity[row]), 0)
  }
  return { integrated, counted }
}

function integratedCharge({ time, current }: CyclerRecord, rows: readonly number[]): AmpereHour {
  let ampereSeconds = 0
  for (let i = 1; i < rows.length; i++) {
    const before = Math.max(0, current[rows[i - 1]])
    const after = Math.max(0, current[rows[i]])
    ampereSeconds += ((before + after) / 2) * (time[rows[i]] - time[rows[i - 1]])
  }
  return ampereSeconds / 3600
}
