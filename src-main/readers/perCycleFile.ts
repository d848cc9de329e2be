import type { Cycle, CycleUse, Relaxation } from '../../src-shared/cell/cycle.ts'
import type { Finding } from '../../src-shared/cell/finding.ts'
import { Failure } from '../../src-shared/failure/failure.ts'
import { simulatedColumn, type Heading } from './columns.ts'
import type { LineSink } from './lineSink.ts'
import type { Place } from './parseNumber.ts'
import { perCycleRow, type PerCycleRow } from './perCycleTable.ts'
import type { ColumnHeading, RecordFormat } from './readResult.ts'

export interface PerCycleLayout {
  readonly format: RecordFormat
  readonly columns: readonly ColumnHeading[]
  cycle(row: PerCycleRow, index: number, simulated: boolean): Cycle
  /** Looks at all cycles once; throws a Failure when the file cannot be what its heading says. */
  check(cycles: readonly Cycle[]): Finding[]
}

/** Reads the lines of a per-cycle file, one cycle each, by its layout. */
export function perCycleFile(heading: Heading, layout: PerCycleLayout): LineSink {
  const cycles: Cycle[] = []
  let simulated = false
  return {
    line(text, number) {
      const row = perCycleRow(heading, text, number)
      if (heading.names.includes(simulatedColumn)) simulated ||= row.number(simulatedColumn) === 1
      cycles.push(following(cycles.at(-1), layout.cycle(row, cycles.length, simulated)))
    },
    end() {
      const findings = cycles.length === 0 ? [] : layout.check(cycles)
      const { format, columns } = layout
      const { delimiter } = heading
      const rows = cycles.length
      return {
        format,
        rows,
        delimiter,
        decimal: '.',
        columns,
        mapping: null,
        cycles,
        traces: null,
        profiles: null,
        simulated,
        findings,
      }
    },
  }
}

/** A row's charge follows the discharge of the row before it, unless the numbers begin anew there. */
function following(previous: Cycle | undefined, cycle: Cycle): Cycle {
  if (previous === undefined || cycle.number <= previous.number) return cycle
  return { ...cycle, use: { ...cycle.use, before: previous.use.discharge } }
}

/** The rest of a row; its sampling is not in the published files, and an empty list means that there was none. */
export function publishedRest(row: PerCycleRow): Relaxation | null {
  const voltage = row.list('Relaxation_Voltage', null)
  checkVoltages(voltage, { line: row.line, column: 'Relaxation_Voltage' })
  return voltage.length === 0 ? null : { time: null, voltage }
}

/** Use of a row whose currents are ampere; a negative discharge counts by its size. */
export function ampereUse([charge, discharge, temperature]: readonly [number, number, number]): CycleUse {
  return { charge: { ampere: charge }, discharge: { ampere: Math.abs(discharge) }, before: null, temperature }
}

/** Refuses voltages no lithium cell can have: millivolts under a volt heading, most often. */
function checkVoltages(voltages: Float64Array, place: Place): void {
  const wrong = voltages.find((value) => value < 0 || value > 5.5)
  if (wrong === undefined) return
  throw new Failure('refused', 'wrong-unit', `${wrong} V in ${place.column} is not possible.`, {
    advice: 'The column is read in volts; divide by 1000 if it holds millivolts.',
    ...place,
    found: String(wrong),
  })
}

/** A single 18650 or pouch cell charges less than 20 Ah between two voltages and far more than 20 mAh. */
const border = 20

/** Refuses a file whose capacities cannot be in the unit of its layout. `cycles` are in Ah already. */
export function requireMagnitude(
  cycles: readonly Cycle[],
  { unit, column }: { unit: 'Ah' | 'mAh'; column: string },
): void {
  const curves = cycles.map(({ chargeCurve }) => Math.max(0, ...(chargeCurve?.charge ?? [])))
  const inUnit = Math.max(...curves) * (unit === 'mAh' ? 1000 : 1)
  if (unit === 'mAh' ? inUnit > border : inUnit < border) return
  throw new Failure('refused', 'wrong-unit', `${inUnit} ${unit} is not a possible charge in ${column}.`, {
    advice: `This layout holds capacities in ${unit}; the numbers look like ${unit === 'Ah' ? 'mAh' : 'Ah'}. Convert them.`,
    column,
    found: String(inUnit),
  })
}
