import { lostLithium } from './ageing.ts'
import { newCell } from './cell.ts'
import { chance } from './chance.ts'
import { afterFirstLife, capacities } from './life.ts'
import { repeated, useOf } from './plan.ts'
import type { Use } from './ageing.ts'
import type { SimulatedCell } from './cell.ts'
import type { Protocol } from './cycle.ts'

export const ulProtocol: Protocol = { charged: 4.2, discharged: 2.65, restInterval: 120, restSamples: 14 }
export const ulNominal_Ah = 3.5
export const mild = useOf(0.5, 1, 25)
const warm = useOf(0.5, 1, 45)

interface RetiredCell {
  readonly name: string
  readonly kind: 'cycles' | 'quick test'
  readonly fresh: SimulatedCell
  readonly cell: SimulatedCell
}

/** The cells of the raw records, as their records meet them and as they were when new. */
export function retiredCells(): RetiredCell[] {
  const retire = (name: string, kind: RetiredCell['kind'], cycles: number, use?: Use) => {
    const fresh = newCell(ulNominal_Ah, chance(`cell of raw/${name}`))
    return { name, kind, fresh, cell: afterFirstLife(fresh, cycles, use) }
  }
  return [
    retire('retired-A', 'cycles', 80),
    retire('retired-B', 'cycles', 130, useOf(0.5, 2, 25)),
    retire('quick-test', 'quick test', 155),
  ]
}

/** What the simulator knows of the raw records and no reader may: Ah and fractions of the new cell. */
export function truths(): object {
  return {
    simulated: true,
    nominal_Ah: ulNominal_Ah,
    scenarios: { held: planned(mild), warm: planned(warm) },
    cells: Object.fromEntries(
      retiredCells().map(({ name, fresh, cell }) => [`${name}.csv.gz`, truthOf(fresh, cell)]),
    ),
  }
}

function truthOf(fresh: SimulatedCell, cell: SimulatedCell): object {
  const future = (each: Use) => capacities(cell, repeated(each, 51), ulProtocol).map((value) => fixed(value))
  const held = future(mild)
  return {
    capacity_Ah: held[0],
    new_capacity_Ah: fixed(capacities(fresh, [mild], ulProtocol)[0]),
    lithium_lost_to_layer_and_plating: fixed(lostLithium(cell)),
    loss_of_lithium_inventory: fixed(1 - cell.lithium_Ah / fresh.lithium_Ah),
    loss_of_positive_material: fixed(cell.lostPositive),
    loss_of_negative_material: fixed(cell.lostNegative),
    future_capacity_Ah: { held, warm: future(warm) },
  }
}

/** A use as scenario files spell it. */
function planned({ charge, discharge, temperature_degC }: Use): object {
  return { charge_rate: charge, discharge_rate: discharge, temperature_degC }
}

function fixed(value: number): number {
  return Number(value.toFixed(4))
}
