import type { Finding } from '../../../src-shared/cell/finding.ts'
import { addCharge, type Moment } from './signalRows.ts'

/** Ah by the file's own columns, null where it has none. */
export interface CountedCharge {
  readonly in: number | null
  readonly out: number | null
}

/** Sparse rows miss part of a pulse; a wrong unit is off by far more. */
const tolerance = 0.15
/** Charges below this, and a handful of rows, tell nothing. */
const leastCharge_Ah = 1e-4
const leastRows = 30

/**
 * Holds ∫ I dt against the charge that the file counted itself: a current, time or capacity read with the wrong unit shows
 * here. Counters may restart at every step or cycle, so their rises are summed.
 */
export function chargeBalance(): { row(signals: Moment, counted: CountedCharge): void; end(): Finding[] } {
  const integrated = { in: 0, out: 0 }
  const counted = { in: 0, out: 0 }
  let before: Moment | null = null
  let rows = 0
  const last: Record<keyof CountedCharge, number | null> = { in: null, out: null }
  return {
    row(signals, now) {
      rows++
      if (before !== null) addCharge(integrated, before, signals)
      before = signals
      for (const side of ['in', 'out'] as const) {
        const value = now[side]
        if (value === null) continue
        const rise = Math.abs(value) - Math.abs(last[side] ?? value)
        if (rise > 0) counted[side] += rise
        last[side] = value
      }
    },
    end() {
      if (rows < leastRows) return []
      return (['in', 'out'] as const).flatMap((side) =>
        isBalanced(counted[side], integrated[side]) ? [] : [imbalance(side, counted[side], integrated[side])],
      )
    },
  }
}

function isBalanced(counted: number, integrated: number): boolean {
  if (counted === 0 || Math.max(counted, integrated) < leastCharge_Ah) return true
  return Math.abs(integrated / counted - 1) <= tolerance
}

function imbalance(side: keyof CountedCharge, counted: number, integrated: number): Finding {
  const ratio = (integrated / counted).toPrecision(3)
  return {
    code: 'charge-balance',
    message: `The file counts ${counted.toPrecision(4)} Ah ${side === 'in' ? 'charged' : 'discharged'}, its current over time gives ${integrated.toPrecision(4)} Ah: ${ratio} times as much.`,
    proposal: 'Check the units of current, time and capacity, and export with units in the headings.',
  }
}
