import type { Finding } from '../cell/finding.ts'
import type { AmpereHour, Fraction } from '../units/quantities.ts'
import type { Scenario } from './scenario.ts'

/** What a number rests on. */
export type Evidence = 'measured' | 'estimated' | 'extrapolated' | 'not-determinable'

/** The 90 % interval is null where the model brings none (imported checkpoints): never shown as zero width. */
export interface CapacityEstimate {
  readonly value_Ah: AmpereHour
  readonly low_Ah: AmpereHour | null
  readonly high_Ah: AmpereHour | null
  readonly evidence: Evidence
}

export interface StateOfHealth {
  readonly value: Fraction
  readonly low: Fraction | null
  readonly high: Fraction | null
  /** Capacity-based; says reference capacity, temperature and rates. */
  readonly definition: string
  readonly evidence: Evidence
}

export interface TrajectoryPoint {
  /** Planned cycles ahead: 0 is the measured cycle itself. */
  readonly cycle: number
  readonly capacity_Ah: AmpereHour
  readonly low_Ah: AmpereHour | null
  readonly high_Ah: AmpereHour | null
  readonly evidence: Evidence
}

/** Cycles ahead until the state of health falls below the threshold; null = not within the horizon. p10 is the earliest. */
export interface EndOfLife {
  readonly threshold: Fraction
  readonly p10: number | null
  readonly p50: number | null
  readonly p90: number | null
  /** Weakest of the steps up to the median crossing, or to the horizon. */
  readonly evidence: Evidence
}

export interface GateReading {
  /** (E) of the mixture; sums to 1. */
  readonly weights: readonly number[]
  readonly logits: readonly number[]
  /** Agreement over networks of other seeds and cells, at most 1; null = not measured, so no degradation mode may be named. */
  readonly stability: Fraction | null
  /** (E) names of the degradation modes that are stable; absent: not measured. */
  readonly names?: readonly (string | null)[] | undefined
}

export interface DomainReading {
  readonly inside: boolean
  readonly findings: readonly Finding[]
}

export interface ModelIdentity {
  readonly name: string
  readonly sha256: string
}

/**
 * The answer for one cell, one cycle and one scenario. Field names carry their units because this very object is the
 * command line's JSON, the window's answer and the report's embedded record.
 */
export interface Assessment {
  readonly schema: 'pimoe-assessment/1'
  readonly cell: string
  readonly cycle: number
  readonly model: ModelIdentity
  readonly nominalCapacity_Ah: AmpereHour
  readonly chemistry: string
  readonly scenario: Scenario
  readonly presentCapacity: CapacityEstimate
  readonly stateOfHealth: StateOfHealth
  readonly gate: GateReading
  readonly trajectory: readonly TrajectoryPoint[]
  readonly endOfLife: EndOfLife
  readonly domain: DomainReading
  /** True when the cell or the model comes from simulated data. */
  readonly simulated: boolean
}
