import type { Cycle } from '../../../src-shared/cell/cycle.ts'
import {
  evidenceReader,
  type EvidenceReading,
  type OwnUse,
} from '../../../src-shared/evidence/cellTypeEvidence.ts'
import { ofType } from '../../../src-shared/forecast/cellType.ts'
import {
  evidenceCapacities,
  evidenceOf,
  isUnlike,
  type EvidenceQuestion,
} from '../../../src-shared/forecast/evidenceCapacity.ts'
import { comparableError, halfWidth } from '../../../src-shared/forecast/interval.ts'
import { measuredUse } from '../../../src-shared/forecast/networkInput.ts'
import type { Manifest, ModelPackage } from '../../../src-shared/forecast/package.ts'
import type { PlannedCycle } from '../../../src-shared/forecast/scenario.ts'
import { isVisited } from '../../../src-shared/forecast/use.ts'
import type { AmpereHour } from '../../../src-shared/units/quantities.ts'
import { kernelForward } from '../../kernels/kernelForward.ts'
import { emptyTally, tallyWindow, type ErrorTally } from './metrics.ts'
import type { TrainingCell } from '../problem/trainingCell.ts'

interface CellQuestion {
  readonly cell: TrainingCell
  readonly first: number
  readonly last: number
  readonly ratedCapacity: AmpereHour
  readonly horizon: number
  readonly startVoltage: number | undefined
}

/** Every window of a cell, answered as an assessment would under the use that followed; what it would refuse is counted. */
export function tallyEvidence(model: ModelPackage, question: CellQuestion): ErrorTally {
  const { cell, first, last, ratedCapacity, horizon } = question
  const tally = emptyTally()
  const chemistry = cell.description.chemistry ?? ''
  const manifest = ofType(model.manifest, { chemistry, ratedCapacity })
  const uses = cell.cycles.map((cycle) => wholeUse(cycle, ratedCapacity))
  const asked: { row: number; question: EvidenceQuestion }[] = []
  for (let row = first; row <= last; row++) {
    const asks = windowQuestion(model, question, { row, uses, chemistry })
    if (asks === null) tally.refused++
    else asked.push({ row, question: asks })
  }
  const answers = evidenceCapacities(
    { ...model, forward: kernelForward },
    asked.map((one) => one.question),
  )
  asked.forEach(({ row, question: { own, plans, evidence } }, i) => {
    const truth = Float64Array.from(
      { length: horizon },
      (_, t) => cell.cycles[row + t].dischargeCapacity ?? NaN,
    )
    if (!truth.every(Number.isFinite)) return
    const { capacity } = answers[i][0]
    const band = { own, plan: plans[0], evidence, capacity, ratedCapacity }
    tallyWindow(tally, truth, capacity, halfWidths(manifest, band))
  })
  return tally
}

function windowQuestion(
  model: ModelPackage,
  { cell, ratedCapacity, horizon, startVoltage }: CellQuestion,
  { row, uses, chemistry }: { row: number; uses: readonly (OwnUse | null)[]; chemistry: string },
): EvidenceQuestion | null {
  const own = uses[row]
  if (own === null) return null
  const cycle = cell.cycles[row]
  const type = evidenceOf(model, { chemistry, ratedCapacity })
  const evidence = evidenceReader(type).read(cycle, own, { ratedCapacity, startVoltage })
  if (evidence === null || isUnlike(evidence)) return null
  const plan = Array.from({ length: horizon }, (_, t) => uses[row + t] ?? own)
  return { model, cycle, own, plans: [plan], ratedCapacity, chemistry, type, evidence }
}

function wholeUse(cycle: Cycle, ratedCapacity: AmpereHour): OwnUse | null {
  const { chargeRate, dischargeRate, beforeRate, temperature } = measuredUse(cycle, ratedCapacity)
  if (chargeRate === null || dischargeRate === null || temperature === null) return null
  return { chargeRate, dischargeRate, beforeRate, temperature }
}

interface Band {
  readonly own: OwnUse
  readonly plan: readonly PlannedCycle[]
  readonly evidence: EvidenceReading
  readonly capacity: Float64Array
  readonly ratedCapacity: AmpereHour
}

/** (H) Ah, null where the model has no interval. */
function halfWidths({ interval, domain }: Manifest, band: Band): Float64Array | null {
  if (interval === null) return null
  const { own, plan, evidence, capacity, ratedCapacity } = band
  const conditions = domain?.conditions ?? []
  const visited = { own: isVisited(own, conditions), plan: plan.every((use) => isVisited(use, conditions)) }
  const error = comparableError(interval, own, evidence.addedError)
  return capacity.map((value, step) =>
    halfWidth({ interval, step, fade: Math.abs(value - capacity[0]), ratedCapacity, visited, error }),
  )
}
