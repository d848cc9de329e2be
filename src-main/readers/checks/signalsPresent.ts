import type { Finding } from '../../../src-shared/cell/finding.ts'
import { Failure } from '../../../src-shared/failure/failure.ts'

interface Signals {
  readonly voltage: number
  readonly current: number
}

/** An input with nothing connected shows less, V, also as volts under a heading of millivolts. */
const leastVoltage = 0.001
/** A cell at rest moves less than this, V. */
const restSpan = 0.2

/** Refuses, by `end`, a record of no cell, and one whose voltage moves although no row has a current. */
export function signalsPresent({
  voltage: voltageColumn,
  current: currentColumn,
}: {
  readonly voltage: string
  readonly current: string
}): { row(row: Signals): void; end(): Finding[] } {
  let lowest = Infinity
  let highest = -Infinity
  let hasCurrent = false
  return {
    row({ voltage, current }) {
      if (voltage < lowest) lowest = voltage
      if (voltage > highest) highest = voltage
      if (current !== 0) hasCurrent = true
    },
    end() {
      if (highest === -Infinity) return []
      if (highest < leastVoltage) throw noCell(highest, voltageColumn)
      if (hasCurrent) return []
      if (highest - lowest > restSpan) throw lostCurrent({ lowest, highest }, currentColumn)
      return [onlyRest(currentColumn)]
    },
  }
}

function noCell(highest: number, column: string): Failure {
  const found = `${highest} V`
  return new Failure('refused', 'no-cell', `The voltage never exceeds ${found}: no cell was connected.`, {
    advice: 'Export the channel to which the cell was connected.',
    column,
    found,
  })
}

function lostCurrent({ lowest, highest }: { lowest: number; highest: number }, column: string): Failure {
  const message = `The current is zero in every row, while the voltage moves from ${lowest} to ${highest} V: the export has lost it.`
  return new Failure('refused', 'no-current', message, {
    advice: 'Export the current with more decimals, or in mA.',
    column,
    found: '0 A',
  })
}

function onlyRest(column: string): Finding {
  return {
    code: 'no-current',
    isNote: true,
    message: 'The current is zero in every row: the record holds only a rest.',
    column,
    proposal: 'Export a record with a charge.',
  }
}
