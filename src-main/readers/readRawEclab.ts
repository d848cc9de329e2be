import { repairFactor, type Repair } from '../../src-shared/cell/repair.ts'
import { Failure } from '../../src-shared/failure/failure.ts'
import { recordChecks } from './checks/recordChecks.ts'
import { rowRepairs } from './checks/rowRepairs.ts'
import { stepModes, type StepMode } from '../../src-shared/cell/record.ts'
import { columnHeadings, columnIndex, simulatedColumn, splitFields, type Heading } from './columns.ts'
import { cycleStream } from './cycleStream.ts'
import type { LineSink, Reading } from './lineSink.ts'
import { parseNumber } from './parseNumber.ts'
import { plainNumbers } from './plainNumbers.ts'
import type { RecordRow } from './growingRecord.ts'

export const rawColumns = [
  'time/s',
  'control/V/mA',
  'Ecell/V',
  '<I>/mA',
  'Q discharge/mA.h',
  'Q charge/mA.h',
  'control/V',
  'control/mA',
  'cycle number',
] as const

const units = {
  'time/s': 's',
  'control/V/mA': 'V or mA',
  'Ecell/V': 'V',
  '<I>/mA': 'mA',
  'Q discharge/mA.h': 'mAh',
  'Q charge/mA.h': 'mAh',
  'control/V': 'V',
  'control/mA': 'mA',
}

/** Raw cycler records with EC-Lab headings: columns in any order, further columns ignored; mA and mAh become A and Ah. */
export function readRawEclab(heading: Heading, { onRow, repairs = [] }: Reading): LineSink {
  const places = rawColumns.map((name) => ({ name, index: columnIndex(heading, name) }))
  const simulatedAt = heading.names.indexOf(simulatedColumn)
  const cycles = cycleStream({ onRow })
  const checks = recordChecks(checked)
  const rowOf = recordRow(repairs)
  const repaired = rowRepairs(repairs, ({ line, ...row }: NumberedRow) => {
    const counted = { in: row.chargeCapacity, out: row.dischargeCapacity }
    checks.row({ ...row, counted, clock: null }, line)
    cycles.push(row, null, line)
  })
  const indexes = [...places.map(({ index }) => index), ...(simulatedAt >= 0 ? [simulatedAt] : [])]
  const values = new Float64Array(indexes.length)
  const { delimiter, names } = heading
  const scan = plainNumbers({ indexes, required: places.length, delimiter, width: names.length }, values)
  let simulated = false
  const take = (number: number) => {
    const row = rowOf(values, number)
    if (!Number.isInteger(row.cycle) || Math.abs(row.cycle) > 1e6) throw notACycleNumber(row.cycle, number)
    repaired.row(row)
  }
  return {
    line(text, number) {
      const fields = splitFields(text, heading, number)
      for (let i = 0; i < places.length; i++) {
        values[i] = parseNumber(fields[places[i].index], { line: number, column: places[i].name })
      }
      if (simulatedAt >= 0) simulated ||= Number(fields[simulatedAt]) === 1
      take(number)
    },
    plain(block, at, number) {
      const next = scan(block, at, '.')
      if (next < 0) return -1
      if (simulatedAt >= 0) simulated ||= values[places.length] === 1
      take(number)
      return next
    },
    end() {
      repaired.end()
      const { findings, ...derived } = cycles.end()
      return {
        format: 'raw-eclab',
        delimiter,
        decimal: '.',
        columns: columnHeadings(heading, units),
        mapping: null,
        simulated,
        ...derived,
        findings: [...checks.end(), ...findings],
      }
    },
  }
}

interface NumberedRow extends RecordRow {
  readonly line: number
}

/** The columns that the checks name; a charge below 20 mA is none of the cells that such records are made of. */
const checked = {
  time: 'time/s',
  voltage: 'Ecell/V',
  current: '<I>/mA',
  counter: { toldFrom: 0.02, usesCounter: true },
  leastCurrent: 0.02,
} as const

function recordRow(repairs: readonly Repair[]): (values: Float64Array, line: number) => NumberedRow {
  const seconds = repairFactor(repairs, 'time')
  const volts = repairFactor(repairs, 'voltage')
  const amperes = repairFactor(repairs, 'current') / 1000
  const hours = repairFactor(repairs, 'charge') / 1000
  const at = (column: (typeof rawColumns)[number]) => rawColumns.indexOf(column)
  const [timeAt, voltageAt, currentAt] = [at('time/s'), at('Ecell/V'), at('<I>/mA')]
  const [chargedAt, dischargedAt] = [at('Q charge/mA.h'), at('Q discharge/mA.h')]
  const [controlAt, controlCurrentAt] = [at('control/V/mA'), at('control/mA')]
  const cycleAt = at('cycle number')
  return (values, line) => ({
    time: values[timeAt] * seconds,
    voltage: values[voltageAt] * volts,
    current: values[currentAt] * amperes,
    chargeCapacity: values[chargedAt] * hours,
    dischargeCapacity: values[dischargedAt] * hours,
    cycle: values[cycleAt],
    mode: stepModes.indexOf(modeOf(values[controlAt], values[controlCurrentAt])),
    line,
  })
}

/** The control columns say what the cycler was asked to hold: a current, a voltage, or nothing. */
function modeOf(control: number, controlCurrent: number): StepMode {
  if (controlCurrent > 0) return 'constant-current charge'
  if (controlCurrent < 0) return 'discharge'
  return control === 0 ? 'rest' : 'constant-voltage charge'
}

function notACycleNumber(cycle: number, line: number): Failure {
  return new Failure('refused', 'not-numeric', `${cycle} is not a cycle number.`, {
    advice: 'Cycle numbers are whole; correct the row.',
    line,
    column: 'cycle number',
    found: String(cycle),
  })
}
