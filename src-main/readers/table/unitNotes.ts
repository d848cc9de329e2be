import type { Finding } from '../../../src-shared/cell/finding.ts'
import type { QuantityColumn, QuantityColumns } from './headings.ts'
import type { MeasuredColumns } from './tableLayout.ts'

interface Told {
  readonly columns: QuantityColumns
  readonly measured: MeasuredColumns
  /** True where the time is written as a clock. */
  readonly hasClock: boolean
}

/** Names each column whose unit was assumed where the file counts no charge that could prove it. */
export function unitNotes({ columns, measured, hasClock }: Told): Finding[] {
  const { time, voltage, current } = measured
  const { chargeCapacity, dischargeCapacity, capacity } = columns
  const counter = chargeCapacity ?? dischargeCapacity ?? capacity
  return [
    ...(hasClock || counter !== undefined ? [] : assumed(time, 's')),
    ...assumed(voltage, 'V'),
    ...(counter === undefined ? assumed(current, 'A') : []),
  ]
}

/** Volt and the ampere of Maccor's older exports are units in themselves. */
const named = /^(volts?|amps|mamps)$/i

function assumed({ name, unit }: QuantityColumn, as: string): Finding[] {
  if (unit !== null && unit !== '') return []
  if (named.test(name.trim())) return []
  return [
    {
      code: 'unit-assumed',
      isNote: true,
      column: name,
      message: `${name} names no unit and was read in ${as}.`,
      proposal: 'Check the values, or export with units in the heading.',
    },
  ]
}
