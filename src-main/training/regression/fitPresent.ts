import { completionOf, spreadOf, type StateSpread } from '../../../src-shared/evidence/gaussian.ts'
import {
  completedIn,
  kernelAxes,
  type MeasuredUse,
  type FadeHead,
  type PresentEvidence,
  type PresentHead,
} from '../../../src-shared/evidence/presentCapacity.ts'
import {
  narrowed,
  stateLength,
  type EvidenceWindow,
  type VoltageGrid,
} from '../../../src-shared/evidence/state.ts'
import type { Fraction } from '../../../src-shared/units/quantities.ts'
import { groupedBy, mean } from '../problem/grouping.ts'
import { folds, foldsByCell, spreadRows, type PresentRow } from './presentRows.ts'
import { prototypesOf } from './prototypes.ts'
import { nearness, ridgeFits, type RidgeFit, type RidgeTarget } from './ridge.ts'

/** Prototypes that a head rests on: more gain little, and each costs time in every assessment. */
const mostPrototypes = 1350
/** More of one cell repeat each other. */
const prototypesPerCell = 300
/** Prototypes that the windows are compared by. */
const fewPrototypes = 300
/** Measured rows that the weights of one prototype are learned from. */
const rowsPerPrototype = 6
/** Rows of a fifth that are judged. */
const judgedRows = 400

/** Below it nothing is unlike the trained cells, even if those were all alike. */
const leastSurprise = 4

/** Ridge weights tried; those with the least error on other cells are taken. Fades scatter more than capacities. */
const presentRidges = [1e-4, 1e-3, 1e-2, 1e-1]
const fadeRidges = [1e-2, 1e-1]

export interface RidgeChoice {
  readonly present: number
  readonly fade: number
}

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
  const { errors, hiddenBeforeError } = windowErrors(rows, windows, ridge.present)
  const { head, fades } = fitWidest({ ...base, learned, window: windows[0], error: errors[0] }, ridge)
  const narrower = windows.slice(1).map((window, i) => {
    const order = { ...base, learned, window, error: errors[i + 1] }
    return fitHead(order, [presentTarget(learned, ridge.present)]).head
  })
  return { ...base, heads: [head, ...narrower], fades, fadeShare: 0, hiddenBeforeError }
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
/** Fewer followed rows say nothing. */
const leastFollowed = 20

/** The head of the whole window, and regressions of what cells lost from the rows that were followed so far. */
function fitWidest(order: HeadOrder, ridge: RidgeChoice): { head: PresentHead; fades: FadeHead[] } {
  const { learned } = order
  const steps = fadeSteps.filter(
    (step) => learned.filter((row) => Number.isFinite(row.lostAt(step))).length >= leastFollowed,
  )
  const fades = steps.map((step) => ({ ridge: ridge.fade, wanted: learned.map((row) => row.lostAt(step)) }))
  const { head, others } = fitHead(order, [presentTarget(learned, ridge.present), ...fades])
  return { head, fades: others.map((fit, i) => ({ step: steps[i], ...fit })) }
}

function presentTarget(rows: readonly PresentRow[], ridge: number): RidgeTarget {
  return { ridge, wanted: rows.map(({ capacity }) => capacity) }
}

/**
 * The ridge weights with the least error on cells left out, each cell counting as any other: a condition of two to four
 * cells tells too little to choose by.
 */
export function chooseRidge(rows: readonly PresentRow[], window: EvidenceWindow): RidgeChoice {
  const judged = crossings(rows, mostPrototypes).flatMap((crossing) => {
    const { learned } = crossing
    const present = presentRidges.map((ridge) => presentTarget(learned, ridge))
    const wanted = learned.map((row) => row.lostAt(judgedStep))
    const isFollowed = wanted.filter(Number.isFinite).length >= leastFollowed
    const fade = isFollowed ? fadeRidges.map((ridge) => ({ ridge, wanted })) : []
    const fits = fitCrossing(crossing, window, [...present, ...fade])
    return crossing.judged.map((row) => {
      const said = fits.at(row, row.use)
      return {
        row,
        present: said.slice(0, present.length).map((value) => value - row.capacity),
        fade: said.slice(present.length).map((value) => value - row.lostAt(judgedStep)),
      }
    })
  })
  const least = (ridges: readonly number[], part: 'present' | 'fade'): number => {
    const errors = ridges.map((_, i) =>
      meanOverCells(judged.map((one) => ({ row: one.row, error: one[part][i] ?? NaN }))),
    )
    return ridges[Math.max(0, errors.indexOf(Math.min(...errors)))]
  }
  return { present: least(presentRidges, 'present'), fade: least(fadeRidges, 'fade') }
}

/** Ridges of the fade are compared by what was lost until this step. */
const judgedStep = 34

interface HeadOrder {
  readonly spread: StateSpread
  readonly states: Float32Array
  readonly uses: Float32Array
  readonly learned: readonly PresentRow[]
  readonly window: EvidenceWindow
  readonly error: Fraction
}

/** A head from the first target, and what the others lead to. */
function fitHead(
  { spread, states, uses, learned, window, error }: HeadOrder,
  targets: readonly RidgeTarget[],
): { head: PresentHead; others: RidgeFit[] } {
  const completion = completionOf(spread, window)
  const complete = completedIn(completion, window)
  const axes = kernelAxes(states, uses, complete)
  const [fit, ...others] = ridgeFits(axes, completed(learned, complete), targets)
  const surprises = learned
    .map(({ state }) => completion.surprise(narrowed({ state, window }, window)))
    .sort((a, b) => a - b)
  const usual = surprises[Math.floor(0.999 * (surprises.length - 1))] ?? 1
  return { head: { window, ...fit, error, surpriseLimit: Math.max(leastSurprise, 3 * usual) }, others }
}

function completed(
  rows: readonly PresentRow[],
  complete: (state: Float64Array) => Float64Array,
): { state: Float64Array; use: MeasuredUse }[] {
  return rows.map(({ state, use }) => ({ state: complete(state), use }))
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
  return crossed.flatMap((crossing) => {
    const fits = fitCrossing(crossing, window, [presentTarget(crossing.learned, ridge)])
    return crossing.judged.map((row) => {
      const off = (use: MeasuredUse): Fraction => fits.at(row, use)[0] - row.capacity
      const [charge, discharge, temperature, before] = row.use
      const error = off(row.use)
      return { row, error, hidden: before === 0 ? error : off([charge, discharge, temperature, 0]) }
    })
  })
}

/** What the others say of a row, target by target. */
function fitCrossing(
  { prototypes, learned, spread }: Crossing,
  window: EvidenceWindow,
  targets: readonly RidgeTarget[],
): { at(row: PresentRow, use: MeasuredUse): Fraction[] } {
  const { states, uses } = keptTensors(prototypes)
  const complete = completedIn(completionOf(spread, window), window)
  const axes = kernelAxes(states, uses, complete)
  const fits = ridgeFits(axes, completed(learned, complete), targets)
  return {
    at(row, use) {
      const near = nearness(axes, { state: complete(row.state), use })
      return fits.map(({ level, weights }) => near.reduce((sum, value, m) => sum + value * weights[m], level))
    },
  }
}

/** Mean over conditions of the mean absolute error. */
function meanError(errors: readonly CrossError[]): number {
  const byCondition = groupedBy(errors, ({ row }) => row.condition)
  return mean([...byCondition.values()].map((all) => mean(all.map(({ error }) => Math.abs(error)))))
}

/** Mean over cells of the mean absolute error, where it is known. */
function meanOverCells(errors: readonly CrossError[]): number {
  const known = errors.filter(({ error }) => Number.isFinite(error))
  const byCell = groupedBy(known, ({ row }) => String(row.cell))
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
