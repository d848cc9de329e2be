import { cholesky, choleskySolve } from '../../../src-shared/evidence/linear.ts'
import { completionOf } from '../../../src-shared/evidence/gaussian.ts'
import {
  completedIn,
  correctionPoints,
  kernel,
  kernelAxes,
  presentReader,
  useLength,
  type PresentCorrection,
  type PresentEvidence,
  type PresentHead,
} from '../../../src-shared/evidence/presentCapacity.ts'
import { narrowed, stateLength, wholeWindow } from '../../../src-shared/evidence/state.ts'
import type { Fraction } from '../../../src-shared/units/quantities.ts'
import { mean } from '../problem/grouping.ts'
import type { PresentRow } from '../regression/presentRows.ts'
import { meansOf } from '../regression/prototypes.ts'
import { nearness } from '../regression/ridge.ts'

/** Prototypes of all own cells together: they are solved for once for every pair of cells left out. */
const mostPrototypes = 160
const mostOfCell = 12
/** Strengths tried, the least restrained first. */
const ridges = [1e-4, 1e-3, 1e-2, 1e-1, 1, 10]
/** With more cells one strength for all is chosen: what a single cell adds to the choice is nothing by then. */
const mostNested = 24
const jitter = 1e-9

/** Own cells with what a package says of them, ready to be left out in turn. */
export interface OwnProblem {
  readonly evidence: PresentEvidence
  /** Rows of each cell. */
  readonly cells: readonly (readonly PresentRow[])[]
  /** Place in `cells` of each prototype's cell. */
  readonly owners: readonly number[]
  readonly states: Float32Array
  readonly uses: Float32Array
}

export function ownProblem(evidence: PresentEvidence, cells: readonly (readonly PresentRow[])[]): OwnProblem {
  const each = Math.max(1, Math.min(mostOfCell, Math.floor(mostPrototypes / cells.length)))
  const kept = cells.flatMap((rows, owner) => meansOf(rows, each).map((row) => ({ row, owner })))
  const states = new Float32Array(kept.length * stateLength)
  kept.forEach(({ row }, k) => states.set(row.state, k * stateLength))
  return {
    evidence,
    cells,
    owners: kept.map(({ owner }) => owner),
    states,
    uses: Float32Array.from(kept.flatMap(({ row }) => row.use)),
  }
}

/** Sums of the normal equations of one head, a part for each cell; every cell counts alike, however many rows it has. */
export interface HeadSums {
  readonly K: number
  /** (K,K) and (K) of each cell. */
  readonly grams: readonly Float64Array[]
  readonly rights: readonly Float64Array[]
  /** (K,K) kernel between the prototypes. */
  readonly between: Float64Array
  /** Of each cell: (K) kernel of each row to the prototypes, and what the package is off by, relative to the rated capacity. */
  readonly rows: readonly { readonly near: Float64Array; readonly residual: Fraction }[][]
}

export function headSums({ evidence, cells, states, uses }: OwnProblem, head: PresentHead): HeadSums {
  const K = uses.length / useLength
  const complete = completedIn(completionOf(evidence.spread, head.window), head.window)
  const base = kernelAxes(evidence.states, evidence.uses, complete)
  const axes = { ...base, count: K, points: correctionPoints(base, { states, uses }, complete) }
  const reader = presentReader(evidence)
  const rows = cells.map((own) =>
    own.map(({ state, use, capacity }) => {
      const seen = narrowed({ state, window: wholeWindow }, head.window)
      const said = reader.read(seen, use)?.capacity ?? NaN
      return { near: nearness(axes, { state: complete(state), use }), residual: capacity - said }
    }),
  )
  const width = axes.points.length / K
  const between = new Float64Array(K * K)
  for (let i = 0; i < K; i++) {
    const at = axes.points.subarray(i * width, (i + 1) * width)
    for (let j = 0; j < K; j++) between[i * K + j] = kernel(at, axes.points, j)
  }
  const sums = rows.map((own) => cellSums(own, K))
  return {
    K,
    grams: sums.map(({ gram }) => gram),
    rights: sums.map(({ right }) => right),
    between,
    rows,
  }
}

function cellSums(
  rows: readonly { readonly near: Float64Array; readonly residual: Fraction }[],
  K: number,
): { gram: Float64Array; right: Float64Array } {
  const gram = new Float64Array(K * K)
  const right = new Float64Array(K)
  for (const { near, residual } of rows) {
    for (let i = 0; i < K; i++) {
      const share = near[i] / rows.length
      right[i] += share * residual
      for (let j = 0; j <= i; j++) gram[i * K + j] += share * near[j]
    }
  }
  return { gram, right }
}

/** (K) weights fitted without some cells, their prototypes at 0; kernel ridge regression as in `ridge.ts`. */
export function correctionWeights(
  { K, grams, rights, between }: HeadSums,
  owners: readonly number[],
  { without, ridge }: { without: readonly number[]; ridge: number },
): Float64Array {
  const kept = owners.flatMap((owner, k) => (without.includes(owner) ? [] : [k]))
  const m = kept.length
  const normal = new Float64Array(m * m)
  const weights = new Float64Array(m)
  grams.forEach((gram, cell) => {
    if (without.includes(cell)) return
    const right = rights[cell]
    kept.forEach((i, a) => {
      weights[a] += right[i]
      for (let b = 0; b <= a; b++) normal[a * m + b] += gram[i * K + kept[b]]
    })
  })
  kept.forEach((i, a) => {
    for (let b = 0; b <= a; b++) normal[a * m + b] += ridge * between[i * K + kept[b]]
    normal[a * m + a] += jitter
  })
  cholesky(normal, m)
  choleskySolve(normal, m, weights)
  const all = new Float64Array(K)
  kept.forEach((i, a) => (all[i] = weights[a]))
  return all
}

/** The strength with the least mean error on cells left out, among all cells but those in `without`. */
export function chosenRidge(
  sums: HeadSums,
  owners: readonly number[],
  without: readonly number[] = [],
): number {
  const cells = sums.rows.flatMap((rows, cell) => (without.includes(cell) || rows.length === 0 ? [] : [cell]))
  const errors = ridges.map((ridge) =>
    mean(
      cells.map((cell) => {
        const weights = correctionWeights(sums, owners, { without: [...without, cell], ridge })
        return mean(sums.rows[cell].map((row) => Math.abs(row.residual - corrected(row.near, weights))))
      }),
    ),
  )
  return ridges[errors.indexOf(Math.min(...errors))]
}

function corrected(near: Float64Array, weights: Float64Array): Fraction {
  return near.reduce((sum, value, k) => sum + value * weights[k], 0)
}

/** For each cell the correction fitted without it, its strength chosen without it too; for the widest head only. */
export function correctionsLeftOut(problem: OwnProblem, sums: HeadSums): PresentCorrection[] {
  const { owners, cells } = problem
  const common = cells.length > mostNested ? chosenRidge(sums, owners) : null
  return cells.map((_, cell) => {
    const ridge = common ?? chosenRidge(sums, owners, [cell])
    const weights = correctionWeights(sums, owners, { without: [cell], ridge })
    const others = problem.evidence.heads.slice(1).map(() => new Float64Array(weights.length))
    return correctionOf(problem, [weights, ...others])
  })
}

/** Beside the correction that the package has already. */
export function correctionOf(
  { evidence, states, uses }: OwnProblem,
  weights: readonly Float64Array[],
): PresentCorrection {
  const before = evidence.correction
  const joined = (a: ArrayLike<number> | undefined, b: ArrayLike<number>): Float32Array =>
    Float32Array.from([...Array.from(a ?? []), ...Array.from(b)])
  return {
    states: joined(before?.states, states),
    uses: joined(before?.uses, uses),
    weights: weights.map((own, h) => joined(before?.weights[h], own)),
  }
}
