import { newCell } from './cell.ts'
import { chance } from './chance.ts'
import { chargeAndRest, restingAt } from './cycle.ts'
import { lsdFile, rawFile, tpslFile, ulFile } from './layouts.ts'
import { afterFirstLife, lived } from './life.ts'
import { observed } from './observe.ts'
import {
  cellsPerCondition,
  changingUses,
  conditions,
  firstLifeOf,
  repeated,
  lsdCells,
  lsdUses,
  rowCount,
  tpslCells,
  tpslUses,
  variedCells,
} from './plan.ts'
import { mild, retiredCells, ulNominal_Ah, ulProtocol } from './retired.ts'
import type { Chance } from './chance.ts'
import type { Protocol } from './cycle.ts'
import type { LivedCycle } from './life.ts'
import type { CurveWindow, Observation } from './observe.ts'

/** A file to be written: its path relative to the samples folder and how to make its text. */
export interface Sample {
  readonly path: string
  readonly text: () => string
}

const lsdProtocol: Protocol = { charged: 4.2, discharged: 3, restInterval: 20, restSamples: 91 }
const ulWindow = { from: 3.6, to: 4.15 }
const lsdWindow = { from: 3.8, to: 4.1 }
const smallNominal_Ah = 2.4

/** Every measurement file of the samples folder. Each rests on its own name alone, so any one can be made by itself. */
export function samples(): Sample[] {
  return [...fixedSamples(), ...variedSamples(), ...tpslSamples(), ...lsdSamples(), ...rawSamples()]
}

export function numbers(count: number): number[] {
  return Array.from({ length: count }, (_, i) => i + 1)
}

function fixedSamples(): Sample[] {
  return conditions.flatMap((condition) =>
    numbers(cellsPerCondition).map((number) =>
      sample(`SIM-NCA/${condition.name}-#${number}.csv.gz`, (random) => {
        const fresh = newCell(ulNominal_Ah, random)
        const cell = afterFirstLife(fresh, firstLifeOf(condition.firstLife, number, random))
        const uses = repeated(condition.use, rowCount(random))
        return ulFile(observations(lived(cell, uses, ulProtocol), ulWindow, random))
      }),
    ),
  )
}

function variedSamples(): Sample[] {
  return numbers(variedCells).map((number) =>
    sample(`SIM-NCA/Varied-#${number}.csv.gz`, (random) => {
      const fresh = newCell(ulNominal_Ah, random)
      const cell = afterFirstLife(fresh, firstLifeOf(70, number, random))
      const uses = changingUses(rowCount(random), random)
      return ulFile(observations(lived(cell, uses, ulProtocol), ulWindow, random))
    }),
  )
}

function tpslSamples(): Sample[] {
  return numbers(tpslCells).map((number) =>
    sample(`SIM-TPSL/Arbitrary-#${number}.csv.gz`, (random) => {
      const cell = afterFirstLife(newCell(smallNominal_Ah, random), firstLifeOf(60, number, random))
      const rows = observations(lived(cell, tpslUses(random), ulProtocol), 'measured', random)
      const restarted = rows.map((row, i) => ({ ...row, number: i < 19 ? i + 2 : i - 17 }))
      return tpslFile(restarted, smallNominal_Ah)
    }),
  )
}

function lsdSamples(): Sample[] {
  return numbers(lsdCells).map((number) =>
    sample(`SIM-LSD/${number}.csv.gz`, (random) => {
      const cell = afterFirstLife(newCell(smallNominal_Ah, random), 150 + 50 * number)
      const uses = lsdUses(106, smallNominal_Ah)
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
        lived(cell, repeated(mild, 3), ulProtocol).map(({ trace }) => trace),
        2,
        random,
      )
    }),
  )
}

function sample(path: string, make: (random: Chance) => string): Sample {
  return { path, text: () => make(chance(path)) }
}

function observations(cycles: readonly LivedCycle[], window: CurveWindow, random: Chance): Observation[] {
  return cycles.map(({ use, trace, cell }, i) =>
    observed(trace, { number: i + 2, use }, window, { nominal_Ah: cell.nominal_Ah, random }),
  )
}
