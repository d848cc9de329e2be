import type { Cycle } from '../../src-shared/cell/cycle.ts'
import type { Finding } from '../../src-shared/cell/finding.ts'
import type { CRate } from '../../src-shared/units/quantities.ts'
import { columnHeadings, type Heading } from './columns.ts'
import { perCycleFile, publishedRest, requireMagnitude } from './perCycleFile.ts'
import type { PerCycleRow } from './perCycleTable.ts'
import type { FileContext, LineSink } from './lineSink.ts'
import { ulCondition } from './ulName.ts'

export const ulColumns = [
  'Cycle',
  'Charge_Current',
  'Discharge_Current',
  'Temperature',
  'Capacity_Increment',
  'Relaxation_Voltage',
  'Discharge_Capacity',
] as const

const units = {
  Charge_Current: 'C',
  Discharge_Current: 'C',
  Temperature: '°C',
  Capacity_Increment: 'mAh',
  Relaxation_Voltage: 'V',
  Discharge_Capacity: 'mAh',
}

/**
 * Published per-cycle files of Tongji University (UL-NCA, UL-NCM, UL-NCMNCA): capacities in mAh on 3.6 … 4.15 V.
 *
 * Their charge current column is wrong: 2.5 means 0.25 C and 0.1 means 1 C. `use` holds the true rate, `stored` the
 * published numbers.
 */
export function readPerCycleUl(heading: Heading, { cellName }: FileContext): LineSink {
  return perCycleFile(heading, {
    format: 'per-cycle-ul',
    columns: columnHeadings(heading, units),
    cycle: (row, index, simulated) => ulCycle(row, index, chargeRateRule(cellName, simulated)),
    check(cycles) {
      requireMagnitude(cycles, { unit: 'mAh', column: 'Capacity_Increment' })
      return rateFindings(cycles)
    },
  })
}

function ulCycle(row: PerCycleRow, index: number, chargeRate: (stored: number) => CRate): Cycle {
  const charge = row.list('Capacity_Increment', 50)
  const stored = [
    row.number('Charge_Current'),
    row.number('Discharge_Current'),
    row.number('Temperature'),
  ] as const
  return {
    row: index,
    number: row.number('Cycle'),
    chargeCurve: { from: 3.6, to: 4.15, charge: charge.map((value) => (value - charge[0]) / 1000) },
    relaxation: publishedRest(row),
    dischargeCapacity: row.number('Discharge_Capacity') / 1000,
    use: {
      charge: { rate: chargeRate(stored[0]) },
      discharge: { rate: stored[1] },
      before: null,
      temperature: stored[2],
    },
    stored,
  }
}

/** True charge rate of a number as published. */
const publishedRates = new Map<number, CRate>([
  [2.5, 0.25],
  [0.1, 1],
])

function chargeRateRule(cellName: string, simulated: boolean): (stored: number) => CRate {
  const named = ulCondition(cellName)?.chargeRate
  return (stored) => {
    const corrected = simulated ? stored : (publishedRates.get(stored) ?? stored)
    return named !== undefined && (stored === named || corrected === named) ? named : corrected
  }
}

function rateFindings(cycles: readonly Cycle[]): Finding[] {
  const changed = cycles.find(({ use, stored }) => {
    const { charge } = use
    return charge !== null && 'rate' in charge && charge.rate !== stored?.[0]
  })
  if (changed === undefined) return []
  return [
    {
      code: 'charge-current-corrected',
      column: 'Charge_Current',
      message:
        'The published charge current is known to be wrong (2.5 stands for 0.25 C, 0.1 for 1 C); the true rate is used.',
    },
  ]
}
