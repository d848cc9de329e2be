import type { Fraction } from '../units/quantities.ts'
import { completionOf, type Completion, type StateSpread } from './gaussian.ts'
import { perceptronReader, type Perceptron, type PerceptronAnswer } from './perceptron.ts'
import { fillSignals, signalsLength } from './signals.ts'
import {
  contains,
  narrowed,
  stateLength,
  type EvidenceWindow,
  type Observation,
  type VoltageGrid,
} from './state.ts'

/**
 * How a cycle was measured: [log₂ charge rate, log₂ discharge rate, temperature / 10 °C, log₂ of the rate of the discharge
 * before the charge over that after it]; the last is 0 where it is not known.
 */
export type MeasuredUse = readonly [number, number, number, number]

export const useLength = 4

/** A regression of the present capacity for one window. */
export interface PresentHead {
  readonly window: EvidenceWindow
  /** Relative to the rated capacity, far from every trained state. */
  readonly level: Fraction
  /** (M) weight of each prototype. */
  readonly weights: Float32Array
  /** Mean absolute error on cells not trained on, relative to the rated capacity. */
  readonly error: Fraction
  /** A measurement more surprising than this is none of such a cell. */
  readonly surpriseLimit: number
}

/** A regression of what cells lose until a step under the use they were measured in. */
export interface FadeHead {
  readonly step: number
  /** Relative to the rated capacity; negative. */
  readonly level: Fraction
  /** (M), 0 for prototypes that were not followed so far. */
  readonly weights: Float32Array
}

/** What a package was tuned by on cells of its user's own: a second sum of kernels that every head adds. */
export interface PresentCorrection {
  /** (K,64) prototypes of the own cells: means of like states, float32. */
  readonly states: Float32Array
  /** (K,4) */
  readonly uses: Float32Array
  /** (K) of each head. */
  readonly weights: readonly Float32Array[]
}

/** A second opinion, and how much of it is taken: what was best on cells left out. */
export interface PresentPerceptron {
  readonly network: Perceptron
  /** Of the present capacity, where the widest window was measured; narrower ones are the heads' alone. */
  readonly presentShare: Fraction
  /** Of the fade under a held use, the fade heads' is the rest. */
  readonly fadeShare: Fraction
}

/** What a cell type's trained states say of the present capacity, and of what follows if the use is held. */
export interface PresentEvidence {
  readonly grid: VoltageGrid
  readonly spread: StateSpread
  /** (M,64) prototypes: means of like trained states, float32. */
  readonly states: Float32Array
  /** (M,4) */
  readonly uses: Float32Array
  /** The widest first. */
  readonly heads: readonly PresentHead[]
  /** By step. */
  readonly fades: readonly FadeHead[]
  /** Share of the regression in the fade, the network's is the rest: what was best on cells left out. */
  readonly fadeShare: Fraction
  /** Absent: the regressions answer alone. */
  readonly perceptron?: PresentPerceptron
  /** What the mean error grows by, relative to the rated capacity, where the discharge before the charge is not known. */
  readonly hiddenBeforeError: Fraction
  /** Absent: the package was not tuned. It moves the present capacity only. */
  readonly correction?: PresentCorrection
}

/** A package says which kernel its weights were learned for. */
export const kernelName = 'radial 0.005 + linear'

/** Width of the radial part of the kernel in standardised signals. */
const gamma = 0.005
/** Weight of the use against the signals. */
const useWeight = 5
/** A standardised signal beyond it is an outlier, not more evidence. */
const clip = 8

const useAt = signalsLength
const squareAt = useAt + useLength
const width = squareAt + 1

/**
 * Maps whole states and uses to the coordinates of the kernel: signals and use, standardised over the prototypes and
 * clipped, and the square of the signals' length.
 */
export interface KernelAxes {
  readonly count: number
  /** (M,131) */
  readonly points: Float64Array
  place(out: Float64Array, state: Float64Array, use: ArrayLike<number>): void
}

export function kernelAxes(
  states: Float32Array,
  uses: Float32Array,
  complete: (state: Float64Array) => Float64Array,
): KernelAxes {
  const count = uses.length / useLength
  const points = new Float64Array(count * width)
  for (let m = 0; m < count; m++) {
    const row = points.subarray(m * width, (m + 1) * width)
    fillSignals(row, complete(Float64Array.from(states.subarray(m * stateLength, (m + 1) * stateLength))))
    for (let d = 0; d < useLength; d++) row[useAt + d] = uses[m * useLength + d]
  }
  const { mean, scale } = standardisation(points, count)
  const standardise = (row: Float64Array): void => {
    let square = 0
    for (let d = 0; d < squareAt; d++) {
      const value = (row[d] - mean[d]) * scale[d]
      row[d] = d < useAt ? Math.min(clip, Math.max(-clip, value)) : useWeight * value
      if (d < useAt) square += row[d] * row[d]
    }
    row[squareAt] = square
  }
  for (let m = 0; m < count; m++) standardise(points.subarray(m * width, (m + 1) * width))
  return {
    count,
    points,
    place(out, state, use) {
      fillSignals(out, state)
      for (let d = 0; d < useLength; d++) out[useAt + d] = use[d]
      standardise(out)
    },
  }
}

/** (K,131) the prototypes of a correction on the axes of the trained ones: tuning moves no axis. */
export function correctionPoints(
  axes: KernelAxes,
  { states, uses }: Pick<PresentCorrection, 'states' | 'uses'>,
  complete: (state: Float64Array) => Float64Array,
): Float64Array {
  const count = uses.length / useLength
  const points = new Float64Array(count * width)
  for (let k = 0; k < count; k++) {
    const state = Float64Array.from(states.subarray(k * stateLength, (k + 1) * stateLength))
    const row = points.subarray(k * width, (k + 1) * width)
    axes.place(row, complete(state), uses.subarray(k * useLength, (k + 1) * useLength))
  }
  return points
}

/** A part of the use that never differed in training tells nothing; it scales with 0. */
function standardisation(points: Float64Array, count: number): { mean: Float64Array; scale: Float64Array } {
  const mean = new Float64Array(width)
  const scale = new Float64Array(width)
  for (let i = 0; i < points.length; i++) mean[i % width] += points[i] / count
  for (let i = 0; i < points.length; i++) scale[i % width] += (points[i] - mean[i % width]) ** 2 / count
  return { mean, scale: scale.map((variance) => (variance > 1e-12 ? 1 / Math.sqrt(variance) : 0)) }
}

/** Whether prototypes differ in the discharge before their charge: else it tells nothing. */
export function tellsBefore({ uses }: Pick<PresentEvidence, 'uses'>): boolean {
  return uses.some((value, i) => i % useLength === useLength - 1 && value !== uses[useLength - 1])
}

export function newPoint(): Float64Array {
  return new Float64Array(width)
}

/**
 * Kernel of a point (131) and row m of points: exp(−γ |a − b|²) + ⟨a, b⟩ / 126, the second part over the signals alone.
 *
 * The radial part answers between trained states; alone it falls back to the mean of its type under a use that was never
 * trained. The linear part goes on from what was trained.
 */
export function kernel(point: Float64Array, points: Float64Array, m: number): number {
  const row = m * width
  let even = 0
  let odd = 0
  for (let d = 0; d < useAt; d += 2) {
    const a = point[d] - points[row + d]
    const b = point[d + 1] - points[row + d + 1]
    even += a * a
    odd += b * b
  }
  const signals = even + odd
  let use = 0
  for (let d = useAt; d < squareAt; d++) use += (point[d] - points[row + d]) ** 2
  const product = (point[squareAt] + points[row + squareAt] - signals) / 2
  return Math.exp(-gamma * (signals + use)) + product / signalsLength
}

/** What the evidence says of one cycle. */
export interface PresentReading {
  /** Relative to the rated capacity. */
  readonly capacity: Fraction
  /** (64) the state, completed where it was not measured. */
  readonly state: Float64Array
  readonly head: PresentHead
  readonly surprise: number
  /** What the capacity changes by until each fade head's step, the use held. */
  readonly fade: readonly Fraction[]
  /** What the perceptron says; null where the evidence has none. */
  readonly opinion: PerceptronAnswer | null
}

export interface PresentReader {
  /** Null where the observation covers the window of no head. */
  read(observation: Observation, use: MeasuredUse): PresentReading | null
}

/**
 * Kernel ridge regression of the present capacity on the signals of one cycle, one head for each window: the widest one
 * that the measurement covers answers, the widest together with a perceptron where there is one. It never sees a plan.
 *
 * Saunders, Gammerman, Vovk, Ridge regression learning algorithm in dual variables (1998); prototypes as in
 * Smola, Schölkopf, Sparse greedy matrix approximation for machine learning (2000).
 */
export function presentReader(evidence: PresentEvidence): PresentReader {
  const prepared = new Map<PresentHead, Prepared>()
  const preparedFor = (head: PresentHead): Prepared => {
    const ready = prepared.get(head) ?? prepare(evidence, head)
    prepared.set(head, ready)
    return ready
  }
  const { perceptron } = evidence
  const ask = perceptron === undefined ? null : perceptronReader(perceptron.network)
  return {
    read(observation, use) {
      const head = evidence.heads.find(({ window }) => contains(observation.window, window))
      if (head === undefined) return null
      const { completion, axes, correct } = preparedFor(head)
      const seen = narrowed(observation, head.window)
      const state = completion.complete(seen)
      const near = kernels(axes, state, use)
      const [widest] = evidence.heads
      // The fade is asked of the whole state, as it was completed.
      const whole = head === widest ? near : kernels(preparedFor(widest).axes, state, use)
      const share = head === widest ? (perceptron?.presentShare ?? 0) : 0
      const isAsked = share > 0 || (perceptron?.fadeShare ?? 0) > 0
      const opinion = ask !== null && isAsked ? ask(state, use) : null
      return {
        capacity: blended(weighted(head, near), opinion?.capacity, share) + correct(state, use),
        state,
        head,
        surprise: completion.surprise(seen),
        fade: evidence.fades.map((fade) => weighted(fade, whole)),
        opinion,
      }
    },
  }
}

/** What a share of the second opinion makes of the first, which stays as it is without one. */
export function blended(value: Fraction, opinion: Fraction | undefined, share: Fraction): Fraction {
  return opinion === undefined || share === 0 ? value : (1 - share) * value + share * opinion
}

/** (M) kernel between a state and every kept one. */
function kernels(axes: KernelAxes, state: Float64Array, use: MeasuredUse): Float64Array {
  const point = newPoint()
  axes.place(point, state, use)
  const near = new Float64Array(axes.count)
  for (let m = 0; m < near.length; m++) near[m] = kernel(point, axes.points, m)
  return near
}

function weighted(
  { level, weights }: { level: Fraction; weights: Float32Array },
  near: Float64Array,
): Fraction {
  let value = level
  for (let m = 0; m < near.length; m++) value += weights[m] * near[m]
  return value
}

interface Prepared {
  readonly completion: Completion
  readonly axes: KernelAxes
  /** What tuning adds to the capacity. */
  readonly correct: (state: Float64Array, use: MeasuredUse) => Fraction
}

function prepare(evidence: PresentEvidence, head: PresentHead): Prepared {
  const { window } = head
  const completion = completionOf(evidence.spread, window)
  const complete = completedIn(completion, window)
  const axes = kernelAxes(evidence.states, evidence.uses, complete)
  const weights = evidence.correction?.weights[evidence.heads.indexOf(head)]
  if (evidence.correction === undefined || weights === undefined)
    return { completion, axes, correct: () => 0 }
  const points = correctionPoints(axes, evidence.correction, complete)
  const correct = (state: Float64Array, use: MeasuredUse): Fraction =>
    weighted({ level: 0, weights }, kernels({ ...axes, count: weights.length, points }, state, use))
  return { completion, axes, correct }
}

/** A whole state as it would look if only the window had been measured. */
export function completedIn(
  completion: Completion,
  window: EvidenceWindow,
): (state: Float64Array) => Float64Array {
  return (state) => completion.complete(narrowed({ state, window }, window))
}
