import type { Use } from './ageing.ts'
import type { Chance } from './chance.ts'

/** A set of cells under one fixed use. `firstLife` is the longest history, in mild cycles, that one of them brings along. */
export interface Condition {
  readonly name: string
  readonly use: Use
  readonly firstLife: number
}

export const cellsPerCondition = 6
export const variedCells = 8
export const tpslCells = 3
export const lsdCells = 2

export const conditions: readonly Condition[] = [
  { name: 'CY25-025_1', use: useOf(0.25, 1, 25), firstLife: 170 },
  { name: 'CY25-05_1', use: useOf(0.5, 1, 25), firstLife: 120 },
  { name: 'CY25-1_1', use: useOf(1, 1, 25), firstLife: 70 },
  { name: 'CY45-05_1', use: useOf(0.5, 1, 45), firstLife: 170 },
  { name: 'CY25-05_2', use: useOf(0.5, 2, 25), firstLife: 50 },
]

/** Share of the longest first life that cell #1 … #6 brings along, so that no list of the split is all young or all old. */
const histories = [0.2, 0, 0.8, 0.6, 1, 0.4]

export function firstLifeOf(longest: number, number: number, random: Chance): number {
  return Math.round(longest * histories[(number - 1) % histories.length] * (0.9 + 0.2 * random.even()))
}

export function rowCount(random: Chance): number {
  return 86 + Math.floor(22 * random.even())
}

/** Uses that change every few cycles, within what the fixed conditions visit. */
export function changingUses(count: number, random: Chance): Use[] {
  const uses: Use[] = []
  while (uses.length < count) {
    const charge = random.pick([0.25, 0.5, 1])
    const discharge = random.pick(charge === 1 ? [0.5, 1] : [0.5, 1, 2])
    const next = useOf(charge, discharge, random.pick([25, 25, 35, 45]))
    const length = 5 + Math.floor(10 * random.even())
    for (let i = 0; i < length && uses.length < count; i++) uses.push(next)
  }
  return uses
}

/** As in TPSL: 19 mild cycles, then currents that change every few cycles at one temperature. */
export function tpslUses(random: Chance): Use[] {
  const changing = changingUses(90, random).map((each) => useOf(each.charge, Math.max(1, each.discharge), 25))
  return [...repeated(useOf(0.5, 1, 25), 19), ...changing]
}

/** As in LSD: every fifth cycle, from the first, is discharged slowly to measure the capacity. */
export function lsdUses(count: number, nominal_Ah: number): Use[] {
  return Array.from({ length: count }, (_, i) => useOf(0.5, i % 5 === 0 ? 0.5 / nominal_Ah : 1, 25))
}

export function repeated(each: Use, cycles: number): Use[] {
  return Array.from({ length: cycles }, () => each)
}

export function useOf(charge: number, discharge: number, temperature_degC: number): Use {
  return { charge, discharge, temperature_degC }
}
