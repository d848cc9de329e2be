import { arrhenius, formationLayer, withoutLithium, withoutMaterial } from './cell.ts'
import type { SimulatedCell } from './cell.ts'

/** How one cycle is driven: rates relative to the nominal capacity, both positive. */
export interface Use {
  readonly charge: number
  readonly discharge: number
  readonly temperature_degC: number
}

/**
 * The cell after one cycle of this use that lasted `hours`.
 *
 * The surface layer grows with the square root of time, faster when warm; plating grows with the charge rate, faster when
 * cold and where material is missing; material cracks with both rates. Coefficients are accelerated: a hundred cycles
 * age a cell as several hundred would.
 */
export function aged(cell: SimulatedCell, use: Use, hours: number): SimulatedCell {
  const grown = layerGrowth(cell, use, hours)
  const plated = plating(cell, use)
  const bound = withoutLithium(cell, grown + plated)
  const cracked = withoutMaterial(bound, 'positive', crackingPositive(cell, use))
  return {
    ...withoutMaterial(cracked, 'negative', crackingNegative(cell, use)),
    layer: cell.layer + grown,
    plated: cell.plated + plated,
  }
}

/** Loss of lithium inventory since new, relative to the nominal capacity, without the lithium of lost material. */
export function lostLithium(cell: SimulatedCell): number {
  return cell.layer - formationLayer + cell.plated
}

function layerGrowth(cell: SimulatedCell, use: Use, hours: number): number {
  const rate = 1.5e-6 * cell.traits.layerGrowth * arrhenius(16000, use.temperature_degC)
  return Math.sqrt(cell.layer * cell.layer + rate * hours) - cell.layer
}

function plating(cell: SimulatedCell, use: Use): number {
  const drive = use.charge * (0.7 + 0.3 * use.charge)
  const crowded = 1 + 5 * cell.lostNegative
  return 1.3e-3 * cell.traits.plating * drive * crowded * arrhenius(-50000, use.temperature_degC)
}

function crackingPositive(cell: SimulatedCell, use: Use): number {
  return 1.8e-4 * cell.traits.cracking * (0.4 * use.charge + 0.6 * use.discharge)
}

function crackingNegative(cell: SimulatedCell, use: Use): number {
  return 2.6e-4 * cell.traits.cracking * use.discharge
}
