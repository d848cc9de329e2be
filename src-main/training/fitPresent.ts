import { completionOf, spreadOf, type StateSpread } from '../../src-shared/evidence/gaussian.ts'
import {
  completedIn,
  kernelAxes,
  type MeasuredUse,
  type FadeHead,
  type KernelAxes,
  type PresentEvidence,
  type PresentHead,
} from '../../src-shared/evidence/presentCapacity.ts'
import {
  narrowed,
  stateLength,
  wholeWindow,
  type EvidenceWindow,
  type VoltageGrid,
} from '../../src-shared/evidence/state.ts'
import type { Fraction } from '../../src-shared/units/quantities.ts'
import { groupedBy, mean } from './grouping.ts'
import { folds, foldsByCell, spreadRows, type PresentRow } from './presentRows.ts'
import { prototypesOf } from './prototypes.ts'
import { nearness, ridgeWeights } from './ridge.ts'

/** Prototypes that a head rests on: more gain little, and each costs time in every assessment. */
const mostPrototypes = 900
/** More of one cell repeat each other. */
const prototypesPerCell = 300
/** Prototypes that comparisons rest on. */
const fewPrototypes = 300
/** Measured rows that the weights of one prototype are learned from. */
const rowsPerPrototype = 4
/** Rows of a fifth that are judged. */
const judgedRows = 400

/** Below it nothing is unlike the trained cells, even if those were all alike. */
const leastSurprise = 4

/** Ridge weights tried; the one with the least error on other cells is taken. */
const ridges = [1e-4, 1e-3, 1e-2, 1e-1]

/** Heads for all windows of a cell type, the widest first, their errors from cells left out. */
export function fitPresent(
  rows: readonly PresentRow[],
  grid: VoltageGrid,
  windows: readonly EvidenceWindow[],
  ridge = chooseRidge(rows, windows[0]),
): PresentEvidence {
  const cells = new Set(rows.map(({ cell }) => cell)).size
  const most = Math.min(mostPrototypes, prototypesPerCell * cells)
  const learned = spreadRows(rows, rowsPerPrototype * most)
  const spread = rounded(spreadOf(learned.map(({ state }) => state)))
  const base = { grid, spread, ...keptTensors(prototypesOf(rows, most)) }
  const { errors, hiddenBeforeError } = windowErrors(rows, windows, ridge)
  const heads = windows.map((window, i) => fitHead({ ...base, learned, window, ridge, error: errors[i] }))
  return { ...base, heads, fades: fitFades(base, learned), fadeShare: 0, hiddenBeforeError }
}

/**
 * Of each window: only what it adds to the whole one's error is asked of the others; fewer prototypes tell that. And what
 * the whole one's error grows by where the discharge before the charge is not known.
 */
function windowErrors(
  rows: readonly PresentRow[],
  windows: readonly EvidenceWindow[],
  ridge: number,
): { errors: Fraction[]; hiddenBeforeError: Fraction } {
  if (windows.length === 1) return { errors: [0], hiddenBeforeError: 0 }
  const crossed = crossErrors(crossings(rows, mostPrototypes), windows[0], ridge)
  const whole = meanError(crossed)
  const hidden = meanError(crossed.map(({ row, hidden: error }) => ({ row, error })))
  const few = crossings(rows, fewPrototypes)
  const errors = windows.map((window) => meanError(crossErrors(few, window, ridge)))
  return {
    errors: errors.map((error) => whole + Math.max(0, error - errors[0])),
    hiddenBeforeError: Math.max(0, hidden - whole),
  }
}

/** Steps until which the fade is regressed. */
const fadeSteps = [4, 9, 19, 34, 49]
/** Fades scatter more than capacities. */
const fadeRidge = 0.01
/** Fewer followed rows say nothing. */
const leastFollowed = 20

/** Regressions of what cells lost, from the rows that were followed so far. */
function fitFades(
  { spread, states, uses }: Pick<PresentEvidence, 'spread' | 'states' | 'uses'>,
  learned: readonly PresentRow[],
): FadeHead[] {
  const complete = completedIn(completionOf(spread, wholeWindow), wholeWindow)
  const axes = kernelAxes(states, uses, complete)
  return fadeSteps.flatMap((step) => {
    const followed = learned.filter((row) => Number.isFinite(row.lostAt(step)))
    if (followed.length < leastFollowed) return []
    const fit = fitted(axes, followed, { complete, ridge: fadeRidge, wanted: (row) => row.lostAt(step) })
    return [{ step, ...fit }]
  })
}

interface Regression {
  readonly complete: (state: Float64Array) => Float64Array
  readonly ridge: number
  readonly wanted: (row: PresentRow) => Fraction
}

function fitted(
  axes: KernelAxes,
  rows: readonly PresentRow[],
  { complete, ridge, wanted }: Regression,
): { level: Fraction; weights: Float32Array } {
  const level = mean(rows.map(wanted))
  const seen = rows.map(({ state, use }) => ({ state: complete(state), use }))
  const weights = ridgeWeights(axes, seen, { ridge, wanted: rows.map((row) => wanted(row) - level) })
  return { level, weights: Float32Array.from(weights) }
}

/**
 * The ridge weight with the least error on cells left out, each cell counting as any other: a condition of two to four
 * cells tells too little to choose by.
 */
export function chooseRidge(rows: readonly PresentRow[], window: EvidenceWindow): number {
  const crossed = crossings(rows, fewPrototypes)
  const errors = ridges.map((ridge) => meanOverCells(crossErrors(crossed, window, ridge)))
  return ridges[errors.indexOf(Math.min(...errors))]
}

interface HeadOrder {
  readonly spread: StateSpread
  readonly states: Float32Array
  readonly uses: Float32Array
  readonly learned: readonly PresentRow[]
  readonly window: EvidenceWindow
  readonly ridge: number
  readonly error: Fraction
}

function fitHead({ spread, states, uses, learned, window, ridge, error }: HeadOrder): PresentHead {
  const completion = completionOf(spread, window)
  const complete = completedIn(completion, window)
  const axes = kernelAxes(states, uses, complete)
  const fit = fitted(axes, learned, { complete, ridge, wanted: ({ capacity }) => capacity })
  const surprises = learned
    .map(({ state }) => completion.surprise(narrowed({ state, window }, window)))
    .sort((a, b) => a - b)
  const usual = surprises[Math.floor(0.999 * (surprises.length - 1))] ?? 1
  return { window, ...fit, error, surpriseLimit: Math.max(leastSurprise, 3 * usual) }
}

interface CrossError {
  readonly row: PresentRow
  readonly error: Fraction
}

interface CrossErrors extends CrossError {
  /** Where the discharge before the charge is not known. */
  readonly hidden: Fraction
}

/** A fifth of the cells to judge, and what the others say. */
interface Crossing {
  readonly prototypes: readonly PresentRow[]
  readonly learned: readonly PresentRow[]
  readonly judged: readonly PresentRow[]
  readonly spread: StateSpread
}

/** Each fifth of the cells left out once. */
function crossings(rows: readonly PresentRow[], most: number): Crossing[] {
  const fold = foldsByCell(rows)
  return Array.from({ length: folds }, (_, k): Crossing => {
    const others = rows.filter(({ cell }) => fold.get(cell) !== k)
    const learned = spreadRows(others, rowsPerPrototype * most)
    const judged = spreadRows(
      rows.filter(({ cell }) => fold.get(cell) === k),
      judgedRows,
    )
    const spread = spreadOf(learned.map(({ state }) => state))
    return { prototypes: prototypesOf(others, most), learned, judged, spread }
  }).filter(({ prototypes, judged }) => prototypes.length > 0 && judged.length > 0)
}

/** Errors of rows whose cell was left out. */
function crossErrors(crossed: readonly Crossing[], window: EvidenceWindow, ridge: number): CrossErrors[] {
  return crossed.flatMap(({ prototypes, learned, judged, spread }) => {
    const { states, uses } = keptTensors(prototypes)
    const complete = completedIn(completionOf(spread, window), window)
    const axes = kernelAxes(states, uses, complete)
    const { level, weights } = fitted(axes, learned, { complete, ridge, wanted: ({ capacity }) => capacity })
    return judged.map((row) => {
      const state = complete(row.state)
      const off = (use: MeasuredUse): Fraction =>
        nearness(axes, { state, use }).reduce((sum, value, m) => sum + value * weights[m], level) -
        row.capacity
      const [charge, discharge, temperature, before] = row.use
      const error = off(row.use)
      return { row, error, hidden: before === 0 ? error : off([charge, discharge, temperature, 0]) }
    })
  })
}

/** Mean over conditions of the mean absolute error. */
function meanError(errors: readonly CrossError[]): number {
  const byCondition = groupedBy(errors, ({ row }) => row.condition)
  return mean([...byCondition.values()].map((all) => mean(all.map(({ error }) => Math.abs(error)))))
}

/** Mean over cells of the mean absolute error. */
function meanOverCells(errors: readonly CrossError[]): number {
  const byCell = groupedBy(errors, ({ row }) => String(row.cell))
  return mean([...byCell.values()].map((all) => mean(all.map(({ error }) => Math.abs(error)))))
}

function keptTensors(kept: readonly PresentRow[]): { states: Float32Array; uses: Float32Array } {
  const states = new Float32Array(kept.length * stateLength)
  kept.forEach(({ state }, m) => states.set(state, m * stateLength))
  return { states, uses: Float32Array.from(kept.flatMap(({ use }) => use)) }
}

/** As it will be stored. */
function rounded({ mean: centre, covariance }: StateSpread): StateSpread {
  return {
    mean: Float64Array.from(Float32Array.from(centre)),
    covariance: Float64Array.from(Float32Array.from(covariance)),
  }
}
