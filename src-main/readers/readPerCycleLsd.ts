import type { Cycle } from '../../src-shared/cell/cycle.ts'
import { Failure } from '../../src-shared/failure/failure.ts'
import { columnHeadings, type Heading } from './columns.ts'
import type { LineSink } from './lineSink.ts'
import { ampereUse, perCycleFile, publishedRest, requireMagnitude } from './perCycleFile.ts'
import type { PerCycleRow } from './perCycleTable.ts'
import { ulColumns } from './readPerCycleUl.ts'

export const lsdColumns = [...ulColumns, 'Start_Voltage', 'End_Voltage'] as const

const units = {
  Charge_Current: 'A',
  Discharge_Current: 'A',
  Temperature: '°C',
  Capacity_Increment: 'Ah',
  Relaxation_Voltage: 'V',
  Discharge_Capacity: 'Ah',
  Start_Voltage: 'V',
  End_Voltage: 'V',
}

/** Published per-cycle files of Shandong University (LSD, retired cells): ampere and Ah, each row states its window. */
export function readPerCycleLsd(heading: Heading): LineSink {
  return perCycleFile(heading, {
    format: 'per-cycle-lsd',
    columns: columnHeadings(heading, units),
    cycle: lsdCycle,
    check(cycles) {
      requireMagnitude(cycles, { unit: 'Ah', column: 'Capacity_Increment' })
      return []
    },
  })
}

function lsdCycle(row: PerCycleRow, index: number): Cycle {
  const charge = row.list('Capacity_Increment', 50)
  const stored = [
    row.number('Charge_Current'),
    row.number('Discharge_Current'),
    row.number('Temperature'),
  ] as const
  return {
    row: index,
    number: row.number('Cycle'),
    chargeCurve: { ...statedWindow(row), charge: charge.map((value) => value - charge[0]) },
    relaxation: publishedRest(row),
    dischargeCapacity: row.number('Discharge_Capacity'),
    use: ampereUse(stored),
    stored,
  }
}

function statedWindow(row: PerCycleRow): { from: number; to: number } {
  const from = row.number('Start_Voltage')
  const to = row.number('End_Voltage')
  if (0 < from && from < to && to <= 5.5) return { from, to }
  throw new Failure('refused', 'wrong-unit', `A charge window of ${from} to ${to} V is not possible.`, {
    advice: 'Start_Voltage and End_Voltage are volts, the start below the end; correct the row.',
    line: row.line,
    column: 'Start_Voltage',
    found: `${from} … ${to}`,
  })
}
