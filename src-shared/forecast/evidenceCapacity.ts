import { evidenceReader, type CellTypeEvidence, type EvidenceReading } from '../evidence/cellTypeEvidence.ts'
import { lossPull, type LossPull } from '../evidence/typicalLoss.ts'
import { Failure } from '../failure/failure.ts'
import { forward as referenceForward } from '../network/forward.ts'
import type { NetworkInput } from '../network/shape.ts'
import type { AmpereHour, Fraction } from '../units/quantities.ts'
import { useInput, useRow } from './networkInput.ts'
import type { ModelPackage } from './package.ts'
import type { CapacityQuestion, PlannedCapacity } from './capacityQuestion.ts'
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
 * plan takes against the cell's own use held. Where the plan leaves that use for one that other cells were trained in, it
 * takes what those typically lost at that health instead (`lossPull`). Beyond its steps the network goes on from the health it forecast: the cell
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
  /** How much faster than the network says the cell fades, from the first turn. */
  pace: number
  readonly pullOf: (planned: PlannedCycle) => LossPull
}

function newPath(question: EvidenceQuestion, plan: readonly PlannedCycle[]): Path {
  const { evidence, ratedCapacity, measuredCapacity } = question
  const capacity = new Float64Array(plan.length)
  capacity[0] = evidence.capacity * ratedCapacity
  const shift = measuredCapacity === undefined ? 0 : measuredCapacity - capacity[0]
  const pullOf = pulls(question)
  return { question, plan, capacity, shift, gate: { weights: [], logits: [] }, pace: 1, pullOf }
}

/** Remembers the last answer: the cycles of a block share their use. */
function pulls({ type: { losses = [] }, own }: EvidenceQuestion): (planned: PlannedCycle) => LossPull {
  let last: { planned: PlannedCycle; pull: LossPull } | null = null
  return (planned) => {
    if (last?.planned !== planned) last = { planned, pull: lossPull(losses, own, planned) }
    return last.pull
  }
}

/** Takes every path up to T−1 steps further from step `from`: in the first turn each beside its own use, held. */
function advance(model: ModelPackage, paths: readonly Path[], from: number): void {
  if (paths.length === 0) return
  const { forward = referenceForward, parameters, manifest } = model
  const { network: shape } = manifest
  const { T, E } = shape
  const { windows, placeOf, heldPlaceOf } = windowsOf(paths, from)
  const output = forward(parameters, shape, shape, networkInput(model, windows))
  const lost = (b: number, t: number): Fraction => output.capacity[b * T + t] - output.capacity[b * T]
  for (const path of paths) {
    const b = placeOf.get(path) ?? 0
    const held = heldPlaceOf.get(path.question)
    if (held === undefined) {
      goOn(path, { from, T, lost: (t) => lost(b, t) * path.pace })
      continue
    }
    goOn(path, { from, T, lost: (t) => firstLost(path, { t, planned: lost(b, t), held: lost(held, t) }) })
    const row = (values: Float32Array): number[] => Array.from(values.subarray(b * E, (b + 1) * E))
    path.gate = { weights: row(output.gateWeights), logits: row(output.gateLogits) }
  }
}

function goOn(
  { capacity, question, shift, plan, pullOf }: Path,
  { from, T, lost }: { from: number; T: number; lost: (t: number) => Fraction },
): void {
  const { ratedCapacity } = question
  const start = capacity[from]
  let before: Fraction = 0
  // What the cells of a planned use say beyond the cell itself.
  let pulled: Fraction = 0
  for (let t = 1; t < T && from + t < capacity.length; t++) {
    const total = lost(t)
    const { weight, rateAt } = pullOf(plan[from + t])
    if (weight > 0) {
      const health: Fraction = (capacity[from + t - 1] + shift) / ratedCapacity
      pulled += weight * (rateAt(health) - (total - before))
    }
    before = total
    capacity[from + t] = start + (total + pulled) * ratedCapacity
  }
}

/** What is lost in the first turn, corrected by the regression; keeps how fast the cell fades for the turns that follow. */
function firstLost(path: Path, at: { t: number; planned: Fraction; held: Fraction }): Fraction {
  const total = at.planned + corrected(path.question, at)
  if (at.planned < -leastLost) path.pace = limited(total / at.planned)
  return total
}

/** What the network is asked at once: a cycle, further along at some health, and what is planned from then on. */
interface Window {
  readonly question: EvidenceQuestion
  readonly health: Fraction
  readonly plan: readonly PlannedCycle[]
  /** Steps of the plan that lie behind. */
  readonly from: number
  /** Steps that are read from then on. */
  readonly steps: number
}

/** A window for each path and, in the first turn, one of each cycle's own use, held: all of its plans start there. */
function windowsOf(paths: readonly Path[], from: number) {
  const windows: Window[] = []
  const placeOf = new Map<Path, number>()
  const heldPlaceOf = new Map<EvidenceQuestion, number>()
  paths.forEach((path, i) => {
    const { question, capacity, shift, plan } = path
    const health: Fraction = (capacity[from] + shift) / question.ratedCapacity
    const steps = capacity.length - from
    placeOf.set(path, windows.push({ question, health, plan, from, steps }) - 1)
    if (from > 0 || paths[i + 1]?.question === question) return
    const held = Math.max(...question.plans.map(({ length }) => length))
    heldPlaceOf.set(question, windows.push({ question, health, plan: [question.own], from, steps: held }) - 1)
  })
  return { windows, placeOf, heldPlaceOf }
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

function networkInput({ manifest }: ModelPackage, windows: readonly Window[]): NetworkInput {
  const { network, input: convention } = manifest
  const { T, V, F } = network
  const B = windows.length
  const input = {
    B,
    curve: new Float32Array(B * V),
    features: new Float32Array(B * F),
    use: new Float32Array(B * T * 3),
    steps: Int32Array.from(windows, ({ steps }) => Math.min(T, steps)),
  }
  let signals: ReturnType<EvidenceReading['networkInput']> | null = null
  windows.forEach(({ question, health, plan, from }, b) => {
    // The windows of a cycle follow each other, and in the first turn all are of one health.
    const before = windows.at(b - 1)
    if (before?.question !== question || before.health !== health) signals = null
    signals ??= question.evidence.networkInput(health)
    input.curve.set(signals.experts, b * V)
    input.features.set(signals.features, b * F)
    const last = plan.length - 1
    const rows = Array.from({ length: T }, (_, t) =>
      useRow(plan[Math.min(from + t, last)], convention, question.ratedCapacity),
    )
    input.use.set(useInput(rows, convention.use), b * T * 3)
  })
  return input
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
