import type { Table } from '../chart/table.ts'
import { conditionNames } from './conditionNames.ts'
import type { BatteryResult } from './results.ts'

type Cell = string | number | null

export interface ResultColumn {
  readonly name: string
  readonly isNumber: boolean
  readonly of: (result: BatteryResult) => Cell
}

/** How a unit is written in a column's name. */
const unitSuffix: Readonly<Record<string, string>> = {
  Ah: 'Ah',
  W: 'W',
  Ω: 'ohm',
  kWh: 'kWh',
  cycles: 'cycles',
  '%': 'percent',
  '%/month': 'percent_per_month',
}

/** One row a battery. Units stand in the names, as everywhere in this program's files. */
export const resultColumns: readonly ResultColumn[] = [
  text('battery_id', ({ battery }) => battery.id),
  text('battery', ({ battery }) => battery.name),
  text('chemistry', ({ battery }) => battery.chemistry),
  text('simulated', ({ battery }) => String(battery.simulated)),
  text('verdict', ({ grade }) => grade?.verdict ?? 'not assessed'),
  text('grade', ({ grade }) => grade?.grade ?? null),
  text('grade_reasons', ({ grade }) => grade?.reasons.map(({ message }) => message).join(' ') ?? null),
  text('rules', ({ grade }) => grade?.rules.name ?? null),
  number('rules_version', ({ grade }) => grade?.rules.version ?? null),
  number('state_of_health', ({ assessment }) => assessment?.stateOfHealth.value ?? null),
  number('state_of_health_low', ({ assessment }) => assessment?.stateOfHealth.low ?? null),
  number('state_of_health_high', ({ assessment }) => assessment?.stateOfHealth.high ?? null),
  text('state_of_health_definition', ({ assessment }) => assessment?.stateOfHealth.definition ?? null),
  text('evidence', ({ assessment }) => assessment?.stateOfHealth.evidence ?? null),
  number('end_of_life_threshold', ({ assessment }) => assessment?.endOfLife.threshold ?? null),
  number('cycles_p10', ({ assessment }) => assessment?.endOfLife.p10 ?? null),
  number('cycles_p50', ({ assessment }) => assessment?.endOfLife.p50 ?? null),
  number('cycles_p90', ({ assessment }) => assessment?.endOfLife.p90 ?? null),
  text('scenario', ({ assessment }) => assessment?.scenario.name ?? null),
  text('model', ({ assessment }) => assessment?.model.name ?? null),
  text('model_sha256', ({ assessment }) => assessment?.model.sha256 ?? null),
  text('assessed_at', ({ assessment }) => assessment?.assessedAt ?? null),
  ...conditionNames.flatMap(conditionColumns),
]

/** The results as a table for CSV; null where a value is not known. */
export function resultTable(results: readonly BatteryResult[]): Table {
  return {
    columns: resultColumns.map(({ name }) => ({ name, unit: null })),
    rows: results.map((result) => resultColumns.map((column) => column.of(result))),
  }
}

/** Value, uncertainty where there can be one, method and date of one field. */
function conditionColumns({ name, unit }: (typeof conditionNames)[number], at: number): ResultColumn[] {
  const told = [
    text(`${name}_method`, ({ condition }) => condition[at]?.method ?? null),
    text(`${name}_date`, ({ condition }) => condition[at]?.date ?? null),
  ]
  if (unit === null) return [text(name, ({ condition }) => textOf(condition[at]?.value)), ...told]
  const suffix = unitSuffix[unit]
  const isAssessed = ['remainingCapacity', 'remainingEnergy', 'capacityFade'].includes(name)
  const bounds = (['low', 'high'] as const).map((end) =>
    number(`${name}_${end}_${suffix}`, ({ condition }) => condition[at]?.uncertainty?.[end] ?? null),
  )
  return [
    number(`${name}_${suffix}`, ({ condition }) => numberOf(condition[at]?.value)),
    ...(isAssessed ? bounds : []),
    ...told,
  ]
}

function text(name: string, of: ResultColumn['of']): ResultColumn {
  return { name, isNumber: false, of }
}

function number(name: string, of: ResultColumn['of']): ResultColumn {
  return { name, isNumber: true, of }
}

function numberOf(value: Cell | undefined): number | null {
  return typeof value === 'number' ? value : null
}

function textOf(value: Cell | undefined): string | null {
  return value === undefined || value === null ? null : String(value)
}
