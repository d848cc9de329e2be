import { evidenceReader, type CellTypeEvidence, type EvidenceReading } from '../evidence/cellTypeEvidence.ts'
import { Failure } from '../failure/failure.ts'
import { forward as referenceForward } from '../network/forward.ts'
import type { AmpereHour, Fraction } from '../units/quantities.ts'
import { useInput, useRow } from './networkInput.ts'
import type { ModelPackage } from './package.ts'
import type { CapacityQuestion, PlannedCapacity } from './plannedCapacity.ts'
import type { PlannedCycle } from './scenario.ts'

/** One cycle as the evidence of its cell type reads it, and the plans it is asked about. */
export interface EvidenceQuestion extends CapacityQuestion {
  readonly type: CellTypeEvidence
  readonly evidence: EvidenceReading
}

/** Throws `no-usable-cycle` (not-determinable) or `unlike-trained-cells` (refused). */
export function evidenceQuestion(question: CapacityQuestion): EvidenceQuestion {
  const { model, cycle, own, ratedCapacity, chemistry } = question
  const type = evidenceOf(model, { chemistry, ratedCapacity })
  const evidence = evidenceReader(type).read(cycle, own, { ratedCapacity })
  if (evidence === null) throw tooLittle()
  if (isUnlike(evidence)) throw unlike()
  return { ...question, type, evidence }
}

/** The evidence of the trained type of that chemistry whose rated capacity is nearest. */
export function evidenceOf(
  { evidence = [] }: ModelPackage,
  { chemistry, ratedCapacity }: { chemistry: string; ratedCapacity: AmpereHour },
): CellTypeEvidence {
  const plain = (name: string): string => name.trim().toLowerCase()
  const distance = (type: CellTypeEvidence): number =>
    Math.abs(Math.log(type.nominalCapacity_Ah / ratedCapacity))
  const known = evidence.filter((type) => plain(type.chemistry) === plain(chemistry))
  return known.reduce((near, type) => (distance(type) < distance(near) ? type : near))
}

export function isUnlike({ surprise, head }: EvidenceReading): boolean {
  return !(surprise <= head.surpriseLimit)
}

/**
 * capacity[t] = present + lost(plan)[t], lost(plan)[t] = net(plan)[t] − net(plan)[0]
 *
 * The present capacity comes from the evidence alone, and the causal network says what the plan takes off it. Where the
 * regression has a share s in the fade, lost(plan) is corrected by s · (regression − lost(own)), in proportion to what the
 * plan takes against the cell's own use held. Beyond its steps the network goes on from the health it forecast: the cell
 * stays what it was, compared with others of its health.
 */
export function evidenceCapacities(
  model: ModelPackage,
  questions: readonly EvidenceQuestion[],
): PlannedCapacity[][] {
  const paths = questions.flatMap((question) => question.plans.map((plan) => newPath(question, plan)))
  const step = model.manifest.network.T - 1
  const longest = Math.max(0, ...paths.map(({ plan }) => plan.length))
  for (let from = 0; from === 0 || from < longest - 1; from += step) {
    advance(
      model,
      paths.filter(({ plan }) => from === 0 || from < plan.length - 1),
      from,
    )
  }
  let next = 0
  return questions.map(({ plans, type, evidence }) =>
    plans.map(() => ({
      ...answered(paths[next++]),
      rawFeatures: evidence.rawFeatures,
      ranges: type.features,
      evidence,
    })),
  )
}

interface Path {
  readonly question: EvidenceQuestion
  readonly plan: readonly PlannedCycle[]
  /** (H) Ah */
  readonly capacity: Float64Array
  /** What a measured capacity says beyond the evidence, Ah. */
  readonly shift: AmpereHour
  gate: { weights: readonly number[]; logits: readonly number[] }
  /** What the regression adds at the step in hand. */
  correction: Fraction
  /** How much faster than the network says the cell fades, from the first turn. */
  pace: number
}

function newPath(question: EvidenceQuestion, plan: readonly PlannedCycle[]): Path {
  const { evidence, ratedCapacity, measuredCapacity } = question
  const capacity = new Float64Array(plan.length)
  capacity[0] = evidence.capacity * ratedCapacity
  const shift = measuredCapacity === undefined ? 0 : measuredCapacity - capacity[0]
  return { question, plan, capacity, shift, gate: { weights: [], logits: [] }, correction: 0, pace: 1 }
}

/** Takes every path up to T−1 steps further from step `from`: in the first turn each beside its own use, held. */
function advance(model: ModelPackage, paths: readonly Path[], from: number): void {
  if (paths.length === 0) return
  const { forward = referenceForward, parameters, manifest } = model
  const { network: shape } = manifest
  const { T, V, F, E } = shape
  const isFirst = from === 0
  const B = isFirst ? 2 * paths.length : paths.length
  const input = {
    B,
    curve: new Float32Array(B * V),
    features: new Float32Array(B * F),
    use: new Float32Array(B * T * 3),
  }
  paths.forEach((path, b) => {
    fillPath(input, b, { path, from, model, plan: path.plan })
    if (isFirst) fillPath(input, paths.length + b, { path, from, model, plan: [path.question.own] })
  })
  const output = forward(parameters, shape, shape, input)
  const lost = (b: number, t: number): Fraction => output.capacity[b * T + t] - output.capacity[b * T]
  paths.forEach((path, b) => {
    const { capacity, question } = path
    const start = capacity[from]
    for (let t = 1; t < T && from + t < capacity.length; t++) {
      const planned = lost(b, t)
      if (isFirst) path.correction = corrected(question, { t, planned, held: lost(paths.length + b, t) })
      const total = isFirst ? planned + path.correction : planned * path.pace
      capacity[from + t] = start + total * question.ratedCapacity
      if (isFirst && planned < -leastLost) path.pace = limited(total / planned)
    }
    if (!isFirst) return
    const row = (values: Float32Array): number[] => Array.from(values.subarray(b * E, (b + 1) * E))
    path.gate = { weights: row(output.gateWeights), logits: row(output.gateLogits) }
  })
}

/** Less than this share of the rated capacity is no pace. */
const leastLost = 1e-3
/** A cell is not believed to fade slower or faster than others of its kind by more than this. */
const mostPace = 3

function limited(ratio: number): number {
  return Math.min(mostPace, Math.max(1 / mostPace, ratio))
}

function corrected(
  { evidence }: EvidenceQuestion,
  { t, planned, held }: { t: number; planned: Fraction; held: Fraction },
): Fraction {
  return fadeCorrection({ share: evidence.held.share, regressed: evidence.held.at(t), planned, held })
}

/**
 * What the regression's share adds to the plan's loss: its difference to the network's own-use loss, in proportion to what
 * the plan takes against that.
 */
export function fadeCorrection({
  share,
  regressed,
  planned,
  held,
}: {
  share: Fraction
  regressed: Fraction
  planned: Fraction
  held: Fraction
}): Fraction {
  if (share === 0) return 0
  const ratio = Math.abs(held) < leastLost ? 1 : Math.min(mostPace, Math.max(0, planned / held))
  return share * (regressed - held) * ratio
}

function fillPath(
  input: { curve: Float32Array; features: Float32Array; use: Float32Array },
  b: number,
  {
    path,
    from,
    model,
    plan,
  }: { path: Path; from: number; model: ModelPackage; plan: readonly PlannedCycle[] },
): void {
  const { question, capacity, shift } = path
  const { evidence, ratedCapacity } = question
  const { network, input: convention } = model.manifest
  const health: Fraction = (capacity[from] + shift) / ratedCapacity
  const { experts, features } = evidence.networkInput(health)
  input.curve.set(experts, b * network.V)
  input.features.set(features, b * network.F)
  const last = plan.length - 1
  const rows = Array.from({ length: network.T }, (_, t) =>
    useRow(plan[Math.min(from + t, last)], convention, ratedCapacity),
  )
  input.use.set(useInput(rows, convention.use), b * network.T * 3)
}

function answered({
  capacity,
  gate,
}: Path): Pick<PlannedCapacity, 'capacity' | 'gateWeights' | 'gateLogits'> {
  return { capacity, gateWeights: gate.weights, gateLogits: gate.logits }
}

function tooLittle(): Failure {
  return new Failure(
    'not-determinable',
    'no-usable-cycle',
    'The cycle shows less of a charge than this model needs.',
    {
      advice:
        'Measure a constant-current charge over 0.2 V or more of the window, better with a rest after it.',
    },
  )
}

function unlike(): Failure {
  return new Failure(
    'refused',
    'unlike-trained-cells',
    'This charge and rest look like none of the cells that the model was trained on.',
    {
      advice:
        'Check chemistry, rated capacity and the record: an interrupted charge, several cells in series or another current look like this. Choose another cycle.',
    },
  )
}
