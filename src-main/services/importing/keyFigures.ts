import { doubtsAmong } from '../../../src-shared/cell/finding.ts'
import type { KeyFigures } from '../../../src-shared/contract/imports.ts'
import type { RowListener } from '../../readers/cycleStream.ts'
import type { ReadResult } from '../../readers/readResult.ts'

/** Gathers what a record amounts to while its rows pass. */
export function figureCounter(): { onRow: RowListener; end(result: ReadResult): KeyFigures } {
  const voltage = extremes()
  const current = extremes()
  const time = extremes()
  return {
    onRow(row) {
      time.add(row.time)
      voltage.add(row.voltage)
      current.add(row.current)
    },
    end: ({ rows, cycles, findings }) => ({
      rows,
      cycles: cycles.length,
      usableCycles: cycles.filter(({ chargeCurve }) => chargeCurve !== null).length,
      duration_s: spanOf(time.end()),
      voltage_V: voltage.end(),
      current_A: current.end(),
      capacity_Ah: greatest(cycles.flatMap(({ dischargeCapacity }) => dischargeCapacity ?? [])),
      doubts: doubtsAmong(findings).length,
    }),
  }
}

type Extremes = { low: number; high: number } | null

function extremes(): { add(value: number): void; end(): Extremes } {
  let low = Infinity
  let high = -Infinity
  return {
    add(value) {
      if (value < low) low = value
      if (value > high) high = value
    },
    end: () => (low > high ? null : { low, high }),
  }
}

function spanOf(time: Extremes): number {
  return time === null ? 0 : time.high - time.low
}

function greatest(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((most, value) => Math.max(most, value))
}
