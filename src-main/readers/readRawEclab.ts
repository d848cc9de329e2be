import { Failure } from '../../src-shared/failure/failure.ts'
import { stepModes, type StepMode } from '../../src-shared/cell/record.ts'
import { columnHeadings, columnIndex, simulatedColumn, splitFields, type Heading } from './columns.ts'
import type { FileContext, LineSink } from './lineSink.ts'
import { parseNumber } from './parseNumber.ts'
import { plainNumbers } from './plainNumbers.ts'
import { rawCycles } from './rawCycles.ts'
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
export function readRawEclab(heading: Heading, { onRow }: Pick<FileContext, 'onRow'>): LineSink {
  const places = rawColumns.map((name) => ({ name, index: columnIndex(heading, name) }))
  const simulatedAt = heading.names.indexOf(simulatedColumn)
  const cycles = rawCycles(onRow)
  const indexes = [...places.map(({ index }) => index), ...(simulatedAt >= 0 ? [simulatedAt] : [])]
  const values = new Float64Array(indexes.length)
  const { delimiter, names } = heading
  const isPlain = plainNumbers({ indexes, required: places.length, delimiter, width: names.length }, values)
  let simulated = false
  let previousTime = -Infinity
  return {
    line(text, number) {
      if (!isPlain(text)) {
        const fields = splitFields(text, heading, number)
        for (let i = 0; i < places.length; i++) {
          values[i] = parseNumber(fields[places[i].index], { line: number, column: places[i].name })
        }
        if (simulatedAt >= 0) simulated ||= Number(fields[simulatedAt]) === 1
      } else if (simulatedAt >= 0) simulated ||= values[places.length] === 1
      const row = recordRow(values)
      checkRow(row, previousTime, number)
      previousTime = row.time
      cycles.push(row)
    },
    end: () => ({
      format: 'raw-eclab',
      delimiter,
      decimal: '.',
      columns: columnHeadings(heading, units),
      simulated,
      ...cycles.end(),
    }),
  }
}

function recordRow([
  time,
  control,
  voltage,
  current,
  discharged,
  charged,
  ,
  controlCurrent,
  cycle,
]: Float64Array) {
  return {
    time,
    voltage,
    current: current / 1000,
    chargeCapacity: charged / 1000,
    dischargeCapacity: discharged / 1000,
    cycle,
    mode: stepModes.indexOf(modeOf(control, controlCurrent)),
  }
}

/** The control columns say what the cycler was asked to hold: a current, a voltage, or nothing. */
function modeOf(control: number, controlCurrent: number): StepMode {
  if (controlCurrent > 0) return 'constant-current charge'
  if (controlCurrent < 0) return 'discharge'
  return control === 0 ? 'rest' : 'constant-voltage charge'
}

function checkRow({ time, voltage, cycle }: RecordRow, previousTime: number, line: number): void {
  if (!(voltage >= 0 && voltage <= 5.5)) {
    throw new Failure('refused', 'wrong-unit', `A cell voltage of ${voltage} V is not possible.`, {
      advice: 'Ecell/V is read in volts; divide by 1000 if it holds millivolts.',
      line,
      column: 'Ecell/V',
      found: String(voltage),
    })
  }
  if (!Number.isInteger(cycle) || Math.abs(cycle) > 1e6) throw notACycleNumber(cycle, line)
  if (time >= previousTime) return
  throw new Failure('refused', 'time-backwards', `Time falls from ${previousTime} to ${time} s.`, {
    advice: 'Export the rows in the order they were measured, each row once.',
    line,
    column: 'time/s',
    found: String(time),
  })
}

function notACycleNumber(cycle: number, line: number): Failure {
  return new Failure('refused', 'not-numeric', `${cycle} is not a cycle number.`, {
    advice: 'Cycle numbers are whole; correct the row.',
    line,
    column: 'cycle number',
    found: String(cycle),
  })
}
