import type { Cycle } from '../../src-shared/cell/cycle.ts'
import { columnHeadings, type Heading } from './columns.ts'
import type { LineSink } from './lineSink.ts'
import { ampereUse, perCycleFile, requireMagnitude } from './perCycleFile.ts'
import type { PerCycleRow } from './perCycleTable.ts'

export const tpslColumns = [
  'Cycle_Index',
  'QV_Curve',
  'Charge_Current(A)',
  'Temperture',
  'Discharge_Current(A)',
  'Max_Charge_Capacity(Ah)',
  'Max_Discharge_Capacity(Ah)',
] as const

const units = {
  QV_Curve: 'Ah',
  'Charge_Current(A)': 'A',
  Temperture: '°C',
  'Discharge_Current(A)': 'A',
  'Max_Charge_Capacity(Ah)': 'Ah',
  'Max_Discharge_Capacity(Ah)': 'Ah',
}

/**
 * Published per-cycle files of Lu et al. 2022 (TPSL): no relaxation, a curve over the cell's own voltage span, cycle
 * numbers that restart, discharge currents negative. The misspelt heading is the file's.
 */
export function readPerCycleTpsl(heading: Heading): LineSink {
  return perCycleFile(heading, {
    format: 'per-cycle-tpsl',
    columns: columnHeadings(heading, units),
    cycle: tpslCycle,
    check(cycles) {
      requireMagnitude(cycles, { unit: 'Ah', column: 'QV_Curve' })
      return []
    },
  })
}

function tpslCycle(row: PerCycleRow, index: number): Cycle {
  const charge = row.list('QV_Curve', 50)
  const stored = [
    row.number('Charge_Current(A)'),
    row.number('Discharge_Current(A)'),
    row.number('Temperture'),
  ] as const
  return {
    row: index,
    number: row.number('Cycle_Index'),
    chargeCurve: { from: null, to: null, charge: charge.map((value) => value - charge[0]) },
    relaxation: null,
    dischargeCapacity: row.number('Max_Discharge_Capacity(Ah)'),
    use: ampereUse(stored),
    stored,
  }
}
