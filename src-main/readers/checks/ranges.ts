import type { Finding } from '../../../src-shared/cell/finding.ts'

interface NumberedValue {
  readonly line: number
  readonly value: number
}

/** Voltage that a single cell can have, V; a fuller one is several in series, or in millivolts. */
const cellVoltage = { low: -0.05, high: 5, charged: { low: 2, high: 5 } } as const

/** Says where the voltage is not that of one cell; a factor of a thousand is proposed where it makes it one. */
export function voltageRange(column: string): { row(row: NumberedValue): void; end(): Finding[] } {
  let wrong: NumberedValue | null = null
  let highest = -Infinity
  return {
    row(row) {
      if (row.value > highest) highest = row.value
      if (row.value > cellVoltage.high || row.value < cellVoltage.low) wrong ??= row
    },
    end() {
      if (wrong !== null) return [outside(wrong, highest, column)]
      return isCharged(highest * 1000) ? [volts(highest, column)] : []
    },
  }
}

function isCharged(voltage: number): boolean {
  return voltage >= cellVoltage.charged.low && voltage <= cellVoltage.charged.high
}

function outside({ line, value }: NumberedValue, highest: number, column: string): Finding {
  const place = { code: 'voltage-range', isDoubt: true, line, column, found: `${value} V` } as const
  if (isCharged(highest / 1000)) {
    return {
      ...place,
      message: `${value} V is above 5 V; up to ${highest} V looks like millivolts.`,
      proposal: 'Divide the voltage by 1000, or export it in volts.',
      repair: 'voltage-times-0.001',
    }
  }
  if (value > cellVoltage.high) {
    return {
      ...place,
      message: `${value} V is above 5 V: several cells in series, or not volts.`,
      proposal: 'Export the voltage of one cell in volts.',
    }
  }
  return {
    ...place,
    message: `A cell voltage of ${value} V is not possible.`,
    proposal: 'Check how the cell was connected, and the voltage column.',
  }
}

function volts(highest: number, column: string): Finding {
  return {
    code: 'voltage-range',
    isDoubt: true,
    message: `The highest voltage is ${highest} V; it looks like volts under a heading of millivolts.`,
    column,
    found: `${highest} V`,
    proposal: 'Multiply the voltage by 1000, or export it with its unit.',
    repair: 'voltage-times-1000',
  }
}

/** No cell is charged with more, A. */
const greatestCurrent = 1000

/** Says where the current is none that a cell can carry; `least` is what a record of the format reaches, A. */
export function currentRange(
  column: string,
  least: number,
): { row(row: NumberedValue): void; end(): Finding[] } {
  let first: NumberedValue | null = null
  let highest = 0
  return {
    row(row) {
      const size = Math.abs(row.value)
      if (size > highest) highest = size
      if (size > greatestCurrent) first ??= row
    },
    end() {
      if (first !== null) return [tooGreat(first, column)]
      return highest > 0 && highest < least ? [tooSmall(highest, column)] : []
    },
  }
}

function tooGreat({ line, value }: NumberedValue, column: string): Finding {
  return {
    code: 'current-range',
    isDoubt: true,
    message: `A current of ${value} A is not possible for a cell; it looks like milliampere.`,
    line,
    column,
    found: `${value} A`,
    proposal: 'Divide the current by 1000, or export it in ampere.',
    repair: 'current-times-0.001',
  }
}

function tooSmall(highest: number, column: string): Finding {
  return {
    code: 'current-range',
    isDoubt: true,
    message: `The greatest current is ${highest.toPrecision(4)} A; it looks like ampere under a heading of milliampere.`,
    column,
    found: `${highest.toPrecision(4)} A`,
    proposal: 'Multiply the current by 1000, or trust the numbers if the cell is that small.',
    repair: 'current-times-1000',
  }
}
