import { chargeBalance } from '../../src-shared/cell/chargeBalance.ts'
import type { Finding } from '../../src-shared/cell/finding.ts'
import { Failure } from '../../src-shared/failure/failure.ts'
import { cycleStream, type DerivedCycles, type RowListener } from './cycleStream.ts'
import type { RecordRow } from './growingRecord.ts'

/** Takes the rows of a raw record; derives its cycles, and says why it leaves others out. */
export function rawCycles(onRow: RowListener | undefined): {
  push(row: RecordRow): void
  /** Throws Failure `wrong-unit` where current or charge cannot be a cell's. */
  end(): DerivedCycles
} {
  const total = { integrated: 0, counted: 0 }
  const greatest = { current: 0, charge: 0 }
  const stream = cycleStream({
    onRow,
    onCycle(cycle) {
      const { integrated, counted } = chargeBalance(cycle)
      total.integrated += integrated
      total.counted += counted
    },
  })
  return {
    push(row) {
      greatest.current = Math.max(greatest.current, Math.abs(row.current))
      greatest.charge = Math.max(
        greatest.charge,
        Math.abs(row.chargeCapacity),
        Math.abs(row.dischargeCapacity),
      )
      stream.push(row, null)
    },
    end() {
      requireRange(greatest.current, { column: '<I>/mA', unit: 'mA', other: 'A' })
      requireRange(greatest.charge, { column: 'Q charge/mA.h', unit: 'mAh', other: 'Ah' })
      const derived = stream.end()
      return { ...derived, findings: [...derived.findings, ...balanceFindings(total)] }
    },
  }
}

/** A cell's charge current lies between 20 mA and 1000 A, and so does, in Ah, what a charge moves. */
const smallest = 0.02
const largest = 1000

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

function balanceFindings({ integrated, counted }: { integrated: number; counted: number }): Finding[] {
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
