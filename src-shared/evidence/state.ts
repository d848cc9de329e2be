import type { ChargeCurve, Cycle, Relaxation } from '../cell/cycle.ts'
import type { AmpereHour, Volt } from '../units/quantities.ts'

/** Points of the charge curve's grid. */
export const curvePoints = 50
/** Samples of the rest, every two minutes from two minutes after the charge on. */
export const restPoints = 14
/** Length of a state: the charge curve relative to the rated capacity, then the rest. */
export const stateLength = curvePoints + restPoints

/** The even voltage grid on which the charge curves of a cell type are compared. */
export interface VoltageGrid {
  readonly from: Volt
  readonly to: Volt
}

/** The part of a state that was measured: grid points first … last of the curve, and the rest or not. */
export interface EvidenceWindow {
  readonly first: number
  readonly last: number
  readonly hasRest: boolean
}

export const wholeWindow: EvidenceWindow = { first: 0, last: curvePoints - 1, hasRest: true }

/** What one cycle shows: (64) state, meaningful inside its window only. */
export interface Observation {
  readonly state: Float64Array
  readonly window: EvidenceWindow
}

/** A rest sample relative to this, in this unit, is of the size of a curve point. */
const restLevel_V = 4.16
const restScale_V = 0.2
/** A curve that starts or ends this near to a grid point reaches it; what lies further out was not measured. */
const reach_V = 1e-3
/** Fewer rest samples are no rest. */
const leastRest = 4

/**
 * A cycle on the grid; null where it has no charge curve, or none of at least two grid points.
 *
 * The curve counts from its first measured grid point. A curve whose file does not say its voltages is no evidence.
 */
export function observe(
  cycle: Pick<Cycle, 'chargeCurve' | 'relaxation'>,
  grid: VoltageGrid,
  ratedCapacity: AmpereHour,
): Observation | null {
  const { chargeCurve, relaxation } = cycle
  const from = chargeCurve?.from ?? null
  if (chargeCurve === null || from === null || chargeCurve.to === null) return null
  const state = new Float64Array(stateLength)
  const span = { from, to: chargeCurve.to }
  const step = (grid.to - grid.from) / (curvePoints - 1)
  const first = Math.max(0, Math.ceil((span.from - reach_V - grid.from) / step - 1e-6))
  const last = Math.min(curvePoints - 1, Math.floor((span.to + reach_V - grid.from) / step + 1e-6))
  if (last <= first) return null
  const start = chargeAt(chargeCurve, span, grid.from + first * step)
  for (let i = first; i <= last; i++) {
    state[i] = (chargeAt(chargeCurve, span, grid.from + i * step) - start) / ratedCapacity
  }
  const hasRest = relaxation !== null && relaxation.voltage.length >= leastRest
  if (hasRest) state.set(restOnTime(relaxation), curvePoints)
  return { state, window: { first, last, hasRest } }
}

/** The part of an observation inside a narrower window. */
export function narrowed({ state }: Observation, window: EvidenceWindow): Observation {
  const seen = new Float64Array(stateLength)
  for (let i = window.first; i <= window.last; i++) seen[i] = state[i] - state[window.first]
  if (window.hasRest) seen.set(state.subarray(curvePoints), curvePoints)
  return { state: seen, window }
}

export function contains(outer: EvidenceWindow, inner: EvidenceWindow): boolean {
  return outer.first <= inner.first && outer.last >= inner.last && (outer.hasRest || !inner.hasRest)
}

function chargeAt({ charge }: ChargeCurve, { from, to }: VoltageGrid, voltage: Volt): AmpereHour {
  const at = Math.min(Math.max(((voltage - from) / (to - from)) * (charge.length - 1), 0), charge.length - 1)
  const nearest = Math.round(at)
  if (Math.abs(at - nearest) < 1e-6) return charge[nearest]
  const left = Math.floor(at)
  return charge[left] + (at - left) * (charge[left + 1] - charge[left])
}

/**
 * Spacing of the samples where the file gives no time, s: 14 or so in 30 minutes (UL), 90 to 103 in 30 minutes (LSD),
 * 119 or 238 every 30 s (UL-NCM+NCA); inferred from their number.
 */
function publishedSpacing(samples: number): number {
  if (samples <= 40) return 120
  return samples <= 110 ? 20 : 30
}

/**
 * (14) the rest at 120, 240 … 1680 s after the charge. A first sample above 4.19 V was taken under current; a rise of
 * 0.6 mV or a fall of 9 mV is another step. A missing tail is held at the last sample.
 */
function restOnTime({ time, voltage }: Relaxation): Float64Array {
  const first = voltage[0] > 4.19 ? 1 : 0
  const spacing = publishedSpacing(voltage.length)
  const at = (i: number): number => (time === null ? (i + 1 - first) * spacing : time[i])
  let end = first + 1
  while (end < voltage.length && isSameRest(voltage[end - 1], voltage[end])) end++
  const resampled = new Float64Array(restPoints)
  let left = first
  for (let k = 0; k < restPoints; k++) {
    const wanted = (k + 1) * 120
    while (left + 2 < end && at(left + 1) < wanted) left++
    const right = Math.min(left + 1, end - 1)
    const span = at(right) - at(left)
    const share = span > 0 ? Math.min(1, Math.max(0, (wanted - at(left)) / span)) : 0
    resampled[k] = (voltage[left] + share * (voltage[right] - voltage[left]) - restLevel_V) / restScale_V
  }
  return resampled
}

function isSameRest(before: Volt, after: Volt): boolean {
  return after <= before + 6e-4 && before - after <= 9e-3
}
