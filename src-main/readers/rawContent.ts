import { chargeBalance } from '../../src-shared/cell/chargeBalance.ts'
import type { Finding } from '../../src-shared/cell/finding.ts'
import type { CyclerRecord } from '../../src-shared/cell/record.ts'
import { splitCycles, type SplitCycle } from '../../src-shared/cell/splitCycles.ts'
import { Failure } from '../../src-shared/failure/failure.ts'
import type { Heading } from './columns.ts'
import type { ColumnHeading, RecordContent } from './readResult.ts'

interface RawRecord {
  readonly record: CyclerRecord
  readonly heading: Heading
  readonly columns: readonly ColumnHeading[]
  readonly simulated: boolean
}

/** Splits a whole raw record into the cycles the program may assess and says why it leaves others out. */
export function rawContent({ record, heading, columns, simulated }: RawRecord): RecordContent {
  const rows = record.time.length
  if (rows > 0) requirePlausible(record)
  const split = splitCycles(record)
  const usable = split.filter(({ cycle }) => cycle.chargeCurve !== null)
  return {
    format: 'raw-eclab',
    rows,
    delimiter: heading.delimiter,
    decimal: '.',
    columns,
    record,
    cycles: usable.map(({ cycle }, row) => ({ ...cycle, row })),
    simulated,
    findings: [...missingFindings(split), ...balanceFindings(record)],
  }
}

/** A cell's charge current lies between 20 mA and 1000 A, and so does, in Ah, what a charge moves. */
const smallest = 0.02
const largest = 1000

function requirePlausible({ current, chargeCapacity, dischargeCapacity }: CyclerRecord): void {
  const charge = Math.max(greatest(chargeCapacity), greatest(dischargeCapacity))
  requireRange(greatest(current), { column: '<I>/mA', unit: 'mA', other: 'A' })
  requireRange(charge, { column: 'Q charge/mA.h', unit: 'mAh', other: 'Ah' })
}

function requireRange(
  value: number,
  { column, unit, other }: { column: string; unit: string; other: string },
): void {
  if (value === 0 || (value >= smallest && value <= largest)) return
  const found = `${(value * 1000).toPrecision(4)} ${unit}`
  throw new Failure('refused', 'wrong-unit', `At most ${found} in ${column} is not possible for a cell.`, {
    advice: `The column is read in ${unit}; convert it if it holds ${other} or another unit.`,
    column,
    found,
  })
}

function greatest(column: Float64Array): number {
  return column.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
}

/** One finding per reason, told of its first cycle; a long record must not drown its reader. */
function missingFindings(split: readonly SplitCycle[]): Finding[] {
  const all = split.flatMap(({ missing }) => missing)
  const codes = [...new Set(all.map(({ code }) => code))]
  return codes.map((code) => firstOf(all.filter((finding) => finding.code === code)))
}

function firstOf(same: readonly Finding[]): Finding {
  if (same.length === 1) return same[0]
  return { ...same[0], message: `${same[0].message} The same holds for ${same.length - 1} further cycles.` }
}

function balanceFindings(record: CyclerRecord): Finding[] {
  const { integrated, counted } = chargeBalance(record)
  const difference = Math.abs(integrated - counted) / Math.max(integrated, counted)
  if (!(difference > 0.02)) return []
  return [
    {
      code: 'charge-balance',
      column: 'Q charge/mA.h',
      message: `The current adds up to ${integrated.toFixed(3)} Ah but the file counts ${counted.toFixed(3)} Ah charged.`,
      proposal: 'Check the units of current and charge, and whether the counter restarts with each cycle.',
    },
  ]
}
