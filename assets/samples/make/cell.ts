import { exp } from './exact.ts'
import { negativePotential, positivePotential } from './electrodes.ts'
import type { Chance } from './chance.ts'

/** A simulated cell at one age. Capacities in Ah; electrode capacities are per unit of stoichiometry. */
export interface SimulatedCell {
  readonly nominal_Ah: number
  readonly positive_Ah: number
  readonly negative_Ah: number
  /** Cyclable lithium in both electrodes together. */
  readonly lithium_Ah: number
  /** Lithium bound in the surface layer and by plating since new, as fractions of the nominal capacity. */
  readonly layer: number
  readonly plated: number
  /** Fractions of active material lost since new. */
  readonly lostPositive: number
  readonly lostNegative: number
  readonly traits: Traits
}

/** What differs between cells of one batch; 1 is the mean. */
export interface Traits {
  readonly resistance: number
  readonly layerGrowth: number
  readonly plating: number
  readonly cracking: number
}

/** Resistances in Ω; `fast` and `slow` are the two diffusion overpotentials. */
export interface Resistances {
  readonly series: number
  readonly fast: number
  readonly slow: number
}

/** Time constants of the two diffusion overpotentials, s. */
export const timeConstants = { fast: 180, slow: 1300 } as const
/** Surface layer of a cell as delivered, from formation. */
export const formationLayer = 0.012

/** Lithium that leaves with lost material, per unit of stoichiometry: it cracks when emptied of lithium. */
const leavesWith = { positive: 0.4, negative: 0.2 } as const

export function newCell(nominal_Ah: number, random: Chance): SimulatedCell {
  const vary = (spread: number) => 1 + spread * random.normal()
  return {
    nominal_Ah,
    positive_Ah: 1.39 * nominal_Ah * vary(0.006),
    negative_Ah: 1.1 * nominal_Ah * vary(0.006),
    lithium_Ah: 1.309 * nominal_Ah * vary(0.005),
    layer: formationLayer,
    plated: 0,
    lostPositive: 0,
    lostNegative: 0,
    traits: {
      resistance: vary(0.035),
      layerGrowth: vary(0.08),
      plating: vary(0.1),
      cracking: vary(0.1),
    },
  }
}

/** Open-circuit voltage, V, with `stored` Ah of lithium in the negative electrode. */
export function openCircuit(cell: SimulatedCell, stored: number): number {
  const y = (cell.lithium_Ah - stored) / cell.positive_Ah
  return positivePotential(y) - negativePotential(stored / cell.negative_Ah)
}

/** Binds `fraction` of the nominal capacity as lithium: loss of lithium inventory. */
export function withoutLithium(cell: SimulatedCell, fraction: number): SimulatedCell {
  return { ...cell, lithium_Ah: cell.lithium_Ah - fraction * cell.nominal_Ah }
}

/** Takes `fraction` of an electrode's present active material away, with the lithium in it. */
export function withoutMaterial(
  cell: SimulatedCell,
  side: 'positive' | 'negative',
  fraction: number,
): SimulatedCell {
  const capacity = side === 'positive' ? cell.positive_Ah : cell.negative_Ah
  const lithium_Ah = cell.lithium_Ah - leavesWith[side] * capacity * fraction
  const left = capacity * (1 - fraction)
  if (side === 'positive') {
    return {
      ...cell,
      lithium_Ah,
      positive_Ah: left,
      lostPositive: 1 - (1 - cell.lostPositive) * (1 - fraction),
    }
  }
  return {
    ...cell,
    lithium_Ah,
    negative_Ah: left,
    lostNegative: 1 - (1 - cell.lostNegative) * (1 - fraction),
  }
}

/** Factor by which a process with this activation energy, J/mol, is faster than at 25 °C. */
export function arrhenius(energy: number, temperature_degC: number): number {
  return exp((energy / 8.314) * (1 / 298.15 - 1 / (temperature_degC + 273.15)))
}

/** Ohmic and charge-transfer resistance rise with the surface layer, diffusion with cracked material. */
export function resistances(cell: SimulatedCell, temperature_degC: number): Resistances {
  const unit = cell.traits.resistance / cell.nominal_Ah
  const layer = cell.layer - formationLayer + cell.plated
  const cracked = cell.lostPositive + cell.lostNegative
  const ohmic = 0.095 * (1 + 1.5 * layer) * arrhenius(-6000, temperature_degC)
  const transfer = 0.06 * (1 + 3 * layer + cracked) * arrhenius(-20000, temperature_degC)
  const diffusion = (1 + 2 * layer + 2 * cracked) * arrhenius(-11000, temperature_degC)
  return { series: unit * (ohmic + transfer), fast: unit * 0.11 * diffusion, slow: unit * 0.08 * diffusion }
}
