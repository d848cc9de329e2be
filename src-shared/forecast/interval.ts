import type { AmpereHour } from '../units/quantities.ts'
import type { IntervalTable } from './package.ts'

/**
 * A trained model's fade under an unvisited use was off by 0.6 to 1.9 times when a whole condition was left out
 * (method.md section 7): the half-width grows by this share of the fade there.
 */
const unvisitedShare = 0.9

export interface IntervalQuestion {
  readonly interval: IntervalTable
  /** Planned cycles ahead. */
  readonly step: number
  /** |capacity − present capacity|. */
  readonly fade: AmpereHour
  readonly ratedCapacity: AmpereHour
  readonly isUnvisited: boolean
}

/**
 * Half-width of the 90 % interval in Ah: score[t] · (base · rated capacity + slope · fade), from cells not trained on.
 *
 * Vovk, cross-conformal predictors (2015), with whole cells as the exchangeable unit.
 */
export function halfWidth({
  interval,
  step,
  fade,
  ratedCapacity,
  isUnvisited,
}: IntervalQuestion): AmpereHour {
  const score = interval.score[Math.min(step, interval.score.length - 1)] ?? 0
  const trained = score * (interval.base * ratedCapacity + interval.slope * fade)
  return isUnvisited ? trained + unvisitedShare * fade : trained
}

/** Quantile of a centred normal relative to its 90 % half-width: P10 and P90 lie at ±0.779 of it. */
export const p10OfHalfWidth = 1.2816 / 1.6449
