import type { Fraction } from '../units/quantities.ts'
import { fillSignals, signalsLength } from './signals.ts'

/** One layer: weights (inputs, outputs), row-major, and bias (outputs). */
export interface Layer {
  readonly weights: Float32Array
  readonly bias: Float32Array
}

/**
 * A small network that reads a whole measurement and says the present capacity and what is lost if the use is held: two
 * hidden layers of H sigmoid-weighted units, then 1 + K numbers.
 *
 * Elfwing, Uchibe, Doya, Sigmoid-weighted linear units (2018).
 */
export interface Perceptron {
  /** (D) of the signals and the use over the trained rows; 1 / spread, 0 where nothing ever differed. */
  readonly mean: Float32Array
  readonly scale: Float32Array
  /** (D,H), (H,H), (H,1+K). */
  readonly layers: readonly [Layer, Layer, Layer]
  /** Present capacity = level + spread · first output, relative to the rated capacity. */
  readonly level: Fraction
  readonly spread: Fraction
  /** (K,T) directions of the loss until each step, relative to the rated capacity. */
  readonly basis: Float32Array
}

export interface PerceptronAnswer {
  /** Relative to the rated capacity. */
  readonly capacity: Fraction
  /** (T) what the capacity changes by until each step, the use held; 0 at step 0. */
  readonly lost: Float64Array
}

/** Reads a whole state (64) and a use. */
export type PerceptronReader = (state: Float64Array, use: ArrayLike<number>) => PerceptronAnswer

/** A standardised number beyond it is an outlier, not more evidence. */
const clip = 8

export function perceptronReader(perceptron: Perceptron): PerceptronReader {
  const { mean, scale, layers, level, spread, basis } = perceptron
  const input = new Float64Array(mean.length)
  const values = layers.map(({ bias }) => new Float64Array(bias.length))
  const K = values[2].length - 1
  const T = basis.length / K
  return (state, use) => {
    fillInput(input, state, use)
    for (let d = 0; d < input.length; d++) input[d] = standardised(input[d], mean[d], scale[d])
    runLayer(values[0], layers[0], input)
    activate(values[0])
    runLayer(values[1], layers[1], values[0])
    activate(values[1])
    runLayer(values[2], layers[2], values[1])
    const lost = new Float64Array(T)
    for (let k = 0; k < K; k++) {
      const share = values[2][k + 1]
      for (let t = 0; t < T; t++) lost[t] += share * basis[k * T + t]
    }
    return { capacity: level + spread * values[2][0], lost }
  }
}

/** Signals of a state, then the use, as they are. */
export function fillInput(input: Float64Array, state: Float64Array, use: ArrayLike<number>): void {
  fillSignals(input, state)
  for (let d = signalsLength; d < input.length; d++) input[d] = use[d - signalsLength]
}

export function standardised(value: number, mean: number, scale: number): number {
  return Math.min(clip, Math.max(-clip, (value - mean) * scale))
}

function runLayer(out: Float64Array, { weights, bias }: Layer, input: Float64Array): void {
  const width = out.length
  out.set(bias)
  for (let i = 0; i < input.length; i++) {
    const value = input[i]
    const row = i * width
    for (let j = 0; j < width; j++) out[j] += value * weights[row + j]
  }
}

/** x / (1 + e⁻ˣ) in place. */
function activate(values: Float64Array): void {
  for (let i = 0; i < values.length; i++) values[i] /= 1 + Math.exp(-values[i])
}
