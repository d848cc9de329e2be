import { Failure } from '../failure/failure.ts'
import { forward as referenceForward } from '../network/forward.ts'
import type { NetworkInput, NetworkOutput } from '../network/shape.ts'
import type { AmpereHour } from '../units/quantities.ts'
import type { CapacityQuestion, PlannedCapacity } from './capacityQuestion.ts'
import { evidenceCapacities, evidenceQuestion, type EvidenceQuestion } from './evidenceCapacity.ts'
import { cycleInput, useInput, useRow, type CycleInput, type UseRow } from './networkInput.ts'
import type { ModelPackage } from './package.ts'
import type { PlannedCycle } from './scenario.ts'

/** A question as the model reads it. */
export type PreparedQuestion = CycleWindows | EvidenceQuestion

/** What the network reads of one cycle: a window for its own use and one for each plan, all with the same signals. */
interface CycleWindows extends CapacityQuestion {
  readonly measured: CycleInput
  /** (T,3), and (plans, T, 3): each held to the network's T steps. */
  readonly ownUse: Float32Array
  readonly uses: readonly Float32Array[]
}

/** Throws `no-usable-cycle`, where the cycle lacks a signal, or `unlike-trained-cells`. */
export function preparedQuestion(question: CapacityQuestion): PreparedQuestion {
  return question.model.manifest.input.kind === 'evidence'
    ? evidenceQuestion(question)
    : cycleWindows(question)
}

function cycleWindows(question: CapacityQuestion): CycleWindows {
  const { model, cycle, own, plans, ratedCapacity } = question
  const { input, scaler, network } = model.manifest
  const measured = cycleInput(cycle, { input, scaler, ratedCapacity })
  if (measured === null) throw unreadable()
  const rowOf = (use: PlannedCycle): UseRow => useRow(use, input, ratedCapacity)
  const ownRow = cycle.stored !== null && input.kind === 'legacy' ? cycle.stored : rowOf(own)
  const rows = new Map<PlannedCycle, UseRow>()
  const planRow = (use: PlannedCycle): UseRow => {
    const row = rows.get(use) ?? (isSameUse(use, own) ? ownRow : rowOf(use))
    rows.set(use, row)
    return row
  }
  const planRows = plans.map((plan) => plan.map(planRow))
  const held = (uses: readonly UseRow[]): Float32Array => useInput(uses, input.use, network.T)
  return { ...question, measured, ownUse: held([ownRow]), uses: planRows.map(held) }
}

/** What the model says of each plan of each cycle; it runs once for all of them. */
export function plannedCapacities(
  model: ModelPackage,
  questions: readonly PreparedQuestion[],
): PlannedCapacity[][] {
  const onEvidence = questions.filter((question) => 'evidence' in question)
  if (onEvidence.length > 0) return evidenceCapacities(model, onEvidence)
  return networkCapacities(
    model,
    questions.filter((question) => 'uses' in question),
  )
}

/**
 * capacity[t] = net(own)[0] + net(plan)[t] − net(plan)[0]
 *
 * For each plan of each cycle, all of one model, which runs once for all windows.
 */
function networkCapacities(model: ModelPackage, cycles: readonly CycleWindows[]): PlannedCapacity[][] {
  if (cycles.length === 0) return []
  const { forward = referenceForward, parameters, manifest } = model
  const output = forward(parameters, manifest.network, manifest.network, networkInput(cycles))
  let next = cycles.length
  return cycles.map((cycle, own) => {
    const planned = next
    next += cycle.plans.length
    return capacitiesOfCycle(cycle, output, { own, planned })
  })
}

/** First all windows of own uses, of which the network's first step alone is read, then those of the plans, by cycle. */
function networkInput(cycles: readonly CycleWindows[]): NetworkInput {
  const own = cycles.map(({ measured, ownUse }) => ({ ...measured, use: ownUse, steps: 1 }))
  const planned = cycles.flatMap(({ measured, uses, plans }) =>
    uses.map((use, i) => ({ ...measured, use, steps: plans[i].length })),
  )
  const windows = [...own, ...planned]
  return {
    B: windows.length,
    steps: Int32Array.from(windows, ({ steps }) => steps),
    curve: joined(windows.map(({ curve }) => curve)),
    features: joined(windows.map(({ features }) => features)),
    use: joined(windows.map(({ use }) => use)),
  }
}

/** What the network says of one cycle: the batch's windows `own` and, plan by plan, from `planned` on. */
function capacitiesOfCycle(
  { model, plans, measured, ratedCapacity }: CycleWindows,
  output: NetworkOutput,
  { own, planned: firstPlanned }: { own: number; planned: number },
): PlannedCapacity[] {
  const { input, network } = model.manifest
  const { T, E } = network
  const unit = input.kind === 'joint' ? ratedCapacity : 1
  const at = (b: number, t: number): AmpereHour => (output.capacity[b * T + t] ?? NaN) * unit
  const ofOwn = (values: Float32Array): number[] => Array.from(values.subarray(own * E, (own + 1) * E))
  const [gateWeights, gateLogits] = [ofOwn(output.gateWeights), ofOwn(output.gateLogits)]
  return plans.map((plan, i) => {
    const capacity = new Float64Array(plan.length)
    const planned = firstPlanned + i
    for (let t = 0; t < plan.length; t++) capacity[t] = at(own, 0) + at(planned, t) - at(planned, 0)
    return { capacity, rawFeatures: measured.rawFeatures, gateWeights, gateLogits }
  })
}

function isSameUse(a: PlannedCycle, b: PlannedCycle): boolean {
  return (
    a.chargeRate === b.chargeRate && a.dischargeRate === b.dischargeRate && a.temperature === b.temperature
  )
}

function joined(parts: readonly Float32Array[]): Float32Array {
  const whole = new Float32Array(parts.reduce((length, part) => length + part.length, 0))
  let next = 0
  for (const part of parts) {
    whole.set(part, next)
    next += part.length
  }
  return whole
}

function unreadable(): Failure {
  return new Failure(
    'not-determinable',
    'no-usable-cycle',
    'The cycle lacks a signal that the network reads.',
    {
      advice: 'Choose a cycle with a charge curve and a rest after it.',
    },
  )
}
