import {
  kernel,
  newPoint,
  type KernelAxes,
  type MeasuredUse,
} from '../../../src-shared/evidence/presentCapacity.ts'
import type { Fraction } from '../../../src-shared/units/quantities.ts'
import { mean } from '../problem/grouping.ts'
import { createRidgeMachine } from './ridgeMachine.ts'

/** A measured row as the kernel sees it. */
export interface KernelRow {
  /** (64) completed. */
  readonly state: Float64Array
  readonly use: MeasuredUse
}

/** A number that rows are to lead to. */
export interface RidgeTarget {
  readonly ridge: number
  /** (n) of each row; NaN where it is not known, and then of no later target either. */
  readonly wanted: readonly Fraction[]
}

export interface RidgeFit {
  /** Mean of what was wanted. */
  readonly level: Fraction
  /** (m) */
  readonly weights: Float32Array
}

/**
 * Of each target the weights a (m) of the points: (Kᵀ K + ridge · Q) a = Kᵀ (wanted − level), K (n,m) the kernel between
 * rows and points, Q (m,m) between the points: kernel ridge regression on the rows, carried by the points alone.
 *
 * Smola, Schölkopf, Sparse greedy matrix approximation for machine learning (2000); Quiñonero-Candela, Rasmussen, A
 * unifying view of sparse approximate Gaussian process regression (2005): subset of regressors.
 */
export function ridgeFits(
  axes: KernelAxes,
  rows: readonly KernelRow[],
  targets: readonly RidgeTarget[],
): RidgeFit[] {
  const reach = rows.map((_, n) => leading(targets, n))
  const levels = targets.map(({ wanted }, k) => mean(wanted.filter((_, n) => reach[n] > k)))
  const machine = createRidgeMachine(axes.count)
  const between = kernelBetween(axes)
  const right = targets.map(() => new Float64Array(axes.count))
  const fits: RidgeFit[] = []
  // The rows of a target are those of the next and more: sums are gone on with.
  for (let k = targets.length - 1; k >= 0; k--) {
    rows.forEach((row, n) => {
      if (reach[n] !== k + 1) return
      const near = nearness(axes, row)
      machine.add(near)
      for (let t = 0; t <= k; t++) addScaled(right[t], near, targets[t].wanted[n] - levels[t])
    })
    const weights = machine.solve({ ridge: targets[k].ridge, between, wanted: right[k] })
    fits.unshift({ level: levels[k], weights: Float32Array.from(weights) })
  }
  return fits
}

/** How many targets are known of row n before the first that is not. */
function leading(targets: readonly RidgeTarget[], n: number): number {
  const missing = targets.findIndex(({ wanted }) => !Number.isFinite(wanted[n]))
  return missing < 0 ? targets.length : missing
}

function addScaled(to: Float64Array, values: Float64Array, factor: number): void {
  for (let i = 0; i < to.length; i++) to[i] += factor * values[i]
}

/** (m,m) kernel between the points, its lower triangle. */
function kernelBetween({ points, count }: KernelAxes): Float64Array {
  const between = new Float64Array(count * count)
  const width = points.length / count
  for (let i = 0; i < count; i++) {
    const at = points.subarray(i * width, (i + 1) * width)
    for (let j = 0; j <= i; j++) between[i * count + j] = kernel(at, points, j)
  }
  return between
}

/** (m) kernel between a row and every point. */
export function nearness(axes: KernelAxes, { state, use }: KernelRow): Float64Array {
  const point = newPoint()
  axes.place(point, state, use)
  const near = new Float64Array(axes.count)
  for (let i = 0; i < axes.count; i++) near[i] = kernel(point, axes.points, i)
  return near
}
