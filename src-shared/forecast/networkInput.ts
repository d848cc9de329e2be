import { rateOf, type Cycle } from '../cell/cycle.ts'
import { legacyFeatures } from '../features/legacyFeatures.ts'
import type { AmpereHour, Celsius, CRate } from '../units/quantities.ts'
import type { InputConvention, Scaler } from './package.ts'
import type { PlannedCycle } from './scenario.ts'

/** One future row as the network reads it: charge, discharge, temperature. */
export type UseRow = readonly [number, number, number]

export interface CycleInput {
  /** (V) charge curve: Ah for legacy networks, relative to the rated capacity for joint ones. */
  readonly curve: Float32Array
  /** (F) standardised features. */
  readonly features: Float32Array
  /** (F) before standardisation; NaN where undefined. */
  readonly rawFeatures: Float64Array
}

/**
 * Network input of one measured cycle; null when it lacks a charge curve, or the relaxation that the network needs.
 *
 * An undefined feature (a small curve never reaches f11 + 0.2 Ah) enters as the training mean. Standardisation runs in
 * float64 and is cast afterwards, because near-ties in the router flip its mask.
 */
export function cycleInput(
  cycle: Cycle,
  convention: { input: InputConvention; scaler: Scaler | null; ratedCapacity: AmpereHour },
): CycleInput | null {
  const { input, scaler, ratedCapacity } = convention
  const rawFeatures = legacyFeatures(cycle, input)
  if (cycle.chargeCurve === null || rawFeatures === null) return null
  const divisor = input.kind === 'joint' ? ratedCapacity : 1
  return {
    curve: curveInput(cycle.chargeCurve.charge, divisor),
    features: Float32Array.from(rawFeatures, (f, i) => standardised(f, i, scaler)),
    rawFeatures,
  }
}

function curveInput(charge: Float64Array, divisor: AmpereHour): Float32Array {
  const curve = new Float32Array(charge.length)
  for (let i = 0; i < curve.length; i++) curve[i] = charge[i] / divisor
  return curve
}

function standardised(value: number, index: number, scaler: Scaler | null): number {
  if (!Number.isFinite(value)) return 0
  return scaler === null ? value : (value - (scaler.mean[index] ?? 0)) / (scaler.scale[index] ?? 1)
}

/** (T,3) planned use in the network's scaling; the last row is held beyond the plan's end. */
export function useInput(rows: readonly UseRow[], scaling: Scaler, T = rows.length): Float32Array {
  const input = new Float32Array(3 * T)
  for (let i = 0; i < 3; i++) {
    const [mean, scale] = [scaling.mean[i] ?? 0, scaling.scale[i] ?? 1]
    for (let t = 0; t < T; t++)
      input[3 * t + i] = ((rows[Math.min(t, rows.length - 1)]?.[i] ?? 0) - mean) / scale
  }
  return input
}

/** Published UL files store 0.25 C as 2.5 and 1 C as 0.1: what their networks were trained on. */
const storedUlChargeCurrent = new Map([
  [0.25, 2.5],
  [1, 0.1],
])

/** How a planned cycle reads to the network: true C-rates for joint ones, the published numbers for legacy ones. */
export function useRow(planned: PlannedCycle, input: InputConvention, ratedCapacity: AmpereHour): UseRow {
  const { chargeRate, dischargeRate, temperature } = planned
  if (input.kind !== 'legacy') return [chargeRate, dischargeRate, temperature]
  if (input.curveUnit === 'mAh') {
    const nearest = Math.round(chargeRate * 100) / 100
    return [storedUlChargeCurrent.get(nearest) ?? chargeRate, dischargeRate, temperature]
  }
  // TPSL networks (no relaxation) count discharge current as negative.
  const sign = input.features === 6 ? -1 : 1
  return [chargeRate * ratedCapacity, sign * dischargeRate * ratedCapacity, temperature]
}

export interface MeasuredRates {
  readonly chargeRate: CRate | null
  readonly dischargeRate: CRate | null
  /** Of the discharge before the charge. */
  readonly beforeRate: CRate | null
  readonly temperature: Celsius | null
}

/** What a measured cycle says of its own use; null per part where the record is silent. */
export function measuredUse(cycle: Pick<Cycle, 'use'>, ratedCapacity: AmpereHour): MeasuredRates {
  return {
    chargeRate: rateOf(cycle.use.charge, ratedCapacity),
    dischargeRate: rateOf(cycle.use.discharge, ratedCapacity),
    beforeRate: rateOf(cycle.use.before, ratedCapacity),
    temperature: cycle.use.temperature,
  }
}

/** Mean and population σ of each column over rows (N,F); NaN entries are left out; σ = 0 counts as 1. */
export function fitScaler(rows: readonly Float64Array[]): Scaler {
  const size = rows[0]?.length ?? 0
  const columns = Array.from({ length: size }, (_, i) =>
    rows.map((row) => row[i] ?? NaN).filter((x) => Number.isFinite(x)),
  )
  const mean = columns.map((column) => sum(column) / Math.max(1, column.length))
  const scale = columns.map((column, i) => deviation(column, mean[i] ?? 0))
  return { mean, scale }
}

function deviation(column: readonly number[], mean: number): number {
  const variance = sum(column.map((x) => (x - mean) ** 2)) / Math.max(1, column.length)
  return variance > 0 ? Math.sqrt(variance) : 1
}

function sum(values: readonly number[]): number {
  return values.reduce((total, x) => total + x, 0)
}
