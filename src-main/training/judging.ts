import { evidenceReader } from '../../src-shared/evidence/cellTypeEvidence.ts'
import { fadeCorrection } from '../../src-shared/forecast/evidenceCapacity.ts'
import type { Fraction } from '../../src-shared/units/quantities.ts'
import type { Crew } from '../kernels/crew.ts'
import { evidenceInput, type EvidenceSet } from './evidenceNetwork.ts'
import type { CellTypeRows, EvidenceRow } from './evidenceRows.ts'
import type { TrainingSettings } from './settings.ts'

/** What a model says of a row that it never saw, in parts; each (T) relative to the rated capacity. */
export interface JudgedRow {
  readonly row: EvidenceRow
  readonly type: number
  readonly present: Fraction
  /** What the network takes off under the use that followed, and under the row's own, held. */
  readonly planned: Float64Array
  readonly held: Float64Array
  readonly regressed: Float64Array
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
  }))
}

/** (B,T,3) the first use of each window, held. */
function heldUse(use: Float32Array, T: number): Float32Array {
  return use.map((_, i) => use[Math.floor(i / (3 * T)) * 3 * T + (i % 3)])
}

/** Shares of the regression in the fade that are tried. */
const fadeShares = [0, 0.25, 0.5, 0.75, 1]

/** For each type the share with the least mean error over its conditions. */
export function bestShares(judged: readonly JudgedRow[], types: readonly CellTypeRows[]): Fraction[] {
  return types.map((_, type) => {
    const own = judged.filter((one) => one.type === type)
    const errors = fadeShares.map((share) => meanError(own, share))
    return fadeShares[errors.indexOf(Math.min(...errors))] ?? 0
  })
}

function meanError(judged: readonly JudgedRow[], share: Fraction): number {
  const byCondition = new Map<string, { sum: number; count: number }>()
  for (const one of judged) {
    const total = byCondition.get(one.row.condition) ?? { sum: 0, count: 0 }
    byCondition.set(one.row.condition, total)
    const predicted = predictedAt(one, share)
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

export function predictedAt({ present, planned, held, regressed }: JudgedRow, share: Fraction): Float64Array {
  return planned.map(
    (lost, t) =>
      present + lost + fadeCorrection({ share, regressed: regressed[t], planned: lost, held: held[t] }),
  )
}
