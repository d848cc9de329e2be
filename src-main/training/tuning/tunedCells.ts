import type { TunedScore } from '../../../src-shared/contract/tuning.ts'
import { evidenceReader, type CellTypeEvidence } from '../../../src-shared/evidence/cellTypeEvidence.ts'
import { ofType } from '../../../src-shared/forecast/cellType.ts'
import { evidenceCapacities, type EvidenceQuestion } from '../../../src-shared/forecast/evidenceCapacity.ts'
import { comparableError, halfWidth } from '../../../src-shared/forecast/interval.ts'
import { measuredUse } from '../../../src-shared/forecast/networkInput.ts'
import type { ModelPackage } from '../../../src-shared/forecast/package.ts'
import type { PlannedCycle } from '../../../src-shared/forecast/scenario.ts'
import { isVisited } from '../../../src-shared/forecast/use.ts'
import type { LeftOutRow } from '../evidence/calibrateEvidence.ts'
import type { EvidenceRow } from '../evidence/evidenceRow.ts'
import { mean } from '../problem/grouping.ts'
import { ratedCapacityOf, type TrainingCell } from '../problem/trainingCell.ts'

/** An own cell with the rows that are learned from and judged. */
export interface TuningCell {
  readonly cell: TrainingCell
  readonly rows: readonly EvidenceRow[]
}

/** What a package says of each row under the use that followed; (T) relative to the rated capacity. */
export function forecastRows(
  model: ModelPackage,
  type: CellTypeEvidence,
  { cell, rows }: TuningCell,
): LeftOutRow[] {
  const ratedCapacity = ratedCapacityOf(cell)
  const { T } = model.manifest.network
  const uses = plannedUses(cell, rows[0].own)
  const questions = rows.map((row): EvidenceQuestion => {
    const cycle = cell.cycles[row.row]
    const evidence = evidenceReader(type).read(cycle, row.own, { ratedCapacity })
    if (evidence === null) throw new Error('a row with whole evidence has none')
    const plan = Array.from({ length: T }, (_, t) => uses[Math.min(row.row + t, uses.length - 1)])
    const { own } = row
    const chemistry = type.chemistry
    return { model, cycle, own, plans: [plan], ratedCapacity, chemistry, type, evidence }
  })
  return evidenceCapacities(model, questions).map(([{ capacity }], i) => ({
    row: rows[i],
    type: 0,
    predicted: capacity.map((value) => value / ratedCapacity),
  }))
}

/** Cycles that do not say their use go on as the one before. */
function plannedUses({ cycles, ...cell }: TrainingCell, first: PlannedCycle): PlannedCycle[] {
  const ratedCapacity = ratedCapacityOf({ cycles, ...cell })
  let last = first
  return cycles.map((cycle) => {
    const { chargeRate, dischargeRate, temperature } = measuredUse(cycle, ratedCapacity)
    if (chargeRate !== null && dischargeRate !== null && temperature !== null) {
      last = { chargeRate, dischargeRate, temperature }
    }
    return last
  })
}

/** Scores of one cell, with the interval of this manifest. */
export function scoreOf(
  manifest: ModelPackage['manifest'],
  type: CellTypeEvidence,
  judged: readonly LeftOutRow[],
): TunedScore {
  const { chemistry, nominalCapacity_Ah } = type
  const own = ofType(manifest, { chemistry, ratedCapacity: nominalCapacity_Ah })
  const errors = judged.map(({ row, predicted }) => (predicted[0] - row.capacity) / row.capacity)
  const halves = judged.map((one) => presentHalfWidth(own, one))
  return {
    error: mean(errors.map(Math.abs)),
    bias: mean(errors),
    coverage: mean(
      judged.map(({ row, predicted }, i) => (Math.abs(predicted[0] - row.capacity) <= halves[i] ? 1 : 0)),
    ),
    width: mean(judged.map(({ row }, i) => (2 * halves[i]) / row.capacity)),
    trajectory: mean(judged.flatMap(followedErrors)),
  }
}

function presentHalfWidth({ interval, domain }: ModelPackage['manifest'], { row }: LeftOutRow): number {
  if (interval === null) return 0
  const isOwn = isVisited(row.own, domain?.conditions ?? [])
  return halfWidth({
    interval,
    step: 0,
    fade: 0,
    ratedCapacity: 1,
    visited: { own: isOwn, plan: true },
    error: comparableError(interval, row.own, 0),
  })
}

function followedErrors({ row: { row, future }, predicted }: LeftOutRow): number[] {
  return Array.from(predicted).flatMap((value, t) => {
    const truth = row + t < future.capacity.length ? future.capacity[row + t] : NaN
    return Number.isFinite(truth) ? [Math.abs(value - truth) / truth] : []
  })
}

export function meanScore(scores: readonly TunedScore[]): TunedScore {
  const over = (key: keyof TunedScore): number => mean(scores.map((score) => score[key]))
  return {
    error: over('error'),
    bias: over('bias'),
    coverage: over('coverage'),
    width: over('width'),
    trajectory: over('trajectory'),
  }
}
