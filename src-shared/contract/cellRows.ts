import type { Verdict } from '../grading/rules.ts'
import type { CellSummary } from './cells.ts'

/**
 * A cell of the library's list without the names of its fields, which are two thirds of a long list: a window with
 * thousands of cells opens sooner.
 */
export type CellRow = readonly [
  id: string,
  name: string,
  chemistry: string | null,
  nominalCapacity_Ah: number | null,
  temperature_degC: number | null,
  simulated: 0 | 1,
  serial: string | null,
  maker: string | null,
  nominalVoltage_V: number | null,
  lot: string | null,
  tags: readonly string[],
  cycles: number,
  importedAt: string,
  assessed:
    readonly [stateOfHealth: number, capacity_Ah: number, evidence: string, assessedAt: string] | null,
  grade: readonly [verdict: Verdict, grade: string | null] | null,
]

export function cellRowOf({
  id,
  description,
  label,
  cycles,
  importedAt,
  assessed,
  grade,
}: CellSummary): CellRow {
  const { name, chemistry, nominalCapacity_Ah, temperature_degC, simulated } = description
  const { serial, maker, nominalVoltage_V, lot, tags } = label
  return [
    id,
    name,
    chemistry,
    nominalCapacity_Ah,
    temperature_degC,
    simulated ? 1 : 0,
    serial,
    maker,
    nominalVoltage_V,
    lot,
    tags,
    cycles,
    importedAt,
    assessed === null
      ? null
      : [assessed.stateOfHealth, assessed.capacity_Ah, assessed.evidence, assessed.assessedAt],
    grade === null ? null : [grade.verdict, grade.grade],
  ]
}

export function cellOfRow(row: CellRow): CellSummary {
  const [id, name, chemistry, nominalCapacity_Ah, temperature_degC, simulated, ...rest] = row
  const [serial, maker, nominalVoltage_V, lot, tags, cycles, importedAt, assessed, grade] = rest
  return {
    id,
    description: { name, chemistry, nominalCapacity_Ah, temperature_degC, simulated: simulated === 1 },
    label: { serial, maker, nominalVoltage_V, lot, tags },
    cycles,
    assessed: assessed === null ? null : assessedOf(assessed),
    grade: grade === null ? null : { verdict: grade[0], grade: grade[1] },
    importedAt,
  }
}

function assessedOf([stateOfHealth, capacity_Ah, evidence, assessedAt]: NonNullable<
  CellRow[13]
>): CellSummary['assessed'] {
  return { stateOfHealth, capacity_Ah, evidence, assessedAt }
}
