import type { ChargeCurve, Cycle, Relaxation } from '../cell/cycle.ts'
import { evenAxis, interpolant } from '../cell/interpolate.ts'
import { moments } from './moments.ts'

export interface LegacyFeatureOptions {
  /** 12 with relaxation, 6 without: the last six of the twelve. */
  readonly features: 12 | 6
  /** Unit in which the curve features are computed: the published UL networks use mAh and mAh². */
  readonly curveUnit: 'Ah' | 'mAh'
}

/** Names of the twelve features, in order; the six of a network without relaxation are the last six. */
export const legacyFeatureNames = [
  'relaxation mean',
  'relaxation skew',
  'relaxation max',
  'relaxation min',
  'relaxation variance',
  'relaxation kurtosis',
  'curve mean',
  'curve skew',
  'curve max',
  'curve variance',
  'charge at 3.65 V',
  'voltage 0.2 Ah later',
] as const

/**
 * The published feature vector of a cycle, float64, in the order of `legacyFeatureNames`.
 *
 * Null when the charge curve (or, for 12 features, the relaxation) is missing. A feature that is undefined for this
 * cell, as the last one is for small or aged cells, is NaN.
 */
export function legacyFeatures(
  cycle: Pick<Cycle, 'chargeCurve' | 'relaxation'>,
  options: LegacyFeatureOptions,
): Float64Array | null {
  if (cycle.chargeCurve === null) return null
  const curve = curveFeatures(cycle.chargeCurve, options.curveUnit)
  if (options.features === 6) return Float64Array.from(curve)
  if (cycle.relaxation === null) return null
  return Float64Array.from([...relaxationFeatures(cycle.relaxation), ...curve])
}

function relaxationFeatures({ voltage }: Relaxation): number[] {
  const { mean, skew, max, min, variance, kurtosis } = moments(voltage)
  return [mean, skew, max, min, variance, kurtosis]
}

function curveFeatures(curve: ChargeCurve, unit: 'Ah' | 'mAh'): number[] {
  const perAmpereHour = unit === 'mAh' ? 1000 : 1
  const charge = curve.charge.map((value) => value * perAmpereHour)
  const { mean, skew, max, variance } = moments(charge)
  return [mean, skew, max, variance, ...chargeMarks(charge, 0.2 * perAmpereHour)]
}

// The published code puts every curve on 3.6 … 4.1 V, whatever window it was measured in.
const axis = evenAxis(3.6, 4.1, 1000)
const markIndex = nearestIndex(3.65)

/** Charge at the axis point nearest 3.65 V, and the voltage of the first point `step` beyond it (NaN when none is). */
function chargeMarks(charge: Float64Array, step: number): [number, number] {
  const chargeAt = interpolant(evenAxis(3.6, 4.1, charge.length), charge)
  const mark = chargeAt(axis[markIndex])
  let reached = 0
  while (reached < axis.length && !(chargeAt(axis[reached]) >= mark + step)) reached++
  return [mark, reached > 0 && reached < axis.length ? axis[reached] : Number.NaN]
}

function nearestIndex(voltage: number): number {
  const distance = axis.map((value) => Math.abs(value - voltage))
  return distance.indexOf(Math.min(...distance))
}
