import type { Finding } from '../../../src-shared/cell/finding.ts'
import { chargeBalance, type CountedCharge } from './chargeBalance.ts'
import { currentSign } from './currentSign.ts'
import { duplicates } from './duplicates.ts'
import { currentRange, voltageRange } from './ranges.ts'
import { signalsPresent } from './signalsPresent.ts'
import { spikes } from './spikes.ts'
import { timeOrder } from './timeOrder.ts'
import { wallClockCheck } from './wallClockCheck.ts'

/** One measured row as the checks see it: s, V, A (charge positive) and what stands beside them. */
export interface CheckedRow {
  readonly time: number
  readonly voltage: number
  readonly current: number
  readonly counted: CountedCharge
  /** s since 1970 on the wall clock; null where the row was not asked for it. */
  readonly clock: number | null
}

export interface CheckedColumns {
  readonly time: string
  readonly voltage: string
  readonly current: string
  /** Where a record's own count of charge is what the program works with. */
  readonly counter?: { readonly toldFrom: number; readonly usesCounter: true }
  /** Least greatest current that the format is used for, A. */
  readonly leastCurrent?: number
}

export interface RecordChecks {
  row(row: CheckedRow, line: number): void
  /** True once a current was below zero. */
  hasNegative(): boolean
  /** True where the voltage shows that all the current charges. */
  isCharge(): boolean
  /** Throws Failure `no-cell` or `no-current` where the record holds nothing of a cell. */
  end(): Finding[]
}

/** Every physical check that a record must pass, row by row; each tells of its first offence and how often it occurs. */
export function recordChecks({
  time,
  voltage,
  current,
  counter,
  leastCurrent = 0,
}: CheckedColumns): RecordChecks {
  const order = timeOrder(time)
  const clock = wallClockCheck(time)
  const volts = voltageRange(voltage)
  const jumps = spikes(voltage)
  const amperes = currentRange(current, leastCurrent)
  const sign = currentSign(current)
  const copies = duplicates()
  const signals = signalsPresent({ voltage, current })
  const balance = chargeBalance({ column: current, ...counter })
  let hasNegative = false
  return {
    row(row, line) {
      const numbered = { time: row.time, voltage: row.voltage, current: row.current, line, clock: row.clock }
      if (row.current < 0) hasNegative = true
      order.row(numbered)
      if (row.clock !== null) clock.row(numbered)
      volts.row({ line, value: row.voltage })
      amperes.row({ line, value: row.current })
      jumps.row(numbered)
      sign.row(numbered)
      copies.row(numbered)
      signals.row(row)
      balance.row(numbered, row.counted)
    },
    hasNegative: () => hasNegative,
    isCharge: () => sign.isCharge(),
    end() {
      const scale = volts.end()
      // What a voltage of another unit does is no finding of its own.
      const shape = scale.length > 0 ? [] : [...jumps.end(), ...sign.end()]
      return [
        ...order.end(),
        ...clock.end(),
        ...scale,
        ...amperes.end(),
        ...shape,
        ...copies.end(),
        ...balance.end(),
        ...signals.end(),
      ]
    },
  }
}
