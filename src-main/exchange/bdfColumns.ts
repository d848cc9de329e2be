import type { CyclerRecord } from '../../src-shared/cell/record.ts'

/** A row of a record in the program's own units. */
export type RecordRow = { readonly [column in keyof CyclerRecord]: number }

/** One column of a record in the words of the Battery Data Format (battery-data-alliance), the unit in the name. */
export interface BdfColumn {
  readonly name: string
  readonly isWhole: boolean
  readonly valueOf: (row: BdfRow) => number | null
}

export interface BdfRow extends RecordRow {
  /** Counts the steps from 1. */
  readonly step: number
  /** °C; null where the file does not tell. */
  readonly temperature: number | null
}

const signals: readonly BdfColumn[] = [
  { name: 'test_time_second', isWhole: false, valueOf: ({ time }) => time },
  { name: 'voltage_volt', isWhole: false, valueOf: ({ voltage }) => voltage },
  { name: 'current_ampere', isWhole: false, valueOf: ({ current }) => current },
  { name: 'cycle_count', isWhole: true, valueOf: ({ cycle }) => cycle },
  { name: 'step_count', isWhole: true, valueOf: ({ step }) => step },
  { name: 'charging_capacity_ah', isWhole: false, valueOf: ({ chargeCapacity }) => chargeCapacity },
  { name: 'discharging_capacity_ah', isWhole: false, valueOf: ({ dischargeCapacity }) => dischargeCapacity },
]
const temperature: BdfColumn = {
  name: 'temperature_t1_celsius',
  isWhole: false,
  valueOf: (row) => row.temperature,
}
/** The mark of simulated measurements, which every copy carries. */
const mark: BdfColumn = { name: 'Simulated', isWhole: true, valueOf: () => 1 }

/** The columns of a record: those of the signals, and what else it has. */
export function bdfColumns(record: { hasTemperature: boolean; simulated: boolean }): readonly BdfColumn[] {
  return [...signals, ...(record.hasTemperature ? [temperature] : []), ...(record.simulated ? [mark] : [])]
}

/** Numbers the steps: a step ends where mode or cycle change. */
export function bdfRows(take: (row: BdfRow) => void): (row: RecordRow, temperature: number | null) => void {
  let step = 0
  let before: RecordRow | null = null
  return (row, celsius) => {
    if (before?.mode !== row.mode || before.cycle !== row.cycle) step++
    before = row
    take({ ...row, step, temperature: celsius })
  }
}
