import type { Cycle } from '../cell/cycle.ts'
import { legacyFeatures } from '../features/legacyFeatures.ts'
import type { AmpereHour, Fraction } from '../units/quantities.ts'
import { expertInputs, fillNetworkInput, type NetworkAxes } from './networkAxes.ts'
import {
  blended,
  presentReader,
  tellsBefore,
  type FadeHead,
  type MeasuredUse,
  type PresentEvidence,
  type PresentHead,
  type PresentReading,
} from './presentCapacity.ts'
import {
  contains,
  curvePoints,
  narrowed,
  observe,
  wholeWindow,
  type EvidenceWindow,
  type Observation,
  type VoltageGrid,
} from './state.ts'
import type { TypicalLoss } from './typicalLoss.ts'

/** Everything that a package knows of one cell type's evidence. */
export interface CellTypeEvidence {
  readonly label: string
  readonly chemistry: string
  readonly nominalCapacity_Ah: AmpereHour
  readonly present: PresentEvidence
  readonly axes: NetworkAxes
  /** Absent: the package does not say. */
  readonly losses?: readonly TypicalLoss[]
  /** Least and greatest of each feature in training. */
  readonly features: { readonly low: readonly number[]; readonly high: readonly number[] }
}

/** The use under which a cycle was measured. */
export interface OwnUse {
  readonly chargeRate: number
  readonly dischargeRate: number
  /** Of the discharge before the charge; null where it is not known. */
  readonly beforeRate: number | null
  readonly temperature: number
}

export interface EvidenceReading {
  /** Present capacity relative to the rated one. */
  readonly capacity: Fraction
  readonly head: PresentHead
  readonly surprise: number
  readonly isWhole: boolean
  /** What was used. */
  readonly seen: VoltageGrid & { readonly hasRest: boolean }
  /** Mean error that its window and what is assumed add to that of the whole one, relative to the rated capacity. */
  readonly addedError: Fraction
  /** Its part for the discharge before the charge, which is taken for the same as after; null where none is assumed. */
  readonly assumedBefore: Fraction | null
  /** What the capacity changes by at each step if the use is held, by regression, and its share in the forecast. */
  readonly held: { readonly share: Fraction; at(step: number): Fraction }
  /** (12) of the completed state. */
  readonly rawFeatures: Float64Array
  /** (127) and (12) of the network at a state of health: the present one, or one further along. */
  networkInput(health: Fraction): { experts: Float32Array; features: Float32Array }
}

/** Reads cycles of one cell type. */
export interface EvidenceReader {
  /** Present capacity and fade, relative to the rated capacity, of a state (64) measured in its whole window. */
  readState(state: Float64Array, use: OwnUse): { capacity: Fraction; fadeAt: (step: number) => Fraction }
  /** Null where the cycle shows less than the narrowest window of the type. */
  read(
    cycle: Pick<Cycle, 'chargeCurve' | 'relaxation'>,
    use: OwnUse,
    options: ReadingOptions,
  ): EvidenceReading | null
}

export interface ReadingOptions {
  readonly ratedCapacity: AmpereHour
  /** Hides the charge below it, V. */
  readonly startVoltage?: number | undefined
}

const readers = new WeakMap<CellTypeEvidence, EvidenceReader>()

/** The reader of a type's evidence; made once, its windows as they are first met. */
export function evidenceReader(type: CellTypeEvidence): EvidenceReader {
  const known = readers.get(type)
  if (known !== undefined) return known
  const reader = newReader(type)
  readers.set(type, reader)
  return reader
}

function newReader(type: CellTypeEvidence): EvidenceReader {
  const present = presentReader(type.present)
  const { grid, heads } = type.present
  const widest = heads[0]
  const isBeforeTold = tellsBefore(type.present)
  return {
    readState(state, own) {
      const reading = present.read({ state, window: wholeWindow }, measuredUseOf(own))
      return {
        capacity: reading?.capacity ?? NaN,
        fadeAt: reading === null ? () => NaN : heldFade(type.present, reading),
      }
    },
    read(cycle, own, { ratedCapacity, startVoltage }) {
      const seen = observe(cycle, grid, ratedCapacity)
      const observation =
        seen === null || startVoltage === undefined ? seen : startingAt(seen, grid, startVoltage)
      if (observation === null) return null
      const use = measuredUseOf(own)
      const reading = present.read(observation, use)
      if (reading === null) return null
      const assumedBefore = isBeforeTold && own.beforeRate === null ? type.present.hiddenBeforeError : null
      const rawFeatures = stateFeatures(reading.state, grid, ratedCapacity)
      return {
        capacity: reading.capacity,
        head: reading.head,
        surprise: reading.surprise,
        isWhole: reading.head === widest,
        seen: { ...voltages(reading.head.window, grid), hasRest: reading.head.window.hasRest },
        addedError: Math.max(0, reading.head.error - widest.error) + (assumedBefore ?? 0),
        assumedBefore,
        held: { share: type.present.fadeShare, at: heldFade(type.present, reading) },
        rawFeatures,
        networkInput: (health) => {
          const out = {
            experts: new Float32Array(expertInputs),
            features: new Float32Array(rawFeatures.length),
          }
          fillNetworkInput(out, type.axes, {
            state: reading.state,
            use,
            capacity: health,
            features: rawFeatures,
          })
          return out
        },
      }
    },
  }
}

/** Whether a cycle shows enough for some window. */
export function isEnough(
  grid: VoltageGrid,
  windows: readonly EvidenceWindow[],
  cycle: Pick<Cycle, 'chargeCurve' | 'relaxation'>,
): boolean {
  const seen = observe(cycle, grid, 1)
  return seen !== null && windows.some((window) => contains(seen.window, window))
}

export function measuredUseOf({ chargeRate, dischargeRate, beforeRate, temperature }: OwnUse): MeasuredUse {
  const [charge, discharge] = [chargeRate, dischargeRate].map((rate) => Math.log2(Math.max(rate, 1e-3)))
  return [charge, discharge, temperature / 10, beforeRate === null ? 0 : apart(beforeRate, dischargeRate)]
}

/** Rates that differ by less, in log₂, are the same within what a cycler holds: it must not count as a difference. */
const leastApart = 0.05

/** log₂ of the ratio of two rates. */
function apart(rate: number, other: number): number {
  const ratio = Math.log2(Math.max(rate, 1e-3) / Math.max(other, 1e-3))
  return Math.abs(ratio) < leastApart ? 0 : ratio
}

/** (12) the published features of a whole state. */
export function stateFeatures(
  state: Float64Array,
  grid: VoltageGrid,
  ratedCapacity: AmpereHour,
): Float64Array {
  const cycle = {
    chargeCurve: { ...grid, charge: state.subarray(0, curvePoints).map((q) => q * ratedCapacity) },
    relaxation: { time: null, voltage: state.slice(curvePoints) },
  }
  return legacyFeatures(cycle, { features: 12, curveUnit: 'Ah' }) ?? new Float64Array(12).fill(NaN)
}

/** What the capacity changes by at each step under a held use: by regression, and by the perceptron in its share. */
function heldFade(
  { fades, perceptron }: PresentEvidence,
  { fade, opinion }: PresentReading,
): (step: number) => Fraction {
  const regressed = between(fades, fade)
  const share = perceptron?.fadeShare ?? 0
  if (opinion === null || share === 0) return regressed
  const last = opinion.lost.length - 1
  return (step) => blended(regressed(step), opinion.lost[Math.min(step, last)], share)
}

/** Straight between the steps that have a head, from nothing at step 0; the last is held. */
function between(heads: readonly FadeHead[], fade: readonly Fraction[]): (step: number) => Fraction {
  const points = [{ step: 0, value: 0 }, ...heads.map(({ step }, i) => ({ step, value: fade[i] ?? NaN }))]
  return (step) => {
    const right = points.find((point) => point.step >= step) ?? points[points.length - 1]
    const left = points.findLast((point) => point.step <= step) ?? right
    const span = right.step - left.step
    return span <= 0 ? right.value : left.value + ((step - left.step) / span) * (right.value - left.value)
  }
}

function voltages({ first, last }: EvidenceWindow, { from, to }: VoltageGrid): VoltageGrid {
  const step = (to - from) / (curvePoints - 1)
  return { from: from + first * step, to: from + last * step }
}

function startingAt(
  observation: Observation,
  { from, to }: VoltageGrid,
  startVoltage: number,
): Observation | null {
  const first = Math.ceil(((startVoltage - from) / (to - from)) * (curvePoints - 1) - 1e-6)
  const { window } = observation
  if (first <= window.first) return observation
  if (first >= window.last) return null
  return narrowed(observation, { ...window, first })
}
