import { evidenceReader, type CellTypeEvidence } from '../evidence/cellTypeEvidence.ts'
import { contains, curvePoints, observe, type EvidenceWindow, type VoltageGrid } from '../evidence/state.ts'
import type { AmpereHour, Fraction } from '../units/quantities.ts'
import { assess, type AssessmentRequest } from './assess.ts'
import type { Assessment, TrajectoryPoint } from './assessment.ts'
import { ofType, resolveCellType } from './cellType.ts'
import { evidenceOf } from './evidenceCapacity.ts'
import { comparableError, halfWidth } from './interval.ts'
import { measuredCycle } from './measuredCycle.ts'
import { isVisited, ownUse } from './use.ts'

export type ExtraKind = 'lower-start' | 'higher-end' | 'rest' | 'whole' | 'capacity'

/** A measurement that the record lacks, and what it would make of the interval at the end of the horizon. */
export interface ExtraMeasurement {
  readonly kind: ExtraKind
  /** Charge to be covered; null where a discharge is asked for. */
  readonly charge: VoltageGrid | null
  readonly hasRest: boolean
  /** From lower to upper bound, Ah. */
  readonly widthNow_Ah: AmpereHour
  readonly widthThen_Ah: AmpereHour
}

/** An advised measurement and what the whole band is expected to become by it. */
export interface ExpectedMeasurement extends ExtraMeasurement {
  /** (H) half-widths of the 90 % interval, Ah. */
  readonly halves_Ah: readonly AmpereHour[]
}

/** What is known now, and the measurements that would narrow it. */
export interface MeasurementAdvice {
  readonly answer: Assessment
  /** The best first. */
  readonly measurements: readonly ExpectedMeasurement[]
}

/** Narrower by a smaller share of the width is no help. */
const leastGain = 0.01

/**
 * Which further measurement would narrow the interval most, the best first: each part that the record hides is unmasked
 * in turn, and the error of the head that could then answer, from cells left out, takes the place of the present one's.
 * Null where the model does not tell windows apart, or the capacity is measured already.
 *
 * @throws Failure as `assess`.
 */
export function extraMeasurements(request: AssessmentRequest): MeasurementAdvice | null {
  if (request.model.evidence === undefined || request.measuredCapacity_Ah !== undefined) return null
  const answer = assess(request)
  const end = answer.trajectory.at(-1)
  if (end === undefined || end.low_Ah === null || end.high_Ah === null) return null
  const widthNow_Ah = end.high_Ah - end.low_Ah
  const now = halvesOf(answer.trajectory)
  const measurements = [...unmasked(request, now), capacityMeasured(now)]
    .map((asked) => {
      const narrowing = 2 * ((now.at(-1) ?? 0) - (asked.halves_Ah.at(-1) ?? 0))
      return { ...asked, widthNow_Ah, widthThen_Ah: widthNow_Ah - narrowing }
    })
    .filter(({ widthThen_Ah }) => widthThen_Ah <= (1 - leastGain) * widthNow_Ah)
    .sort((a, b) => a.widthThen_Ah - b.widthThen_Ah)
  return { answer, measurements }
}

/** (H) Ah, from median to upper bound: the lower one ends at zero. */
export function halvesOf(trajectory: readonly TrajectoryPoint[]): AmpereHour[] {
  return trajectory.map(({ capacity_Ah, high_Ah }) => (high_Ah ?? capacity_Ah) - capacity_Ah)
}

type Unmasked = Pick<ExpectedMeasurement, 'kind' | 'charge' | 'hasRest' | 'halves_Ah'>

/** A measured capacity takes the uncertainty of step 0 out of every later one. */
function capacityMeasured(now: readonly AmpereHour[]): Unmasked {
  const halves_Ah = now.map((half) => Math.sqrt(Math.max(0, half ** 2 - now[0] ** 2)))
  return { kind: 'capacity', charge: null, hasRest: false, halves_Ah }
}

function unmasked(request: AssessmentRequest, now: readonly AmpereHour[]): Unmasked[] {
  const { model, cell } = request
  const type = resolveCellType(cell.description, model.manifest)
  const { ratedCapacity } = type
  const manifest = ofType(model.manifest, type)
  const { interval, domain } = manifest
  if (interval === null) return []
  const cycle = measuredCycle(cell.cycles, manifest, request.cycle)
  const own = ownUse(cycle, { description: cell.description, ratedCapacity, manifest }).use
  const evidence = evidenceOf(model, { chemistry: type.chemistry, ratedCapacity })
  const { grid } = evidence.present
  const seen = observe(cycle, grid, ratedCapacity)
  const reading = evidenceReader(evidence).read(cycle, own, { ratedCapacity })
  if (seen === null || reading === null) return []
  // What a plan adds to the width does not depend on the window.
  const visited = { own: isVisited(own, domain?.conditions ?? []), plan: true }
  const halvesWith = (addedError: Fraction): AmpereHour[] => {
    const error = comparableError(interval, own, addedError)
    return now.map((_, step) => halfWidth({ interval, step, fade: 0, visited, ratedCapacity, error }))
  }
  const seenHalves = halvesWith(reading.addedError)
  return wider(seen.window).map(({ kind, window }) => {
    const halves = halvesWith(addedErrorOf(evidence, window) + (reading.assumedBefore ?? 0))
    return {
      kind,
      charge: voltagesOf(window, grid),
      hasRest: window.hasRest,
      halves_Ah: now.map((half, step) => Math.max(0, half - (seenHalves[step] - halves[step]))),
    }
  })
}

/** Mean error that a window adds to that of the whole one. */
function addedErrorOf({ present: { heads } }: CellTypeEvidence, window: EvidenceWindow): Fraction {
  const head = heads.find((one) => contains(window, one.window)) ?? heads[heads.length - 1]
  return Math.max(0, head.error - heads[0].error)
}

/** What could be measured beside what was. */
function wider({ first, last, hasRest }: EvidenceWindow): { kind: ExtraKind; window: EvidenceWindow }[] {
  const top = curvePoints - 1
  const lacks = [first > 0, last < top, !hasRest].filter(Boolean).length
  const one = [
    { kind: 'lower-start' as const, lacks: first > 0, window: { first: 0, last, hasRest } },
    { kind: 'higher-end' as const, lacks: last < top, window: { first, last: top, hasRest } },
    // A rest is one after a whole end of charge.
    { kind: 'rest' as const, lacks: !hasRest && last === top, window: { first, last, hasRest: true } },
    { kind: 'whole' as const, lacks: lacks > 1, window: { first: 0, last: top, hasRest: true } },
  ]
  return one.filter((candidate) => candidate.lacks)
}

function voltagesOf({ first, last }: EvidenceWindow, { from, to }: VoltageGrid): VoltageGrid {
  const step = (to - from) / (curvePoints - 1)
  return { from: from + first * step, to: from + last * step }
}
