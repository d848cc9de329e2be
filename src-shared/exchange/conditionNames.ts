/** A field of the condition table, named as in the Battery Pass data model. */
export interface ConditionName {
  readonly name: string
  readonly title: string
  /** Where Regulation (EU) 2023/1542 asks for it. */
  readonly asked: string
  /** Null for dates and events. */
  readonly unit: string | null
  /** What a declared number may be, ends included; null for text. */
  readonly range: readonly [number, number] | null
}

const percent = [0, 100] as const

/**
 * The fields that Regulation (EU) 2023/1542, Annex VII, names for state of health (part A) and expected lifetime
 * (part B), with the rated values of Annex IV that they refer to.
 */
export const conditionNames = [
  field('ratedCapacity', 'Rated capacity', 'Annex IV A 1', { unit: 'Ah', range: [0.001, 100_000] }),
  field('remainingCapacity', 'Remaining capacity', 'Annex VII A 1', { unit: 'Ah', range: [0, 100_000] }),
  field('capacityFade', 'Capacity fade', 'Annex IV A 1', { unit: '%', range: percent }),
  field('stateOfCertifiedEnergy', 'State of certified energy (SOCE)', 'Annex VII A', {
    unit: '%',
    range: [0, 120],
  }),
  field('remainingEnergy', 'Remaining energy', 'Annex VII A', { unit: 'kWh', range: [0, 10_000] }),
  field('remainingPowerCapability', 'Remaining power capability', 'Annex VII A 2', {
    unit: 'W',
    range: [0, 1e8],
  }),
  field('remainingRoundTripEnergyEfficiency', 'Remaining round trip efficiency', 'Annex VII A 3', {
    unit: '%',
    range: percent,
  }),
  field('currentSelfDischargingRate', 'Self-discharging rate', 'Annex VII A 4', {
    unit: '%/month',
    range: percent,
  }),
  field('evolutionOfSelfDischarge', 'Evolution of self-discharging rates', 'Annex VII A 4', {
    unit: '%',
    range: [0, 100_000],
  }),
  field('ohmicResistance', 'Ohmic resistance', 'Annex VII A 5', { unit: 'Ω', range: [0, 100] }),
  field('internalResistanceIncrease', 'Internal resistance increase', 'Annex IV A 3', {
    unit: '%',
    range: [0, 100_000],
  }),
  field('manufacturingDate', 'Date of manufacturing', 'Annex VII B 1', null),
  field('puttingIntoService', 'Date of putting into service', 'Annex VII B 1', null),
  field('energyThroughput', 'Energy throughput', 'Annex VII B 2', { unit: 'kWh', range: [0, 1e9] }),
  field('capacityThroughput', 'Capacity throughput', 'Annex VII B 3', { unit: 'Ah', range: [0, 1e9] }),
  field('negativeEvents', 'Harmful events', 'Annex VII B 4', null),
  field('numberOfFullCycles', 'Number of full equivalent cycles', 'Annex VII B 5', {
    unit: 'cycles',
    range: [0, 1e6],
  }),
] as const satisfies readonly ConditionName[]

function field<const N extends string>(
  name: N,
  title: string,
  asked: string,
  number: { readonly unit: string; readonly range: readonly [number, number] } | null,
): ConditionName & { readonly name: N } {
  return { name, title, asked, unit: number?.unit ?? null, range: number?.range ?? null }
}
