import type { CellDescription } from '../cell/cell.ts'
import type { Cycle } from '../cell/cycle.ts'
import type { Finding } from '../cell/finding.ts'
import { Failure } from '../failure/failure.ts'
import type { AmpereHour, Fraction } from '../units/quantities.ts'
import type {
  Assessment,
  CapacityEstimate,
  Evidence,
  GateReading,
  StateOfHealth,
  TrajectoryPoint,
} from './assessment.ts'
import { resolveCellType, type ResolvedCellType } from './cellType.ts'
import { domainFindings } from './domain.ts'
import { comparableError, type ComparableError } from './interval.ts'
import type { EvidenceReading, OwnUse } from '../evidence/cellTypeEvidence.ts'
import { ofType } from './cellType.ts'
import { endOfLife } from './endOfLife.ts'
import { longestHorizon } from './horizon.ts'
import { measuredCycle } from './measuredCycle.ts'
import type { Manifest, ModelPackage } from './package.ts'
import { plannedCapacities, preparedQuestion, type PreparedQuestion } from './plannedCapacity.ts'
import type { PlannedCapacity } from './capacityQuestion.ts'
import { planReach } from './planReach.ts'
import { requirePlausibleCapacity } from './plausibleCapacity.ts'
import { plannedCycles, type PlannedCycle, type Scenario } from './scenario.ts'
import { trajectoryPoints } from './trajectoryPoints.ts'
import { isVisited, ownUse } from './use.ts'

export interface AssessmentRequest {
  readonly model: ModelPackage
  readonly cell: {
    readonly name: string
    readonly description: CellDescription
    readonly cycles: readonly Cycle[]
  }
  /** The cycler's number; absent: the last usable cycle. */
  readonly cycle?: number
  /** Absent: the record's own use, held. */
  readonly scenario?: Scenario
  readonly horizon?: number
  readonly threshold?: Fraction
  /** Replaces the estimate of the present capacity. */
  readonly measuredCapacity_Ah?: AmpereHour
}

/** Reuse thresholds differ by buyer; 80 % is the customary end of first life. */
export const defaultThreshold: Fraction = 0.8

/** One cell under several plans; null: its own use, held. */
export interface PlansRequest extends Omit<AssessmentRequest, 'model' | 'scenario'> {
  readonly scenarios: readonly (Scenario | null)[]
}

/**
 * Present capacity, trajectory and time to threshold of one cell under one scenario.
 *
 * The present capacity is the network's first step under the use the cycle was measured in, so no plan can move it; the
 * plan shapes the later decrement, which starts at zero. Capacities in Ah, state of health relative to the rated capacity.
 *
 * @throws Failure refused (unknown chemistry, implausible capacity), not-determinable (no usable cycle, nothing to assume, horizon beyond the
 * network) or usage (no such cycle).
 */
export function assess({ model, scenario, ...request }: AssessmentRequest): Assessment {
  const answers = assessCells(model, [{ ...request, scenarios: [scenario ?? null] }])
  const [answer] = answers[0]
  if (answer instanceof Failure) throw answer
  return answer
}

/**
 * As `assess`, bit for bit, of each cell under each of its plans, all windows in one run of the network. What `assess`
 * would throw stands in the answer's place.
 */
export function assessCells(
  model: ModelPackage,
  requests: readonly PlansRequest[],
): (Assessment | Failure)[][] {
  const planOf = sharedPlans()
  const cells = requests.map((request) => orFailure(() => prepare(model, request, planOf)))
  const ready = cells.filter((cell): cell is PreparedCell => !(cell instanceof Failure))
  const capacities = plannedCapacities(
    model,
    ready.map(({ question }) => question),
  )
  const planned = new Map(ready.map((cell, i) => [cell, capacities[i]]))
  return cells.map((cell, i) => {
    if (cell instanceof Failure) return requests[i].scenarios.map(() => cell)
    return (planned.get(cell) ?? []).map((capacity, plan) => orFailure(() => answer(cell, plan, capacity)))
  })
}

/** Plans that are made once for all cells under a scenario. */
function sharedPlans(): typeof plannedCycles {
  const plans = new Map<Scenario, PlannedCycle[]>()
  return (scenario, horizon) => {
    const known = plans.get(scenario)
    if (known?.length === horizon) return known
    const plan = plannedCycles(scenario, horizon)
    plans.set(scenario, plan)
    return plan
  }
}

function orFailure<T>(work: () => T): T | Failure {
  try {
    return work()
  } catch (error) {
    if (error instanceof Failure) return error
    throw error
  }
}

interface PreparedCell {
  readonly request: PlansRequest
  readonly cycle: Cycle
  readonly type: ResolvedCellType
  readonly own: { readonly use: OwnUse; readonly findings: readonly Finding[] }
  readonly scenarios: readonly Scenario[]
  readonly question: PreparedQuestion
}

function prepare(model: ModelPackage, request: PlansRequest, planOf: typeof plannedCycles): PreparedCell {
  const { cell } = request
  const horizon = checkedHorizon(request.horizon, model.manifest)
  const type = resolveCellType(cell.description, model.manifest)
  const { ratedCapacity } = type
  const manifest = ofType(model.manifest, type)
  const cycle = measuredCycle(cell.cycles, manifest, request.cycle)
  requirePlausibleCapacity({ cycle, ratedCapacity, measuredCapacity: request.measuredCapacity_Ah })
  const own = ownUse(cycle, { description: cell.description, ratedCapacity, manifest })
  const scenarios = request.scenarios.map((scenario) => scenario ?? heldScenario(own.use, horizon))
  const plans = scenarios.map((scenario) => planOf(scenario, horizon))
  const question = preparedQuestion({
    model,
    cycle,
    own: own.use,
    plans,
    ratedCapacity,
    chemistry: type.chemistry,
    measuredCapacity: request.measuredCapacity_Ah,
  })
  return { request, cycle, type, own, scenarios, question }
}

/** Throws `no-finite-answer`. */
function answer(cell: PreparedCell, plan: number, planned: PlannedCapacity): Assessment {
  const { request, cycle, type, own, scenarios, question } = cell
  const { model } = question
  requireFinite(planned)
  return {
    schema: 'pimoe-assessment/1',
    cell: request.cell.name,
    cycle: cycle.number,
    model: { name: model.manifest.name, sha256: model.sha256 },
    nominalCapacity_Ah: type.ratedCapacity,
    chemistry: type.chemistry,
    scenario: scenarios[plan],
    ...reading({ manifest: model.manifest, request, cycle, planned, type, own, plan: question.plans[plan] }),
    gate: { weights: planned.gateWeights, logits: planned.gateLogits, ...namingOf(model.manifest) },
    simulated: request.cell.description.simulated || model.manifest.simulated,
  }
}

function namingOf({ modes }: Manifest): Pick<GateReading, 'stability' | 'names'> {
  if (modes === undefined || modes.length === 0) return { stability: null }
  const sum = modes.reduce((total, { stability }) => total + stability, 0)
  return { stability: sum / modes.length, names: modes.map(({ name }) => name) }
}

function requireFinite({ capacity }: PlannedCapacity): void {
  if (capacity.every(Number.isFinite)) return
  throw new Failure('not-determinable', 'no-finite-answer', 'The model gives no finite capacity here.', {
    advice: 'Check the record and the plan; if they are right, the model is damaged: choose another.',
  })
}

interface Reading {
  readonly manifest: Manifest
  readonly request: PlansRequest
  readonly cycle: Cycle
  readonly planned: PlannedCapacity
  readonly type: ResolvedCellType
  readonly own: { readonly use: PlannedCycle; readonly findings: readonly Finding[] }
  readonly plan: readonly PlannedCycle[]
}

type ReadingFields = Pick<
  Assessment,
  'presentCapacity' | 'stateOfHealth' | 'trajectory' | 'endOfLife' | 'domain'
>

function reading({ manifest: whole, request, cycle, planned, type, own, plan }: Reading): ReadingFields {
  const manifest = ofType(whole, type)
  const measured = request.measuredCapacity_Ah
  const stateOfHealth = (measured ?? planned.capacity[0]) / type.ratedCapacity
  const outside = domainFindings({
    manifest,
    cellType: type,
    rawFeatures: planned.rawFeatures,
    ranges: planned.ranges,
    own: own.use,
    stateOfHealth,
  })
  const reach = planReach({ manifest, own: own.use, plan, stateOfHealth })
  const compared = comparison(manifest, own.use, planned)
  const assumed = [...type.findings, ...own.findings, ...outside, ...compared.findings]
  const evidence: Evidence = assumed.every(({ isNote }) => isNote === true) ? 'estimated' : 'extrapolated'
  const trajectory = trajectoryPoints({
    capacity: planned.capacity,
    measured,
    evidence,
    estimatedSteps: reach.steps,
    interval: manifest.interval,
    ratedCapacity: type.ratedCapacity,
    visited: { own: isVisited(own.use, manifest.domain?.conditions ?? []), plan: reach.isTrained },
    error: compared.error,
  })
  const presentCapacity = presentEstimate(trajectory, measured, evidence)
  const threshold = request.threshold ?? defaultThreshold
  return {
    presentCapacity,
    stateOfHealth: health(presentCapacity, type.ratedCapacity, own.use),
    trajectory,
    endOfLife: endOfLife(trajectory, { threshold, ratedCapacity: type.ratedCapacity }),
    domain: {
      inside: outside.length === 0 && reach.steps === plan.length,
      findings: [
        ...assumed,
        ...reach.findings,
        ...measuredOutside(cycle, trajectory[0]),
        ...intervalFindings(manifest),
      ],
    },
  }
}

/** Fewer cells than this say little of how far others scatter: ⌈0.9 (n + 1)⌉ ≤ n needs nine. */
const leastComparable = 9

/** How far off the model was on cells like this one, and what must be said of that. */
function comparison(
  { interval }: Manifest,
  own: PlannedCycle,
  { evidence }: PlannedCapacity,
): { error: ComparableError | undefined; findings: Finding[] } {
  if (interval === null || evidence === undefined) return { error: undefined, findings: [] }
  const error = comparableError(interval, own, evidence.addedError)
  const few = error !== undefined && error.cells > 0 && error.cells < leastComparable
  return {
    error,
    findings: [
      ...(few ? [fewCells(error.cells)] : []),
      ...dischargeBefore(evidence),
      ...narrowWindow(evidence),
    ],
  }
}

function fewCells(cells: number): Finding {
  return {
    code: 'few-comparable-cells',
    message: `Only ${cells} comparable ${cells === 1 ? 'cell was' : 'cells were'} left out to find the interval; it is an extrapolation.`,
    proposal: 'Read the band as coarse, or add measured cells of this use.',
  }
}

/** A note: what is assumed is counted in the interval, as what a narrow window hides. */
function dischargeBefore({ assumedBefore }: EvidenceReading): Finding[] {
  if (assumedBefore === null) return []
  const added = (100 * assumedBefore).toFixed(1)
  return [
    {
      code: 'assumed-discharge-before',
      isNote: true,
      message: `The discharge before this charge is not in the record; the same rate as after it is assumed. That adds ${added} % to the mean error.`,
      proposal: 'Record the cycle before it in the same file.',
    },
  ]
}

function narrowWindow({ isWhole, seen, addedError, assumedBefore }: EvidenceReading): Finding[] {
  if (isWhole) return []
  const added = (100 * (addedError - (assumedBefore ?? 0))).toFixed(1)
  const [from, to] = [seen.from, seen.to].map((voltage) => voltage.toFixed(2))
  const rest = seen.hasRest ? 'the rest' : 'no rest'
  return [
    {
      code: 'narrow-window',
      isNote: true,
      message: `The present capacity rests on ${from}–${to} V and ${rest}; that adds ${added} % to its mean error.`,
    },
  ]
}

function presentEstimate(
  trajectory: readonly TrajectoryPoint[],
  measured: AmpereHour | undefined,
  evidence: Evidence,
): CapacityEstimate {
  if (measured !== undefined) {
    return { value_Ah: measured, low_Ah: measured, high_Ah: measured, evidence: 'measured' }
  }
  const first = trajectory[0]
  return {
    value_Ah: first.capacity_Ah,
    low_Ah: first.low_Ah,
    high_Ah: first.high_Ah,
    evidence,
  }
}

function health(present: CapacityEstimate, rated: AmpereHour, own: PlannedCycle): StateOfHealth {
  const relative = (capacity: AmpereHour | null): Fraction | null =>
    capacity === null ? null : capacity / rated
  return {
    value: present.value_Ah / rated,
    low: relative(present.low_Ah),
    high: relative(present.high_Ah),
    definition:
      `Discharge capacity at ${Number(own.dischargeRate.toPrecision(3))} C and ${own.temperature} °C ` +
      `after a full charge, relative to the rated ${rated} Ah`,
    evidence: present.evidence,
  }
}

/** The record's own discharge never enters a forecast; where it contradicts the answer, the answer says so. */
function measuredOutside(cycle: Cycle, present: TrajectoryPoint): Finding[] {
  const measured = cycle.dischargeCapacity
  const { low_Ah, high_Ah } = present
  if (measured === null || low_Ah === null || high_Ah === null) return []
  if (present.evidence === 'measured' || (measured >= low_Ah && measured <= high_Ah)) return []
  return [
    {
      code: 'measured-outside-interval',
      message: `This cycle discharged ${Number(measured.toPrecision(4))} Ah, which lies outside the interval.`,
      proposal: 'If that was a full discharge, state it as the measured capacity.',
    },
  ]
}

function intervalFindings({ interval }: Manifest): Finding[] {
  if (interval !== null) return []
  return [
    {
      code: 'interval-missing',
      message: 'This model brings no interval: its numbers have no stated uncertainty.',
      proposal: 'Use a model package trained here when a decision rests on the number.',
    },
  ]
}

function heldScenario(use: PlannedCycle, horizon: number): Scenario {
  const block = {
    cycles: horizon,
    charge_rate: use.chargeRate,
    discharge_rate: use.dischargeRate,
    temperature_degC: use.temperature,
  }
  return { name: 'Own use, held', blocks: [block] }
}

function checkedHorizon(wanted: number | undefined, manifest: Manifest): number {
  const most = longestHorizon(manifest)
  if (wanted === undefined || wanted <= most) return wanted ?? manifest.network.T
  throw new Failure(
    'not-determinable',
    'horizon-beyond-model',
    `This model answers at most ${most} cycles ahead.`,
    {
      advice: `Ask for a horizon of ${most} or less.`,
      found: String(wanted),
    },
  )
}
