import type { Cycle } from '../cell/cycle.ts'
import { Failure } from '../failure/failure.ts'
import { forward as referenceForward } from '../network/forward.ts'
import type { AmpereHour } from '../units/quantities.ts'
import { cycleInput, useInput, useRow, type UseRow } from './networkInput.ts'
import type { ModelPackage } from './package.ts'
import type { PlannedCycle } from './scenario.ts'

export interface PlannedCapacity {
  /** (H) Ah; [0] is the present capacity, whatever the plan. */
  readonly capacity: Float64Array
  readonly rawFeatures: Float64Array
  readonly gateWeights: readonly number[]
  readonly gateLogits: readonly number[]
}

export interface PlannedCapacityQuestion {
  readonly model: ModelPackage
  readonly cycle: Cycle
  readonly own: PlannedCycle
  /** (H), H ≤ T. */
  readonly plan: readonly PlannedCycle[]
  readonly ratedCapacity: AmpereHour
}

/**
 * capacity[t] = net(own)[0] + net(plan)[t] − net(plan)[0]
 *
 * The network runs twice in one batch: under the measured use and under the plan, both held to its T steps.
 */
export function plannedCapacity({
  model,
  cycle,
  own,
  plan,
  ratedCapacity,
}: PlannedCapacityQuestion): PlannedCapacity {
  const { input, scaler, network: shape } = model.manifest
  const measured = cycleInput(cycle, { input, scaler, ratedCapacity })
  if (measured === null) throw unreadable()
  const rowOf = (use: PlannedCycle): UseRow => useRow(use, input, ratedCapacity)
  const ownRow = cycle.stored !== null && input.kind === 'legacy' ? cycle.stored : rowOf(own)
  const planRows = plan.map((use) => (isSameUse(use, own) ? ownRow : rowOf(use)))
  const rows = [held([ownRow], shape.T), held(planRows, shape.T)]
  const { forward = referenceForward } = model
  const output = forward(model.parameters, shape, shape, {
    B: 2,
    curve: twice(measured.curve),
    features: twice(measured.features),
    use: Float32Array.from(rows.flatMap((future) => [...useInput(future, input.use)])),
  })
  const unit = input.kind === 'joint' ? ratedCapacity : 1
  const at = (b: number, t: number): AmpereHour => (output.capacity[b * shape.T + t] ?? NaN) * unit
  return {
    capacity: Float64Array.from(plan, (_, t) => at(0, 0) + at(1, t) - at(1, 0)),
    rawFeatures: measured.rawFeatures,
    gateWeights: Array.from(output.gateWeights.subarray(0, shape.E)),
    gateLogits: Array.from(output.gateLogits.subarray(0, shape.E)),
  }
}

/** (T,3): the last row is held beyond the plan's end. */
function held(rows: readonly UseRow[], T: number): UseRow[] {
  const last = rows.at(-1) ?? [0, 0, 0]
  return Array.from({ length: T }, (_, t) => rows[t] ?? last)
}

function isSameUse(a: PlannedCycle, b: PlannedCycle): boolean {
  return (
    a.chargeRate === b.chargeRate && a.dischargeRate === b.dischargeRate && a.temperature === b.temperature
  )
}

function twice(values: Float32Array): Float32Array {
  const both = new Float32Array(2 * values.length)
  both.set(values)
  both.set(values, values.length)
  return both
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
