import type { Finding } from '../../../src-shared/cell/finding.ts'
import type { Repair } from '../../../src-shared/cell/repair.ts'
import { addCharge, type Moment } from '../table/signalRows.ts'

/** Ah by the file's own columns, null where it has none. */
export interface CountedCharge {
  readonly in: number | null
  readonly out: number | null
}

type Side = keyof CountedCharge

export interface BalanceSetting {
  /** Column of the current. */
  readonly column: string
  /** Share from which a difference is told of although the numbers may still be trusted. */
  readonly toldFrom?: number
  /** True where the program goes on working with the file's own count. */
  readonly usesCounter?: boolean
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
export function chargeBalance({ column, toldFrom = tolerance, usesCounter = false }: BalanceSetting): {
  row(signals: Moment, counted: CountedCharge): void
  end(): Finding[]
} {
  const integrated = { in: 0, out: 0 }
  const counted = { in: 0, out: 0 }
  let before: Moment | null = null
  let greatest = 0
  let rows = 0
  const last: Record<Side, number | null> = { in: null, out: null }
  return {
    row(signals, now) {
      rows++
      greatest = Math.max(greatest, Math.abs(signals.current))
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
      const sides = (['in', 'out'] as const).map((side) => {
        return { side, counted: counted[side], integrated: integrated[side] }
      })
      const worst = sides.reduce((a, b) => (differenceOf(b) > differenceOf(a) ? b : a))
      return differenceOf(worst) > toldFrom
        ? [imbalance(worst, column, repairOf(worst, greatest, usesCounter))]
        : []
    },
  }
}

interface Sums {
  readonly side: Side
  readonly counted: number
  readonly integrated: number
}

/** Share of the counted charge by which the integral differs; 0 where there is too little of either to tell. */
function differenceOf({ counted, integrated }: Sums): number {
  if (counted === 0 || Math.max(counted, integrated) < leastCharge_Ah) return 0
  return Math.abs(integrated / counted - 1)
}

function imbalance({ side, counted, integrated }: Sums, column: string, repair: Repair | null): Finding {
  const ratio = integrated / counted
  return {
    code: 'charge-balance',
    ...(Math.abs(ratio - 1) > tolerance ? { isDoubt: true } : {}),
    message: `The file counts ${counted.toPrecision(4)} Ah ${side === 'in' ? 'charged' : 'discharged'}, its current over time gives ${integrated.toPrecision(4)} Ah: ${ratio.toPrecision(3)} times as much.`,
    column,
    found: `${integrated.toPrecision(4)} Ah`,
    proposal: 'Check the units of current, time and capacity, and export with units in the headings.',
    ...(repair === null ? {} : { repair }),
  }
}

const factors: readonly {
  readonly ratio: number
  readonly repair: Repair
  /** What it is where the file's own count is wrong instead. */
  readonly counter: Repair | null
}[] = [
  { ratio: 1000, repair: 'current-times-0.001', counter: 'charge-times-1000' },
  { ratio: 1e-3, repair: 'current-times-1000', counter: 'charge-times-0.001' },
  { ratio: 1 / 60, repair: 'time-times-60', counter: null },
  { ratio: 1 / 3600, repair: 'time-times-3600', counter: null },
]

/** Currents of cells on a cycler, A; where a factor leads out of it, the file's counter is the one that is wrong. */
const usualCurrent = { low: 0.01, high: 100 } as const

function repairOf({ integrated, counted }: Sums, greatest: number, usesCounter: boolean): Repair | null {
  const ratio = integrated / counted
  const found = factors.find((factor) => Math.abs(ratio / factor.ratio - 1) <= tolerance)
  if (found === undefined) return null
  const isUsual = (value: number) => value >= usualCurrent.low && value <= usualCurrent.high
  if (found.counter === null || !isUsual(greatest) || isUsual(greatest / ratio)) return found.repair
  return usesCounter ? found.counter : 'as-recorded'
}
