import type { ModelIdentity, TrajectoryPoint } from '../forecast/assessment.ts'
import type { ForecastScore, MeasuredCapacity, ScoreSum } from '../forecast/scoring.ts'

/** A kept forecast of a cell beside what was measured later. */
export interface CellForecast {
  /** Id of the assessment. */
  readonly id: string
  readonly assessedAt: string
  readonly model: ModelIdentity
  readonly scenario: string
  /** The cycler's number of the cycle it was made from, and its place. */
  readonly cycle: number
  readonly row: number
  /** True where it started from a measured capacity. */
  readonly isAnchored: boolean
  readonly trajectory: readonly TrajectoryPoint[]
  readonly score: ForecastScore
}

/** Scores of one model, those of real forecasts apart from those made when the truth was known. */
export interface ModelScore extends ScoreSum {
  readonly model: ModelIdentity
  readonly kind: ForecastScore['kind']
  readonly cells: number
  /** True when any of the cells is simulated. */
  readonly simulated: boolean
}

/** Every kept forecast of one cell, newest first; one made again counts once, when it was first made. */
export interface CellScores {
  readonly schema: 'pimoe-cell-scores/1'
  readonly cell: string
  readonly cellName: string
  readonly simulated: boolean
  readonly measured: readonly MeasuredCapacity[]
  readonly forecasts: readonly CellForecast[]
  readonly models: readonly ModelScore[]
}

/** Of the whole library. */
export interface LibraryScores {
  readonly schema: 'pimoe-scores/1'
  readonly models: readonly ModelScore[]
}
