import type { Fraction } from '../units/quantities.ts'
import { cholesky, choleskySolve } from './linear.ts'
import type { MeasuredUse } from './presentCapacity.ts'
import { fillSignals, signalsLength } from './signals.ts'

/** What the experts read: how the signals differ from those of a typical cell of the same health, and the health. */
export const expertInputs = signalsLength + 1

/** Coordinates in which a cell type's cycles enter the network. */
export interface NetworkAxes {
  /** (10,126) typical signals = terms of health and use · typical. */
  readonly typical: Float32Array
  /** (126) spread of the signals around the typical ones. */
  readonly scale: Float32Array
  /** (6,F) typical features = terms of use · featureTypical; (F) spread of what is left. */
  readonly featureTypical: Float32Array
  readonly featureScale: Float32Array
}

export interface AxesRow {
  readonly state: Float64Array
  readonly use: MeasuredUse
  readonly capacity: Fraction
  /** (F) NaN where undefined. */
  readonly features: Float64Array
}

const healthTerms = 10
const useTerms = 6
/** Least spread of each signal that tells something: curve, log increment, rest and its falls. */
const signalNoise = { curve: 1.5e-4, increment: 0.03, rest: 0.015 }
/** Health enters the experts in units of a tenth around this. */
const middleHealth = 0.85

/** By least squares over the rows; a term that never differed stays at nothing. */
export function fitNetworkAxes(rows: readonly AxesRow[]): NetworkAxes {
  const signals = rows.map(({ state }) => {
    const values = new Float64Array(signalsLength)
    fillSignals(values, state)
    return values
  })
  const terms = rows.map(({ capacity, use }) => healthTermsOf(capacity, use))
  const typical = leastSquares(terms, signals, { terms: healthTerms, width: signalsLength })
  const rest = signals.map((values, n) => less(values, terms[n], typical))
  const features = rows.map((row) => row.features)
  const known = features.map((values) => values.every(Number.isFinite))
  const usable = <T>(values: readonly T[]): T[] => values.filter((_, n) => known[n])
  const uses = rows.map(({ use }) => useTermsOf(use))
  const F = features[0]?.length ?? 0
  const featureTypical = leastSquares(usable(uses), usable(features), { terms: useTerms, width: F })
  const left = usable(features).map((values, n) => less(values, usable(uses)[n], featureTypical))
  return { typical, scale: scalesOf(rest), featureTypical, featureScale: spreads(left, F) }
}

/** Writes what the experts (127) and the gate (F) read of a whole state; an undefined feature reads as typical. */
export function fillNetworkInput(
  out: { experts: Float32Array; features: Float32Array },
  axes: NetworkAxes,
  row: AxesRow,
): void {
  const signals = new Float64Array(signalsLength)
  fillSignals(signals, row.state)
  const rest = less(signals, healthTermsOf(row.capacity, row.use), axes.typical)
  for (let i = 0; i < signalsLength; i++) {
    // Far outside of what was trained a number says no more than that.
    out.experts[i] = Math.min(8, Math.max(-8, rest[i] / axes.scale[i]))
  }
  out.experts[signalsLength] = (row.capacity - middleHealth) * 10
  const left = less(row.features, useTermsOf(row.use), axes.featureTypical)
  for (let f = 0; f < left.length; f++) {
    const value = left[f] / axes.featureScale[f]
    out.features[f] = Number.isFinite(value) ? Math.min(8, Math.max(-8, value)) : 0
  }
}

function healthTermsOf(capacity: Fraction, [charge, , temperature]: MeasuredUse): number[] {
  const health = (capacity - middleHealth) * 10
  const warm = temperature - 3
  return [
    1,
    health,
    health * health,
    charge,
    warm,
    charge * charge,
    warm * warm,
    health * charge,
    health * warm,
    health ** 3,
  ]
}

function useTermsOf([charge, discharge, temperature]: MeasuredUse): number[] {
  const warm = temperature - 3
  return [1, charge, discharge, warm, charge * charge, warm * warm]
}

/** values − terms · typical; typical (terms, width). */
function less(values: Float64Array, terms: readonly number[], typical: Float32Array): Float64Array {
  const width = values.length
  return values.map((value, i) =>
    terms.reduce((rest, term, t) => rest - term * typical[t * width + i], value),
  )
}

function leastSquares(
  terms: readonly (readonly number[])[],
  values: readonly Float64Array[],
  { terms: K, width }: { terms: number; width: number },
): Float32Array {
  const normal = new Float64Array(K * K)
  const right = Array.from({ length: width }, () => new Float64Array(K))
  terms.forEach((row, n) => {
    for (let i = 0; i < K; i++) {
      for (let j = 0; j <= i; j++) normal[i * K + j] += (row[i] * row[j]) / terms.length
      for (let d = 0; d < width; d++) right[d][i] += (row[i] * values[n][d]) / terms.length
    }
  })
  for (let i = 0; i < K; i++) normal[i * K + i] += 1e-6
  cholesky(normal, K)
  const typical = new Float32Array(K * width)
  right.forEach((column, d) => {
    choleskySolve(normal, K, column)
    for (let k = 0; k < K; k++) typical[k * width + d] = column[k]
  })
  return typical
}

function scalesOf(rows: readonly Float64Array[]): Float32Array {
  return spreads(rows, signalsLength).map((spread, i) => Math.hypot(spread, noiseOf(i)))
}

function noiseOf(i: number): number {
  if (i < 50) return signalNoise.curve
  return i < 99 ? signalNoise.increment : signalNoise.rest
}

function spreads(rows: readonly Float64Array[], width: number): Float32Array {
  return Float32Array.from({ length: width }, (_, f) => {
    const variance = rows.reduce((sum, row) => sum + row[f] ** 2, 0) / Math.max(1, rows.length)
    return variance > 0 ? Math.sqrt(variance) : 1
  })
}
