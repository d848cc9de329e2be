import { cholesky, choleskySolve } from '../../src-shared/evidence/linear.ts'
import {
  kernel,
  newPoint,
  type KernelAxes,
  type MeasuredUse,
} from '../../src-shared/evidence/presentCapacity.ts'

/** A measured row as the kernel sees it. */
export interface KernelRow {
  /** (64) completed. */
  readonly state: Float64Array
  readonly use: MeasuredUse
}

/** So that points which say the same can be told apart in double precision. */
const jitter = 1e-8

/**
 * (m) weights a of the points: (Kᵀ K + ridge · Q) a = Kᵀ wanted, K (n,m) the kernel between rows and points, Q (m,m) between
 * the points: kernel ridge regression on the rows, carried by the points alone.
 *
 * Smola, Schölkopf, Sparse greedy matrix approximation for machine learning (2000); Quiñonero-Candela, Rasmussen, A
 * unifying view of sparse approximate Gaussian process regression (2005): subset of regressors.
 */
export function ridgeWeights(
  axes: KernelAxes,
  rows: readonly KernelRow[],
  { ridge, wanted }: { ridge: number; wanted: readonly number[] },
): Float64Array {
  const m = axes.count
  const across = rows.map((row) => nearness(axes, row))
  const normal = new Float64Array(m * m)
  addOuter(normal, across, m)
  const width = axes.points.length / m
  for (let i = 0; i < m; i++) {
    const at = axes.points.subarray(i * width, (i + 1) * width)
    for (let j = 0; j <= i; j++) normal[i * m + j] += ridge * kernel(at, axes.points, j)
    normal[i * m + i] += jitter
  }
  cholesky(normal, m)
  const weights = new Float64Array(m)
  across.forEach((near, n) => {
    for (let i = 0; i < m; i++) weights[i] += near[i] * wanted[n]
  })
  choleskySolve(normal, m, weights)
  return weights
}

/** (m) kernel between a row and every point. */
export function nearness(axes: KernelAxes, { state, use }: KernelRow): Float64Array {
  const point = newPoint()
  axes.place(point, state, use)
  const near = new Float64Array(axes.count)
  for (let i = 0; i < axes.count; i++) near[i] = kernel(point, axes.points, i)
  return near
}

/** Adds the sum of each row's outer product to the lower half of `normal` (m,m), four rows at a time. */
function addOuter(normal: Float64Array, rows: readonly Float64Array[], m: number): void {
  const nothing = new Float64Array(m)
  for (let n = 0; n < rows.length; n += 4) {
    const [a, b, c, d] = [0, 1, 2, 3].map((k) => rows[n + k] ?? nothing)
    for (let i = 0; i < m; i++) {
      const at = i * m
      const ai = a[i]
      const bi = b[i]
      const ci = c[i]
      const di = d[i]
      for (let j = 0; j <= i; j++) normal[at + j] += ai * a[j] + bi * b[j] + ci * c[j] + di * d[j]
    }
  }
}
