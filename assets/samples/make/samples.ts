import { lostLithium } from './ageing.ts'
import { newCell } from './cell.ts'
import { chance } from './chance.ts'
import { chargeAndRest, restingAt } from './cycle.ts'
import { lsdFile, rawFile, tpslFile, ulFile } from './layouts.ts'
import { afterFirstLife, capacities, lived } from './life.ts'
import { observed } from './observe.ts'
import * as plan from './plan.ts'
import type { Use } from './ageing.ts'
import type { SimulatedCell } from './cell.ts'
import type { Chance } from './chance.ts'
import type { Protocol } from './cycle.ts'
import type { LivedCycle } from './life.ts'
import type { CurveWindow, Observation } from './observe.ts'

/** A file to be written: its path relative to the samples folder and how to make its text. */
export interface Sample {
  readonly path: string
  readonly text: () => string
}

export const ulProtocol: Protocol = { charged: 4.2, discharged: 2.65, restInterval: 120, restSamples: 14 }
const lsdProtocol: Protocol = { charged: 4.2, discharged: 3, restInterval: 20, restSamples: 91 }
const ulWindow = { from: 3.6, to: 4.15 }
const lsdWindow = { from: 3.8, to: 4.1 }
const ulNominal_Ah = 3.5
const smallNominal_Ah = 2.4
const mild = plan.use(0.5, 1, 25)
const warm = plan.use(0.5, 1, 45)

/** Every measurement file of the samples folder. Each rests on its own name alone, so any one can be made by itself. */
export function samples(): Sample[] {
  return [...fixedSamples(), ...variedSamples(), ...tpslSamples(), ...lsdSamples(), ...rawSamples()]
}

export function numbers(count: number): number[] {
  return Array.from({ length: count }, (_, i) => i + 1)
}

function fixedSamples(): Sample[] {
  return plan.conditions.flatMap((condition) =>
    numbers(plan.cellsPerCondition).map((number) =>
      sample(`SIM-NCA/${condition.name}-#${number}.csv.gz`, (random) => {
        const fresh = newCell(ulNominal_Ah, random)
        const cell = afterFirstLife(fresh, plan.firstLifeOf(condition.firstLife, number, random))
        const uses = plan.held(condition.use, plan.rowCount(random))
        return ulFile(observations(lived(cell, uses, ulProtocol), ulWindow, random))
      }),
    ),
  )
}

function variedSamples(): Sample[] {
  return numbers(plan.variedCells).map((number) =>
    sample(`SIM-NCA/Varied-#${number}.csv.gz`, (random) => {
      const fresh = newCell(ulNominal_Ah, random)
      const cell = afterFirstLife(fresh, plan.firstLifeOf(70, number, random))
      const uses = plan.changingUses(plan.rowCount(random), random)
      return ulFile(observations(lived(cell, uses, ulProtocol), ulWindow, random))
    }),
  )
}

function tpslSamples(): Sample[] {
  return numbers(plan.tpslCells).map((number) =>
    sample(`SIM-TPSL/Arbitrary-#${number}.csv.gz`, (random) => {
      const cell = afterFirstLife(newCell(smallNominal_Ah, random), plan.firstLifeOf(60, number, random))
      const rows = observations(lived(cell, plan.tpslUses(random), ulProtocol), 'measured', random)
      const restarted = rows.map((row, i) => ({ ...row, number: i < 19 ? i + 2 : i - 17 }))
      return tpslFile(restarted, smallNominal_Ah)
    }),
  )
}

function lsdSamples(): Sample[] {
  return numbers(plan.lsdCells).map((number) =>
    sample(`SIM-LSD/${number}.csv.gz`, (random) => {
      const cell = afterFirstLife(newCell(smallNominal_Ah, random), 150 + 50 * number)
      const uses = plan.lsdUses(106, smallNominal_Ah)
      const rows = observations(lived(cell, uses, lsdProtocol), lsdWindow, random)
      const numbered = rows.map((row, i) => ({ ...row, number: i + 1 }))
      return lsdFile(betweenCheckups(numbered), smallNominal_Ah, lsdWindow)
    }),
  )
}

/** Capacity is measured every fifth cycle only and interpolated between, as in LSD. */
function betweenCheckups(rows: readonly Observation[]): Observation[] {
  return rows.map((row, i) => {
    const before = rows[i - (i % 5)]
    const after = rows[Math.min(i - (i % 5) + 5, rows.length - 1)]
    const share = (i % 5) / 5
    const discharged_Ah = before.discharged_Ah + share * (after.discharged_Ah - before.discharged_Ah)
    return { ...row, discharged_Ah }
  })
}

function rawSamples(): Sample[] {
  return retiredCells().map(({ name, cell, kind }) =>
    sample(`raw/${name}.csv.gz`, (random) => {
      if (kind === 'quick test') {
        return rawFile([chargeAndRest(cell, mild, ulProtocol, restingAt(cell, 3.3))], 1, random)
      }
      return rawFile(
        lived(cell, plan.held(mild, 3), ulProtocol).map(({ trace }) => trace),
        2,
        random,
      )
    }),
  )
}

interface RetiredCell {
  readonly name: string
  readonly kind: 'cycles' | 'quick test'
  readonly fresh: SimulatedCell
  readonly cell: SimulatedCell
}

function retiredCells(): RetiredCell[] {
  const retire = (name: string, kind: RetiredCell['kind'], cycles: number, use?: Use) => {
    const fresh = newCell(ulNominal_Ah, chance(`cell of raw/${name}`))
    return { name, kind, fresh, cell: afterFirstLife(fresh, cycles, use) }
  }
  return [
    retire('retired-A', 'cycles', 80),
    retire('retired-B', 'cycles', 130, plan.use(0.5, 2, 25)),
    retire('quick-test', 'quick test', 155),
  ]
}

/** What the simulator knows of the raw records and no reader may: Ah and fractions of the new cell. */
export function truths(): object {
  return {
    simulated: true,
    nominal_Ah: ulNominal_Ah,
    scenarios: { held: { ...mild }, warm: { ...warm } },
    cells: Object.fromEntries(
      retiredCells().map(({ name, fresh, cell }) => [`${name}.csv.gz`, truthOf(fresh, cell)]),
    ),
  }
}

function truthOf(fresh: SimulatedCell, cell: SimulatedCell): object {
  const future = (each: Use) => capacities(cell, plan.held(each, 51), ulProtocol).map((value) => fixed(value))
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

function fixed(value: number): number {
  return Number(value.toFixed(4))
}

function sample(path: string, make: (random: Chance) => string): Sample {
  return { path, text: () => make(chance(path)) }
}

function observations(cycles: readonly LivedCycle[], window: CurveWindow, random: Chance): Observation[] {
  return cycles.map(({ use, trace, cell }, i) =>
    observed(trace, { number: i + 2, use }, window, { nominal_Ah: cell.nominal_Ah, random }),
  )
}
