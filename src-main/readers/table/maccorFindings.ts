import type { Finding } from '../../../src-shared/cell/finding.ts'
import type { QuantityColumns } from './headings.ts'
import type { MeasuredColumns } from './tableLayout.ts'

interface Told {
  readonly columns: QuantityColumns
  readonly measured: MeasuredColumns
  readonly hasClock: boolean
  readonly isSigned: boolean
}

/** Maccor leaves out the unit of its test time, minutes or seconds, and the sign of its current. */
export function maccorFindings({ columns, measured, hasClock, isSigned }: Told): Finding[] {
  const { time, current } = measured
  return [
    ...(time.unit === null && !hasClock ? [unitMissing(time.name)] : []),
    ...(columns.state === undefined && !isSigned ? [signMissing(current.name)] : []),
  ]
}

function unitMissing(column: string): Finding {
  return {
    code: 'unit-missing',
    isDoubt: true,
    column,
    message: `${column} does not say whether it counts seconds or minutes.`,
    proposal: 'Export the time as d hh:mm:ss or with its unit in the heading.',
  }
}

function signMissing(column: string): Finding {
  return {
    code: 'sign-missing',
    isDoubt: true,
    column,
    message: `${column} has no sign, and no column tells charge from discharge.`,
    proposal: 'Export the record with its state column.',
  }
}
