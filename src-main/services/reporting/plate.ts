import type { BatteryIdentity, ReportOptions } from '../../../src-shared/contract/reports.ts'
import type { Library } from '../../library/openLibrary.ts'

export const blankPlate: BatteryIdentity = {
  maker: null,
  model: null,
  serial: null,
  manufactured: null,
  priorUse: null,
  status: null,
  nominalVoltage_V: null,
}

/** What the library knows of a battery: what a person said of it, else the newest that was declared. */
export function plateOf(library: Library, cellId: string): BatteryIdentity {
  const fields = library.cells.fields(cellId)
  const declared = library.declarations.ofCell(cellId).flatMap(({ values }) => values)
  const said = (name: string): string | null => {
    const found = declared.find((value) => value.name === name)
    return found === undefined ? null : String(found.value)
  }
  return {
    ...blankPlate,
    maker: fields?.maker ?? null,
    serial: fields?.serial ?? said('serialNumber'),
    manufactured: said('manufacturingDate'),
    priorUse: shortened(fields?.history ?? null),
    status: said('batteryStatus')?.toLowerCase() ?? null,
    nominalVoltage_V: fields?.nominalVoltage_V ?? null,
  }
}

/** As much as a report takes. */
function shortened(text: string | null): string | null {
  return text !== null && text.length > longest ? `${text.slice(0, longest - 1)}…` : text
}

const longest = 1000

/** What a report states of its battery: what was said for it, else what is known; empty is not stated. */
export function statedPlate(known: BatteryIdentity, said: ReportOptions['battery'] = {}): BatteryIdentity {
  const text = (name: Exclude<keyof BatteryIdentity, 'nominalVoltage_V'>): string | null => {
    const given = said[name] ?? known[name]
    return given === null || given.trim() === '' ? null : given
  }
  return {
    maker: text('maker'),
    model: text('model'),
    serial: text('serial'),
    manufactured: text('manufactured'),
    priorUse: text('priorUse'),
    status: text('status'),
    nominalVoltage_V: said.nominalVoltage_V ?? known.nominalVoltage_V,
  }
}
