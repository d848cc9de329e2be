import type { AmpereHour, Fraction } from '../units/quantities.ts'
import type { EndOfLife, Evidence, TrajectoryPoint } from './assessment.ts'
import { quantileOfHalfWidth } from './interval.ts'

/** A path that so many cells fall below: p10 is surpassed with 90 %, p20 with 80 %, p50 with 50 %, p90 with 10 %. */
export type Confidence = keyof typeof quantileOfHalfWidth

/**
 * Cycles ahead until the capacity first lies below `threshold` of the rated capacity: the median path, and the paths
 * that 90 % (p10, the earliest) and 10 % (p90) of cells stay above. Null = not within the horizon, or no interval to tell.
 */
export function endOfLife(
  trajectory: readonly TrajectoryPoint[],
  question: { threshold: Fraction; ratedCapacity: AmpereHour },
): EndOfLife {
  const { threshold } = question
  const p50 = cyclesSurpassed(trajectory, { ...question, confidence: 'p50' })
  return {
    threshold,
    p10: cyclesSurpassed(trajectory, { ...question, confidence: 'p10' }),
    p50,
    p90: cyclesSurpassed(trajectory, { ...question, confidence: 'p90' }),
    evidence: weakest(trajectory.slice(0, (p50 ?? trajectory.length) + 1)),
  }
}

/** First cycle at which the path of that confidence lies below the threshold; null as in `endOfLife`. */
export function cyclesSurpassed(
  trajectory: readonly TrajectoryPoint[],
  question: { threshold: Fraction; ratedCapacity: AmpereHour; confidence: Confidence },
): number | null {
  const limit = question.threshold * question.ratedCapacity
  const found = trajectory.find((point) => {
    const capacity = capacitySurpassed(point, question.confidence)
    return capacity !== null && capacity < limit
  })
  return found?.cycle ?? null
}

/** Capacity that is surpassed with that confidence; null where the model has no interval to tell. */
export function capacitySurpassed(point: TrajectoryPoint, confidence: Confidence): AmpereHour | null {
  const quantile = quantileOfHalfWidth[confidence]
  if (quantile === 0) return point.capacity_Ah
  const bound = quantile > 0 ? point.high_Ah : point.low_Ah
  return bound === null ? null : point.capacity_Ah + (bound - point.capacity_Ah) * Math.abs(quantile)
}

const fromStrong: readonly Evidence[] = ['measured', 'estimated', 'extrapolated', 'not-determinable']

function weakest(points: readonly TrajectoryPoint[]): Evidence {
  return fromStrong[Math.max(0, ...points.map((point) => fromStrong.indexOf(point.evidence)))]
}
