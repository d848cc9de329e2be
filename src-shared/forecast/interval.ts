import type { AmpereHour, Fraction } from '../units/quantities.ts'
import type { IntervalTable } from './package.ts'
import type { PlannedCycle } from './scenario.ts'
import { isVisited } from './use.ts'

/**
 * In a study of this method with whole conditions left out, forecast fade was off by a factor of 0.6 to 1.9: under a
 * plan that was not trained the half-width grows by this share of the fade.
 */
const unvisitedPlanShare = 0.9

/**
 * In that study an interval meant for 90 % held 35 % of the values of a condition left out. A normal error that lies
 * within ±w for 35 % lies within ±3.6 w for 90 %.
 */
const unvisitedMeasurementFactor = 3.6

/** Whether the use was trained under which the cycle was measured, and all that is planned. */
export interface VisitedUse {
  readonly own: boolean
  readonly plan: boolean
}

export interface IntervalQuestion {
  readonly interval: IntervalTable
  /** Planned cycles ahead. */
  readonly step: number
  /** |capacity − present capacity|. */
  readonly fade: AmpereHour
  readonly ratedCapacity: AmpereHour
  readonly visited: VisitedUse
  /** As `comparableError` gives it; absent: the table's own unit. */
  readonly error?: ComparableError | undefined
}

/** 90 % quantile of errors of either sign that fall off exponentially, relative to their mean size. */
const quantileOfMean = 2.3

/** How far off the model was on cells like this one. */
export interface ComparableError {
  /** (T) relative to the rated capacity. */
  readonly error: readonly Fraction[]
  /** Cells that it comes from. */
  readonly cells: number
}

/**
 * The error of cells of the same type under the same use, else the worst of the type's; `extra` is what a narrow window
 * adds. Undefined where the table does not tell uses apart. The manifest holds the conditions of the cell's type only.
 */
export function comparableError(
  { conditions }: IntervalTable,
  own: PlannedCycle,
  extra: Fraction,
): ComparableError | undefined {
  if (conditions === undefined || conditions.length === 0) return undefined
  const visited = conditions.filter((condition) => isVisited(own, [{ name: '', ...condition }]))
  const compared = visited.length > 0 ? visited : conditions
  const steps = compared[0].error.length
  const error = Array.from(
    { length: steps },
    (_, t) =>
      quantileOfMean * extra + compared.reduce((worst, condition) => Math.max(worst, condition.error[t]), 0),
  )
  return { error, cells: visited.reduce((most, { cells }) => Math.max(most, cells), 0) }
}

/**
 * Half-width of the 90 % interval in Ah: score[t] · unit, from cells not trained on; wider where a use was not trained,
 * and in proportion to the steps beyond the table.
 *
 * Vovk, cross-conformal predictors (2015), with whole cells as the exchangeable unit.
 */
export function halfWidth(question: IntervalQuestion): AmpereHour {
  const { interval, step, fade, ratedCapacity, visited } = question
  const score = interval.score[Math.min(step, interval.score.length - 1)] ?? 0
  const trained = score * unitOf(question) * ratedCapacity
  const measured = visited.own ? trained : unvisitedMeasurementFactor * trained
  return visited.plan ? measured : measured + unvisitedPlanShare * fade
}

function unitOf({ interval, step, fade, ratedCapacity, error }: IntervalQuestion): Fraction {
  if (error === undefined) return interval.base + (interval.slope * fade) / ratedCapacity
  const last = error.error.length - 1
  return error.error[Math.min(step, last)] * Math.max(1, step / Math.max(1, last))
}

/** Quantiles of a centred normal relative to its 90 % half-width: P10 and P90 lie at ±0.779 of it, P20 at −0.512. */
export const quantileOfHalfWidth = {
  p10: -1.2816 / 1.6449,
  p20: -0.8416 / 1.6449,
  p50: 0,
  p90: 1.2816 / 1.6449,
}
