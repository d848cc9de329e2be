import type { AmpereHour, Fraction } from '../units/quantities.ts'
import type { EndOfLife, Evidence, TrajectoryPoint } from './assessment.ts'
import { p10OfHalfWidth } from './interval.ts'

/**
 * Cycles ahead until the capacity first lies below `threshold` of the rated capacity: the median path, and the paths
 * that 90 % (p10, the earliest) and 10 % (p90) of cells stay above. Null = not within the horizon, or no interval to tell.
 */
export function endOfLife(
  trajectory: readonly TrajectoryPoint[],
  { threshold, ratedCapacity }: { threshold: Fraction; ratedCapacity: AmpereHour },
): EndOfLife {
  const limit = threshold * ratedCapacity
  const firstBelow = (capacityAt: (point: TrajectoryPoint) => number | null): number | null => {
    const found = trajectory.find((point) => {
      const capacity = capacityAt(point)
      return capacity !== null && capacity < limit
    })
    return found?.cycle ?? null
  }
  const p50 = firstBelow((point) => point.capacity_Ah)
  return {
    threshold,
    p10: firstBelow((point) => quantilePath(point, -1)),
    p50,
    p90: firstBelow((point) => quantilePath(point, 1)),
    evidence: weakest(trajectory.slice(0, (p50 ?? trajectory.length) + 1)),
  }
}

const fromStrong: readonly Evidence[] = ['measured', 'estimated', 'extrapolated', 'not-determinable']

function weakest(points: readonly TrajectoryPoint[]): Evidence {
  return fromStrong[Math.max(0, ...points.map((point) => fromStrong.indexOf(point.evidence)))]
}

function quantilePath(point: TrajectoryPoint, side: 1 | -1): AmpereHour | null {
  const bound = side === 1 ? point.high_Ah : point.low_Ah
  return bound === null ? null : point.capacity_Ah + (bound - point.capacity_Ah) * p10OfHalfWidth
}
