import { evidenceReader, type CellTypeEvidence } from '../evidence/cellTypeEvidence.ts'
import { contains, curvePoints, observe, type EvidenceWindow, type VoltageGrid } from '../evidence/state.ts'
import type { AmpereHour, Fraction } from '../units/quantities.ts'
import { assess, type AssessmentRequest } from './assess.ts'
import type { Assessment } from './assessment.ts'
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

/** Narrower by a smaller share of the width is no help. */
const leastGain = 0.01

/**
 * Which further measurement would narrow the interval most, the best first: each part that the record hides is unmasked
 * in turn, and the error of the head that could then answer, from cells left out, takes the place of the present one's.
 * Empty where nothing would help, or the model does not tell windows apart.
 *
 * @throws Failure as `assess`.
 */
export function extraMeasurements(request: AssessmentRequest): ExtraMeasurement[] {
  if (request.model.evidence === undefined) return []
  const answer = assess(request)
  const end = answer.trajectory.at(-1)
  const isAnchored = request.measuredCapacity_Ah !== undefined
  if (isAnchored || end === undefined || end.low_Ah === null || end.high_Ah === null) return []
  const widthNow_Ah = end.high_Ah - end.low_Ah
  const extra = [...unmasked(request, answer), ...capacityMeasured(answer)]
  return extra
    .map(({ narrowing, ...asked }) => ({ ...asked, widthNow_Ah, widthThen_Ah: widthNow_Ah - narrowing }))
    .filter(({ widthThen_Ah }) => widthThen_Ah <= (1 - leastGain) * widthNow_Ah)
    .sort((a, b) => a.widthThen_Ah - b.widthThen_Ah)
}

type Narrowing = Pick<ExtraMeasurement, 'kind' | 'charge' | 'hasRest'> & { readonly narrowing: AmpereHour }

/** A measured capacity takes the uncertainty of step 0 out of every later one. */
function capacityMeasured({ trajectory }: Assessment): Narrowing[] {
  const widthOf = (point = trajectory[0]): AmpereHour => (point.high_Ah ?? 0) - (point.low_Ah ?? 0)
  const [first, last] = [widthOf(), widthOf(trajectory.at(-1))]
  const then = Math.sqrt(Math.max(0, last ** 2 - first ** 2))
  return [{ kind: 'capacity', charge: null, hasRest: false, narrowing: last - then }]
}

function unmasked(request: AssessmentRequest, answer: Assessment): Narrowing[] {
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
  const step = answer.trajectory.length - 1
  const widthWith = (addedError: Fraction): AmpereHour =>
    2 *
    halfWidth({
      interval,
      step,
      // What a plan adds to the width does not depend on the window.
      fade: 0,
      visited: { own: isVisited(own, domain?.conditions ?? []), plan: true },
      ratedCapacity,
      error: comparableError(interval, own, addedError),
    })
  const now = widthWith(reading.addedError)
  return wider(seen.window).map(({ kind, window }) => ({
    kind,
    charge: voltagesOf(window, grid),
    hasRest: window.hasRest,
    narrowing: now - widthWith(addedErrorOf(evidence, window) + (reading.assumedBefore ?? 0)),
  }))
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
