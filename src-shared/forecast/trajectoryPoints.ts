import type { AmpereHour } from '../units/quantities.ts'
import type { Evidence, TrajectoryPoint } from './assessment.ts'
import { halfWidth, type ComparableError, type VisitedUse } from './interval.ts'
import type { IntervalTable } from './package.ts'

export interface TrajectoryQuestion {
  /** (H) Ah, as the network says. */
  readonly capacity: Float64Array
  /** A present capacity stated by the user: the trajectory then starts from it. */
  readonly measured: AmpereHour | undefined
  /** Of the present capacity and of the steps that the plan's reach covers. */
  readonly evidence: Evidence
  /** Later steps are extrapolated. */
  readonly estimatedSteps: number
  readonly interval: IntervalTable | null
  readonly ratedCapacity: AmpereHour
  readonly visited: VisitedUse
  readonly error?: ComparableError | undefined
}

/** Median, interval and evidence of every step; intervals are null where the model has none. */
export function trajectoryPoints(question: TrajectoryQuestion): TrajectoryPoint[] {
  const { capacity, measured, evidence, estimatedSteps } = question
  const shift = measured === undefined ? 0 : measured - capacity[0]
  const halves = halfWidths(question)
  const points: TrajectoryPoint[] = []
  for (let step = 0; step < capacity.length; step++) {
    const isMeasured = step === 0 && measured !== undefined
    const median = isMeasured ? measured : capacity[step] + shift
    const half = halves === null ? null : halves[step]
    points.push({
      cycle: step,
      capacity_Ah: median,
      low_Ah: half === null ? null : Math.max(0, median - half),
      high_Ah: half === null ? null : median + half,
      evidence: isMeasured ? 'measured' : step < estimatedSteps ? evidence : 'extrapolated',
    })
  }
  return points
}

/** (H) Ah; a measured capacity removes the uncertainty of step 0 from every later step. */
function halfWidths(question: TrajectoryQuestion): Float64Array | null {
  const { capacity, measured, interval, ratedCapacity, visited, error } = question
  if (interval === null) return null
  const widths = new Float64Array(capacity.length)
  for (let step = 0; step < widths.length; step++) {
    const fade = Math.abs(capacity[step] - capacity[0])
    widths[step] = halfWidth({ interval, step, fade, ratedCapacity, visited, error })
  }
  if (measured === undefined) return widths
  const present = widths[0] ** 2
  return widths.map((width) => Math.sqrt(Math.max(0, width ** 2 - present)))
}
