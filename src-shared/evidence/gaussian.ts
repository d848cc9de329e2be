import { cholesky, choleskySolve } from './linear.ts'
import { curvePoints, stateLength, type EvidenceWindow, type Observation } from './state.ts'

/** Mean (64) and covariance (64,64) of a cell type's states. */
export interface StateSpread {
  readonly mean: Float64Array
  readonly covariance: Float64Array
}

/** Completes what a window does not show, and tells how unlike the trained states the rest is. */
export interface Completion {
  /** (64) the whole state: as measured inside the window, most likely outside of it. */
  complete(observation: Observation): Float64Array
  /**
   * Mean squared deviation from the trained states per measured number, in units of their spread, about 1; along the
   * directions in which cells age it counts for little, so that an older cell is no surprise.
   */
  surprise(observation: Observation): number
}

/** Variance of a single measured number, so that a direction that never varied does not count for everything. */
const noise = 1e-8

export function spreadOf(states: readonly Float64Array[]): StateSpread {
  const mean = new Float64Array(stateLength)
  for (const state of states) for (let i = 0; i < stateLength; i++) mean[i] += state[i] / states.length
  const covariance = new Float64Array(stateLength * stateLength)
  for (const state of states) {
    for (let i = 0; i < stateLength; i++) {
      const deviation = (state[i] - mean[i]) / states.length
      for (let j = 0; j < stateLength; j++)
        covariance[i * stateLength + j] += deviation * (state[j] - mean[j])
    }
  }
  return { mean, covariance }
}

/** The conditional mean of a normal distribution given differences to the window's first point, and the rest. */
export function completionOf({ mean, covariance }: StateSpread, window: EvidenceWindow): Completion {
  const seen = measuredPlaces(window)
  const m = seen.length
  const { across, lower } = measuredSpread(covariance, seen)
  let lenient: Float64Array | null = null
  const deviation = (state: Float64Array): Float64Array =>
    Float64Array.from(seen, (place) => measured(state, 0, place) - measured(mean, 0, place))
  return {
    complete({ state }) {
      const weights = deviation(state)
      choleskySolve(lower, m, weights)
      const whole = mean.slice()
      for (let i = 0; i < stateLength; i++) {
        for (let o = 0; o < m; o++) whole[i] += across[i * m + o] * weights[o]
      }
      return joined(whole, state, window)
    },
    surprise({ state }) {
      const values = deviation(state)
      const weights = values.slice()
      lenient ??= measuredSpread(loosened(covariance), seen).lower
      choleskySolve(lenient, m, weights)
      return values.reduce((sum, value, o) => sum + value * weights[o], 0) / m
    },
  }
}

/** Covariance of the state with what is measured (64,m), and the factor (m,m) of that of what is measured. */
function measuredSpread(
  covariance: Float64Array,
  seen: readonly Place[],
): { across: Float64Array; lower: Float64Array } {
  const m = seen.length
  const across = new Float64Array(stateLength * m)
  for (let i = 0; i < stateLength; i++) {
    for (let o = 0; o < m; o++) across[i * m + o] = measured(covariance, i * stateLength, seen[o])
  }
  const lower = new Float64Array(m * m)
  for (let p = 0; p < m; p++) {
    const { of, less } = seen[p]
    for (let o = 0; o < m; o++) {
      lower[p * m + o] =
        across[of * m + o] - (less === null ? 0 : across[less * m + o]) + (p === o ? noise : 0)
    }
  }
  cholesky(lower, m)
  return { across, lower }
}

function measured(row: ArrayLike<number>, at: number, { of, less }: Place): number {
  return row[at + of] - (less === null ? 0 : row[at + less])
}

/** Directions in which cells of a type differ and age. */
const ageing = 5
/** Variance of a single number that is no surprise, (3·10⁻⁴)². */
const shapeNoise = 1e-7
/** Along those a state may lie this many times further out (variance). */
const loose = 100

/** The covariance with its largest directions made wider; by power iteration. */
function loosened(covariance: Float64Array): Float64Array {
  const wide = covariance.slice()
  const rest = covariance.slice()
  for (let k = 0; k < ageing; k++) {
    let direction = Float64Array.from({ length: stateLength }, (_, i) => 1 + ((i * (k + 3)) % 7))
    let variance = 0
    for (let turn = 0; turn < 100; turn++) {
      const next = direction.map((_, i) =>
        direction.reduce((sum, value, j) => sum + rest[i * stateLength + j] * value, 0),
      )
      variance = Math.sqrt(next.reduce((sum, value) => sum + value * value, 0))
      if (variance === 0) break
      direction = next.map((value) => value / variance)
    }
    for (let i = 0; i < stateLength; i++) {
      for (let j = 0; j < stateLength; j++) {
        const share = variance * direction[i] * direction[j]
        wide[i * stateLength + j] += loose * share + (k === 0 && i === j ? shapeNoise : 0)
        rest[i * stateLength + j] -= share
      }
    }
  }
  return wide
}

interface Place {
  readonly of: number
  readonly less: number | null
}

function measuredPlaces({ first, last, hasRest }: EvidenceWindow): Place[] {
  const curve = Array.from({ length: last - first }, (_, i) => ({ of: first + 1 + i, less: first }))
  const rest = Array.from({ length: hasRest ? stateLength - curvePoints : 0 }, (_, i) => ({
    of: curvePoints + i,
    less: null,
  }))
  return [...curve, ...rest]
}

/** Puts the measured part into the likely whole, which then starts at 0 again. */
function joined(
  whole: Float64Array,
  state: Float64Array,
  { first, last, hasRest }: EvidenceWindow,
): Float64Array {
  const base = whole[first] - state[first]
  const after = base + state[last] - whole[last]
  for (let i = first; i <= last; i++) whole[i] = base + state[i]
  for (let i = last + 1; i < curvePoints; i++) whole[i] += after
  const start = whole[0]
  for (let i = 0; i < curvePoints; i++) whole[i] -= start
  if (hasRest) whole.set(state.subarray(curvePoints), curvePoints)
  return whole
}
