import type { AmpereHour, Volt } from '../units/quantities.ts'
import type { Finding } from './finding.ts'
import type { CyclerRecord, StepMode } from './record.ts'
import { stepsOf } from './steps.ts'

/** A run of rows in which the cycler did one thing. */
export interface Segment {
  readonly mode: StepMode
  /** Since the first row of the cycle. */
  readonly start_s: number
  readonly duration_s: number
  readonly rows: number
  readonly from_V: Volt
  readonly to_V: Volt
  /** Charge that went in (positive) or came out. */
  readonly charge_Ah: AmpereHour
}

/** What a part of a cycle offers to an assessment; `reason` says why it cannot serve, null where it can. */
export interface Offer {
  readonly usable: boolean
  readonly reason: string | null
}

/** What one cycle consists of and what it can give. */
export interface CycleProfile {
  readonly number: number
  readonly segments: readonly Segment[]
  /** Voltages that the constant-current charge covers; null where there is none. */
  readonly charge: Offer & { readonly from_V: Volt | null; readonly to_V: Volt | null }
  /** The longest rest after a charge. */
  readonly relaxation: Offer & {
    readonly duration_s: number
    readonly samples: number
    /** Median time between samples; null with fewer than two. */
    readonly interval_s: number | null
  }
}

/** The segments of a cycle's record and what they offer, given what the derivation found missing. */
export function cycleProfile(
  record: CyclerRecord,
  number: number,
  missing: readonly Finding[],
): CycleProfile {
  const segments = stepsOf(record).map((step) => segmentOf(record, step))
  const charges = segments.filter(({ mode }) => mode === 'constant-current charge')
  const rest = longestRest(record)
  return {
    number,
    segments,
    charge: {
      ...offer(missing, 'no-charge-curve'),
      from_V: extreme(
        charges.map(({ from_V }) => from_V),
        Math.min,
      ),
      to_V: extreme(
        charges.map(({ to_V }) => to_V),
        Math.max,
      ),
    },
    relaxation: { ...offer(missing, 'no-relaxation'), ...rest },
  }
}

function segmentOf(
  { time, voltage, chargeCapacity, dischargeCapacity }: CyclerRecord,
  { mode, start, end }: { mode: StepMode; start: number; end: number },
): Segment {
  const last = end - 1
  const moved = (counter: Float64Array) => counter[last] - counter[start]
  return {
    mode,
    start_s: time[start] - time[0],
    duration_s: time[last] - time[start],
    rows: end - start,
    from_V: voltage[start],
    to_V: voltage[last],
    charge_Ah: moved(chargeCapacity) - moved(dischargeCapacity),
  }
}

function longestRest(record: CyclerRecord): Omit<CycleProfile['relaxation'], keyof Offer> {
  const steps = stepsOf(record)
  const rests = steps.filter(({ mode }, i) => mode === 'rest' && steps[i - 1]?.mode.endsWith('charge'))
  const durations = rests.map(({ start, end }) => record.time[end - 1] - record.time[start])
  const longest = rests[durations.indexOf(Math.max(...durations))] as (typeof rests)[number] | undefined
  if (longest === undefined) return { duration_s: 0, samples: 0, interval_s: null }
  const times = record.time.subarray(longest.start, longest.end)
  const gaps = Array.from(times.subarray(1), (time, i) => time - times[i]).toSorted((a, b) => a - b)
  return {
    duration_s: times[times.length - 1] - times[0],
    samples: times.length,
    interval_s: gaps.at(gaps.length >> 1) ?? null,
  }
}

function offer(missing: readonly Finding[], code: string): Offer {
  const finding = missing.find((one) => one.code === code)
  return { usable: finding === undefined, reason: finding?.message ?? null }
}

function extreme(values: readonly number[], choose: (...values: number[]) => number): number | null {
  return values.length === 0 ? null : choose(...values)
}
