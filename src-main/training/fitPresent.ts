import { completionOf, spreadOf, type StateSpread } from '../../src-shared/evidence/gaussian.ts'
import { cholesky, choleskySolve } from '../../src-shared/evidence/linear.ts'
import {
  completedIn,
  kernel,
  kernelAxes,
  newPoint,
  type FadeHead,
  type KernelAxes,
  type MeasuredUse,
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

/** One measured row with its capacity: what the regression learns from. */
export interface PresentRow {
  /** Rows of one cell belong together. */
  readonly cell: number
  readonly condition: string
  /** (64) measured in its whole window. */
  readonly state: Float64Array
  readonly use: MeasuredUse
  /** Relative to the rated capacity. */
  readonly capacity: Fraction
  /** What the capacity changed by until that many rows later, relative to the rated one; NaN where it was not followed. */
  lostAt(step: number): Fraction
}

/** Rows that a head rests on: more gain little, and each costs time in every assessment. */
const mostRows = 1800
/** More rows of one cell repeat each other. */
const rowsPerCell = 300
/** Rows that comparisons rest on. */
const fewRows = 700
/** Rows of a condition, where it has as many. */
const leastShare = 150

/** Below it nothing is unlike the trained cells, even if those were all alike. */
const leastSurprise = 4

/** Ridge weights tried; the one with the least error on other cells is taken. */
const ridges = [1e-4, 1e-3, 1e-2]
export const folds = 5

/** Heads for all windows of a cell type, the widest first, their errors from cells left out. */
export function fitPresent(
  rows: readonly PresentRow[],
  grid: VoltageGrid,
  windows: readonly EvidenceWindow[],
  ridge = chooseRidge(rows, windows[0]),
): PresentEvidence {
  const cells = new Set(rows.map(({ cell }) => cell)).size
  const kept = spreadRows(rows, Math.min(mostRows, rowsPerCell * cells))
  const spread = rounded(spreadOf(spreadRows(rows, 2 * mostRows).map(({ state }) => state)))
  const base = { grid, spread, ...keptTensors(kept) }
  const errorOf = (window: EvidenceWindow, most: number): number =>
    meanError(crossErrors(rows, window, ridge, most))
  // Only what a window adds to the whole one's error is asked of the others: fewer rows tell that.
  const whole = windows.length > 1 ? errorOf(windows[0], mostRows) : 0
  const fewWhole = windows.length > 1 ? errorOf(windows[0], fewRows) : 0
  const heads = windows.map((window, i) => {
    const error = i === 0 ? whole : whole + Math.max(0, errorOf(window, fewRows) - fewWhole)
    return fitHead({ ...base, rows: kept, window, ridge, error })
  })
  return { ...base, heads, fades: fitFades(base, kept), fadeShare: 0 }
}

/** Steps until which the fade is regressed. */
const fadeSteps = [4, 9, 19, 34, 49]
/** Fades scatter more than capacities. */
const fadeRidge = 0.01
/** Fewer followed rows say nothing. */
const leastFollowed = 20

/** Regressions of what the kept rows lost, of those that were followed so far. */
function fitFades(
  { spread, states, uses }: Pick<PresentEvidence, 'spread' | 'states' | 'uses'>,
  kept: readonly PresentRow[],
): FadeHead[] {
  const axes = kernelAxes(states, uses, completedIn(completionOf(spread, wholeWindow), wholeWindow))
  return fadeSteps.flatMap((step) => {
    const followed = Int32Array.from(kept.keys()).filter((n) => Number.isFinite(kept[n].lostAt(step)))
    if (followed.length < leastFollowed) return []
    const lost = Array.from(followed, (n) => kept[n].lostAt(step))
    const level = mean(lost)
    const solved = solveRidge(
      subset(axes, followed),
      lost.map((value) => value - level),
      fadeRidge,
    )
    const weights = new Float32Array(kept.length)
    followed.forEach((n, i) => (weights[n] = solved[i]))
    return [{ step, level, weights }]
  })
}

function subset(axes: KernelAxes, places: Int32Array): Pick<KernelAxes, 'count' | 'points'> {
  const width = axes.points.length / axes.count
  const points = new Float64Array(places.length * width)
  places.forEach((n, i) => points.set(axes.points.subarray(n * width, (n + 1) * width), i * width))
  return { count: places.length, points }
}

/** The ridge weight with the least error on cells left out. */
export function chooseRidge(rows: readonly PresentRow[], window: EvidenceWindow): number {
  const errors = ridges.map((ridge) => meanError(crossErrors(rows, window, ridge, fewRows)))
  return ridges[errors.indexOf(Math.min(...errors))]
}

interface HeadOrder {
  readonly spread: StateSpread
  readonly states: Float32Array
  readonly uses: Float32Array
  readonly rows: readonly PresentRow[]
  readonly window: EvidenceWindow
  readonly ridge: number
  readonly error: Fraction
}

function fitHead({ spread, states, uses, rows, window, ridge, error }: HeadOrder): PresentHead {
  const completion = completionOf(spread, window)
  const complete = completedIn(completion, window)
  const axes = kernelAxes(states, uses, complete)
  const level = mean(rows.map(({ capacity }) => capacity))
  const weights = ridgeWeights(axes, rows, level, ridge)
  const surprises = rows
    .map(({ state }) => completion.surprise(narrowed({ state, window }, window)))
    .sort((a, b) => a - b)
  const usual = surprises[Math.floor(0.999 * (surprises.length - 1))] ?? 1
  const surpriseLimit = Math.max(leastSurprise, 3 * usual)
  return { window, level, weights: Float32Array.from(weights), error, surpriseLimit }
}

function ridgeWeights(
  axes: KernelAxes,
  rows: readonly PresentRow[],
  level: number,
  ridge: number,
): Float64Array {
  return solveRidge(
    axes,
    rows.map(({ capacity }) => capacity - level),
    ridge,
  )
}

/** a of (K + ridge · 1) a = wanted, K the kernel between the points. */
function solveRidge(
  { count, points }: Pick<KernelAxes, 'count' | 'points'>,
  wanted: readonly number[],
  ridge: number,
): Float64Array {
  const width = points.length / count
  const normal = new Float64Array(count * count)
  for (let i = 0; i < count; i++) {
    const at = points.subarray(i * width, (i + 1) * width)
    for (let j = 0; j <= i; j++) normal[i * count + j] = kernel(at, points, j)
    normal[i * count + i] += ridge
  }
  cholesky(normal, count)
  const weights = Float64Array.from(wanted)
  choleskySolve(normal, count, weights)
  return weights
}

export interface CrossError {
  readonly row: PresentRow
  readonly error: Fraction
}

/** Errors of rows whose cell was left out: five groups of cells. */
export function crossErrors(
  rows: readonly PresentRow[],
  window: EvidenceWindow,
  ridge: number,
  most: number,
): CrossError[] {
  const fold = foldsByCell(rows)
  return Array.from({ length: folds }, (_, k) => {
    const train = spreadRows(
      rows.filter(({ cell }) => fold.get(cell) !== k),
      most,
    )
    const judged = spreadRows(
      rows.filter(({ cell }) => fold.get(cell) === k),
      400,
    )
    if (train.length === 0 || judged.length === 0) return []
    const tensors = keptTensors(train)
    const spread = spreadOf(train.map(({ state }) => state))
    const completion = completionOf(spread, window)
    const complete = completedIn(completion, window)
    const axes = kernelAxes(tensors.states, tensors.uses, complete)
    const level = mean(train.map(({ capacity }) => capacity))
    const weights = ridgeWeights(axes, train, level, ridge)
    const point = newPoint()
    return judged.map((row) => {
      axes.place(point, complete(row.state), row.use)
      let capacity = level
      for (let m = 0; m < axes.count; m++) capacity += weights[m] * kernel(point, axes.points, m)
      return { row, error: capacity - row.capacity }
    })
  }).flat()
}

/**
 * Cells of each condition dealt in turn to the folds, so that none lacks a condition; every condition begins with
 * another fold, so that those of few cells do not all fall into the first.
 */
export function foldsByCell(rows: readonly Pick<PresentRow, 'cell' | 'condition'>[]): Map<number, number> {
  const fold = new Map<number, number>()
  const next = new Map<string, number>()
  for (const { cell, condition } of rows) {
    if (fold.has(cell)) continue
    const turn = next.get(condition) ?? next.size
    fold.set(cell, turn % folds)
    next.set(condition, turn + 1)
  }
  return fold
}

/** Mean over conditions of the mean absolute error. */
function meanError(errors: readonly CrossError[]): number {
  const byCondition = groups(errors, ({ row }) => row.condition)
  return mean([...byCondition.values()].map((all) => mean(all.map(({ error }) => Math.abs(error)))))
}

/**
 * About `total` rows, evenly spread along each condition; a condition has a share by the root of its rows, so that long
 * files do not drown short ones.
 */
export function spreadRows<R extends { readonly condition: string }>(rows: readonly R[], total: number): R[] {
  if (rows.length <= total) return [...rows]
  const all = [...groups(rows, ({ condition }) => condition).values()].sort((a, b) => a.length - b.length)
  let left = total
  let weights = all.reduce((sum, group) => sum + Math.sqrt(group.length), 0)
  return all.flatMap((group) => {
    const weight = Math.sqrt(group.length)
    const count = Math.min(group.length, Math.max(leastShare, Math.floor((left * weight) / weights)))
    left = Math.max(0, left - count)
    weights -= weight
    return Array.from({ length: count }, (_, k) => group[Math.floor((k * group.length) / count)])
  })
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

function groups<T>(values: readonly T[], key: (value: T) => string): Map<string, T[]> {
  const map = new Map<string, T[]>()
  for (const value of values) {
    const group = map.get(key(value))
    if (group === undefined) map.set(key(value), [value])
    else group.push(value)
  }
  return map
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length)
}
