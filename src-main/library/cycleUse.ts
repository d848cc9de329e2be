import type { CycleUse, Drive } from '../../src-shared/cell/cycle.ts'

/** The columns that say under which use a cycle was recorded. */
export interface UseRow {
  charge_A: number | null
  charge_rate: number | null
  discharge_A: number | null
  discharge_rate: number | null
  /** Of the discharge before the charge. */
  before_A: number | null
  before_rate: number | null
  temperature_degC: number | null
}

export function useOf(row: UseRow): CycleUse {
  return {
    charge: driveOf(row.charge_A, row.charge_rate),
    discharge: driveOf(row.discharge_A, row.discharge_rate),
    before: driveOf(row.before_A, row.before_rate),
    temperature: row.temperature_degC,
  }
}

function driveOf(ampere: number | null, rate: number | null): Drive | null {
  if (ampere !== null) return { ampere }
  return rate === null ? null : { rate }
}
