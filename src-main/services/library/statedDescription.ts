import type { CellDescription } from '../../../src-shared/cell/cell.ts'
import type { TableMapping } from '../../../src-shared/cell/mapping.ts'
import { plainLine } from '../../../src-shared/contract/plainText.ts'

/** What the user says of a cell; absent fields leave what the file says. */
export interface StatedDescription {
  readonly nominalCapacity_Ah?: number
  readonly chemistry?: string
  readonly temperature_degC?: number
}

/** What the user says of a file: of its cell, and of how its table is to be read. */
export interface StatedReading extends StatedDescription {
  readonly mapping?: TableMapping
  /** True where this reading takes the place of an earlier one of the same file. */
  readonly again?: boolean
  /** The cell that it is a later measurement of, by id or name. */
  readonly cell?: string
  /** Cycles from that cell's last recorded one to the first of the file. */
  readonly cyclesSince?: number
}

export interface ReadDescription {
  readonly name: string
  readonly simulated: boolean
  readonly hints: Pick<CellDescription, 'chemistry' | 'nominalCapacity_Ah' | 'temperature_degC'>
}

/** A cell as its file and its user describe it; the user has the last word. */
export function describeCell(
  { name, simulated, hints }: ReadDescription,
  stated: StatedDescription,
): CellDescription {
  return {
    name: plainLine(name),
    simulated,
    chemistry: stated.chemistry ?? hints.chemistry,
    nominalCapacity_Ah: stated.nominalCapacity_Ah ?? hints.nominalCapacity_Ah,
    temperature_degC: stated.temperature_degC ?? hints.temperature_degC,
  }
}
