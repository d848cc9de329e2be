import type { Cycle } from '../cell/cycle.ts'
import type { AmpereHour, Fraction } from '../units/quantities.ts'
import type { Assessment, TrajectoryPoint } from './assessment.ts'
import { measuredUse } from './networkInput.ts'
import { plannedCycles, type PlannedCycle } from './scenario.ts'
import { isSameUse } from './use.ts'

/** A capacity that was measured, by the record or stated by the user. */
export interface MeasuredCapacity {
  /** Place among the cycles of the cell. */
  readonly row: number
  readonly capacity_Ah: AmpereHour
  readonly origin: 'record' | 'stated'
  /** When the library learnt of it, ISO 8601. */
  readonly knownSince: string
}

/** What a forecast said of a later cycle, and what was measured then. */
export interface ScoredPoint {
  /** Cycles ahead of the forecast's own. */
  readonly cycle: number
  readonly measured_Ah: AmpereHour
  readonly forecast_Ah: AmpereHour
  /** Forecast minus measured, relative to the rated capacity. */
  readonly error: Fraction
  /** Whether the interval held the measured value; null where the model gave none. */
  readonly inside: boolean | null
}

export interface ForecastScore {
  /** `forecast`: made before the library knew the measurements; `hindcast`: after, though it never saw them. */
  readonly kind: 'forecast' | 'hindcast'
  /** Empty where nothing can be compared; then `reason` says why. */
  readonly points: readonly ScoredPoint[]
  /** Mean of |error|; null without points. */
  readonly meanError: Fraction | null
  /** Points inside the interval, of those that have one. */
  readonly hits: number
  readonly bands: number
  readonly reason: 'nothing-measured' | 'beyond-horizon' | 'plan-not-followed' | null
}

export interface ScoredForecast {
  readonly row: number
  /** ISO 8601. */
  readonly assessedAt: string
  readonly assessment: Assessment
}

type UsedCycle = Pick<Cycle, 'row' | 'use'>

/**
 * Holds a forecast against capacities measured later on the same cell.
 *
 * A plan can only be judged as far as it was followed: from the first recorded cycle under another use on, nothing is
 * compared (rates within 10 %, temperature within 3 °C; what a record does not say counts as followed).
 */
export function scoreForecast(
  forecast: ScoredForecast,
  measured: readonly MeasuredCapacity[],
  cycles: readonly UsedCycle[],
): ForecastScore {
  const { row, assessedAt, assessment } = forecast
  const later = measured.filter((one) => one.row > row)
  const horizon = assessment.trajectory.at(-1)?.cycle ?? 0
  const within = later.filter((one) => one.row - row <= horizon)
  const followed = followedRows(forecast, cycles, horizon)
  const comparable = within.filter((one) => one.row < followed)
  const unknown = comparable.filter(({ knownSince }) => knownSince > assessedAt)
  const kind = unknown.length > 0 ? 'forecast' : 'hindcast'
  const points = (unknown.length > 0 ? unknown : comparable).flatMap((one) => scoredPoint(forecast, one))
  const banded = points.filter(({ inside }) => inside !== null)
  return {
    kind,
    points,
    meanError: meanOf(points.map(({ error }) => Math.abs(error))),
    hits: banded.filter(({ inside }) => inside === true).length,
    bands: banded.length,
    reason: points.length > 0 ? null : reasonOf(later, within),
  }
}

/** What many scores amount to. */
export interface ScoreSum {
  readonly forecasts: number
  /** Compared values of all of them. */
  readonly points: number
  /** Mean of |error| over all values, relative to the rated capacity. */
  readonly meanError: Fraction | null
  /** Share of the values with an interval that lie inside it; null where none has. */
  readonly hitShare: Fraction | null
}

export function sumOfScores(scores: readonly ForecastScore[]): ScoreSum {
  const points = scores.flatMap((score) => score.points)
  const bands = scores.reduce((sum, score) => sum + score.bands, 0)
  const hits = scores.reduce((sum, score) => sum + score.hits, 0)
  return {
    forecasts: scores.filter((score) => score.points.length > 0).length,
    points: points.length,
    meanError: meanOf(points.map(({ error }) => Math.abs(error))),
    hitShare: bands === 0 ? null : hits / bands,
  }
}

function scoredPoint({ row, assessment }: ScoredForecast, measured: MeasuredCapacity): ScoredPoint[] {
  const cycle = measured.row - row
  const point = assessment.trajectory.find((one) => one.cycle === cycle)
  if (point === undefined || !Number.isFinite(point.capacity_Ah)) return []
  return [
    {
      cycle,
      measured_Ah: measured.capacity_Ah,
      forecast_Ah: point.capacity_Ah,
      error: (point.capacity_Ah - measured.capacity_Ah) / assessment.nominalCapacity_Ah,
      inside: isInside(point, measured.capacity_Ah),
    },
  ]
}

function isInside({ low_Ah, high_Ah }: TrajectoryPoint, measured: AmpereHour): boolean | null {
  if (low_Ah === null || high_Ah === null) return null
  return measured >= low_Ah && measured <= high_Ah
}

/** The first row that was recorded under another use than planned; Infinity where there is none. */
function followedRows(
  { row, assessment }: ScoredForecast,
  cycles: readonly UsedCycle[],
  horizon: number,
): number {
  const plan = plannedCycles(assessment.scenario, horizon + 1)
  const strayed = cycles.find(({ row: at, use }) => {
    const planned = plan.at(at - row)
    if (at <= row || at - row > horizon || planned === undefined) return false
    return !isSameUse(filledIn(use, planned, assessment.nominalCapacity_Ah), planned)
  })
  return strayed?.row ?? Infinity
}

function filledIn(use: Cycle['use'], planned: PlannedCycle, rated: AmpereHour): PlannedCycle {
  const known = measuredUse({ use }, rated)
  return {
    chargeRate: known.chargeRate ?? planned.chargeRate,
    dischargeRate: known.dischargeRate ?? planned.dischargeRate,
    temperature: known.temperature ?? planned.temperature,
  }
}

function reasonOf(
  later: readonly MeasuredCapacity[],
  within: readonly MeasuredCapacity[],
): ForecastScore['reason'] {
  if (later.length === 0) return 'nothing-measured'
  return within.length === 0 ? 'beyond-horizon' : 'plan-not-followed'
}

function meanOf(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length
}
