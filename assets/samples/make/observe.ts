import type { Chance } from './chance.ts'
import type { Use } from './ageing.ts'
import type { Trace } from './cycle.ts'

/** What a published per-cycle file keeps of one cycle; Ah and V. */
export interface Observation {
  readonly number: number
  readonly use: Use
  /** 50 values over an even voltage grid. */
  readonly curve: readonly number[]
  readonly relaxation: readonly number[]
  readonly charged_Ah: number
  readonly discharged_Ah: number
}

/** The charge curve's grid: fixed, or what the constant-current charge spanned. */
export type CurveWindow = { readonly from: number; readonly to: number } | 'measured'

/** Standard deviations relative to the nominal capacity, and V. */
export const noise = { curve: 1e-4, capacity: 4e-4, relaxation_V: 1e-4 } as const
const points = 50

/** Looks at a trace as the published files do: curve of the constant-current charge, rest after it, capacity. */
export function observed(
  trace: Trace,
  { number, use }: Pick<Observation, 'number' | 'use'>,
  window: CurveWindow,
  { nominal_Ah, random }: { readonly nominal_Ah: number; readonly random: Chance },
): Observation {
  const noisy = (value: number, deviation: number) => value + deviation * random.normal()
  const curve = curveOf(trace, window).map((charge) => noisy(charge, noise.curve * nominal_Ah))
  const zero = window === 'measured' ? 0 : curve[0]
  return {
    number,
    use,
    curve: curve.map((charge) => charge - zero),
    relaxation: relaxationOf(trace).map((volt) => noisy(volt, noise.relaxation_V)),
    charged_Ah: noisy(trace.charged.at(-1) ?? 0, noise.capacity * nominal_Ah),
    discharged_Ah: noisy(trace.discharged.at(-1) ?? 0, noise.capacity * nominal_Ah),
  }
}

/** Charge at 50 even voltages, Ah: linear between the constant-current samples within the window, flat beyond them. */
export function curveOf(trace: Trace, window: CurveWindow): number[] {
  const end = trace.phase.indexOf('hold') - 1
  const { from, to } = window === 'measured' ? { from: trace.voltage[0], to: trace.voltage[end] } : window
  let first = 0
  while (trace.voltage[first] < from) first++
  let last = end
  while (trace.voltage[last] > to) last--
  const curve: number[] = []
  let right = first + 1
  for (let i = 0; i < points; i++) {
    const volt = from + ((to - from) * i) / (points - 1)
    while (right < last && trace.voltage[right] < volt) right++
    const step = trace.voltage[right] - trace.voltage[right - 1]
    const share = Math.min(1, Math.max(0, (volt - trace.voltage[right - 1]) / step))
    curve.push(trace.charged[right - 1] + share * (trace.charged[right] - trace.charged[right - 1]))
  }
  return curve
}

/** Voltages of the rest after charge. */
export function relaxationOf(trace: Trace): number[] {
  const first = trace.phase.indexOf('rest')
  const next = trace.phase.indexOf('discharge', first)
  return trace.voltage.slice(first, next === -1 ? undefined : next)
}
