import { evidenceReader } from '../../../src-shared/evidence/cellTypeEvidence.ts'
import { fadeCorrection } from '../../../src-shared/forecast/evidenceCapacity.ts'
import { perceptronReader, type PerceptronAnswer } from '../../../src-shared/evidence/perceptron.ts'
import { blended } from '../../../src-shared/evidence/presentCapacity.ts'
import type { Fraction } from '../../../src-shared/units/quantities.ts'
import type { Crew } from '../../kernels/crew.ts'
import { evidenceInput, type EvidenceSet } from './evidenceNetwork.ts'
import type { CellTypeRows, EvidenceRow } from './evidenceRow.ts'
import type { TrainingSettings } from '../problem/settings.ts'

/** What a model says of a row that it never saw, in parts; each (T) relative to the rated capacity. */
export interface JudgedRow {
  readonly row: EvidenceRow
  readonly type: number
  readonly present: Fraction
  /** What the network takes off under the use that followed, and under the row's own, held. */
  readonly planned: Float64Array
  readonly held: Float64Array
  readonly regressed: Float64Array
  /** What the perceptron says of the present capacity and of the loss; null where its type has none. */
  readonly opinion: PerceptronAnswer | null
}

/** How much of each part of a type's model is taken. */
export interface BlendShares {
  /** Of the perceptron in the present capacity, and in the regressed fade. */
  readonly present: Fraction
  readonly trend: Fraction
  /** Of the regression in the fade. */
  readonly fade: Fraction
}

export function judge(
  { types, leftOut }: EvidenceSet,
  {
    parameters,
    settings,
    crew,
  }: { parameters: Record<string, Float32Array>; settings: TrainingSettings; crew: Crew },
): JudgedRow[] {
  if (leftOut.length === 0) return []
  const { network } = settings
  const { T } = network
  const readings = leftOut.map(({ row, type }) => evidenceReader(types[type]).readState(row.state, row.own))
  const opinions = types.map(({ present: { perceptron } }) =>
    perceptron === undefined ? null : perceptronReader(perceptron.network),
  )
  const input = evidenceInput(
    leftOut.map(({ row }) => row),
    (i) => types[leftOut[i].type].axes,
    (i) => readings[i].capacity,
    settings,
  )
  const lossOf = (use: Float32Array): ((i: number) => Float64Array) => {
    const { capacity } = crew.forward(parameters, network, network, { ...input, use })
    return (i) => Float64Array.from({ length: T }, (_, t) => capacity[i * T + t] - capacity[i * T])
  }
  const planned = lossOf(input.use)
  const held = lossOf(heldUse(input.use, T))
  return leftOut.map(({ row, type }, i) => ({
    row,
    type,
    present: readings[i].capacity,
    planned: planned(i),
    held: held(i),
    regressed: Float64Array.from({ length: T }, (_, t) => readings[i].fadeAt(t)),
    opinion: opinions[type]?.(row.state, row.use) ?? null,
  }))
}

/** (B,T,3) the first use of each window, held. */
function heldUse(use: Float32Array, T: number): Float32Array {
  return use.map((_, i) => use[Math.floor(i / (3 * T)) * 3 * T + (i % 3)])
}

/** Shares that are tried; of equal ones the first, which is the regression alone, then the network alone. */
const tried = [0, 0.25, 0.5, 0.75, 1]

/** For each type the shares with the least mean error over its conditions: of the present capacity, then of what follows. */
export function bestShares(judged: readonly JudgedRow[], types: readonly CellTypeRows[]): BlendShares[] {
  return types.map((_, type) => {
    const own = judged.filter((one) => one.type === type)
    const opinions = own.some(({ opinion }) => opinion === null) ? [0] : tried
    const present = best(opinions, (share) => presentError(own, share))
    const blends = opinions.flatMap((trend) => tried.map((fade) => ({ present, trend, fade })))
    return best(blends, (shares) => meanError(own, (one) => predictedAt(one, shares)))
  })
}

function best<S>(candidates: readonly S[], errorOf: (candidate: S) => number): S {
  const errors = candidates.map(errorOf)
  return candidates[Math.max(0, errors.indexOf(Math.min(...errors)))]
}

function presentError(judged: readonly JudgedRow[], share: Fraction): number {
  return meanError(judged, (one) => [blended(one.present, one.opinion?.capacity, share)])
}

/** Mean over conditions of the mean absolute error of so many steps as are predicted. */
function meanError(judged: readonly JudgedRow[], predict: (one: JudgedRow) => ArrayLike<Fraction>): number {
  const byCondition = new Map<string, { sum: number; count: number }>()
  for (const one of judged) {
    const total = byCondition.get(one.row.condition) ?? { sum: 0, count: 0 }
    byCondition.set(one.row.condition, total)
    const predicted = predict(one)
    for (let t = 0; t < predicted.length; t++) {
      const lost = one.row.lostAt(t)
      if (!Number.isFinite(lost)) break
      total.sum += Math.abs(predicted[t] - one.row.capacity - lost)
      total.count++
    }
  }
  const means = [...byCondition.values()].map(({ sum, count }) => sum / Math.max(1, count))
  return means.reduce((sum, value) => sum + value, 0) / Math.max(1, means.length)
}

export function predictedAt(
  { present, planned, held, regressed, opinion }: JudgedRow,
  shares: BlendShares,
): Float64Array {
  const start = blended(present, opinion?.capacity, shares.present)
  return planned.map((lost, t) => {
    const fade = blended(regressed[t], opinion?.lost[t], shares.trend)
    return (
      start + lost + fadeCorrection({ share: shares.fade, regressed: fade, planned: lost, held: held[t] })
    )
  })
}
