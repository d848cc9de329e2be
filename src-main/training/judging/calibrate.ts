import type { IntervalTable } from '../../../src-shared/forecast/package.ts'
import { forecast, type TrainedNetwork } from '../network/predict.ts'
import type { Samples } from '../windows/samples.ts'

const level = 0.9
/** The table's unit: one per cent of the rated capacity; only its ratio to the slope matters. */
const base = 0.01
/** Shares of the predicted fade that are tried. */
const slopes = [0, 0.03, 0.1, 0.3, 1]

/**
 * Interval table from cells the network was not trained on.
 *
 * Per cell and step the 90 % quantile of |y − ŷ| / (base + slope · |ŷ_t − ŷ_0|), then the conformal ⌈0.9 (n+1)⌉-th
 * smallest over the n cells (the largest below 9): split conformal prediction with whole cells as the exchangeable unit
 * (Vovk et al. 2005). The slope that makes the bands narrowest is taken. Capacities relative to the rated one.
 */
export function calibrate(model: TrainedNetwork, samples: Samples): IntervalTable {
  const predicted = forecast(model, samples)
  const cells = [...new Set(samples.cell)]
  const candidates = slopes.map((slope) => {
    const residuals: Residuals = { samples, predicted, T: model.network.T, slope }
    const score = nonDecreasing(scores(residuals, cells))
    return { slope, score, ...bandOf(residuals, score) }
  })
  const best = candidates.reduce((a, b) => (b.width < a.width ? b : a))
  return { level, base, slope: best.slope, score: best.score, cells: cells.length, coverage: best.coverage }
}

interface Residuals {
  readonly samples: Samples
  readonly predicted: Float32Array
  readonly T: number
  readonly slope: number
}

function scores(residuals: Residuals, cells: readonly number[]): number[] {
  const { samples, T } = residuals
  const perStep = Array.from({ length: T }, () => cells.map((): number[] => []))
  for (let i = 0; i < samples.N; i++) {
    const place = cells.indexOf(samples.cell[i])
    for (let t = 0; t < T; t++) {
      if (samples.mask[i * T + t] === 1)
        perStep[t][place].push(residual(residuals, i, t) / unit(residuals, i, t))
    }
  }
  return perStep.map((step) =>
    conformal(step.filter((values) => values.length > 0).map((values) => quantile(values))),
  )
}

function residual({ samples, predicted, T }: Residuals, i: number, t: number): number {
  return Math.abs(samples.target[i * T + t] - predicted[i * T + t])
}

/** Half-width of the band at score 1. */
function unit({ predicted, T, slope }: Residuals, i: number, t: number): number {
  return base + slope * Math.abs(predicted[i * T + t] - predicted[i * T])
}

function quantile(values: number[]): number {
  const sorted = values.sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.ceil(level * sorted.length) - 1)]
}

function conformal(values: number[]): number {
  const sorted = values.sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.ceil((sorted.length + 1) * level) - 1)] ?? 0
}

/** A forecast never grows more certain with distance, though files that end early can make it look so. */
function nonDecreasing(values: readonly number[]): number[] {
  let largest = 0
  return values.map((value) => (largest = Math.max(largest, value)))
}

/** Mean half-width and share of targets inside. */
function bandOf(residuals: Residuals, score: readonly number[]): { width: number; coverage: number } {
  const { samples, T } = residuals
  let width = 0
  let inside = 0
  let count = 0
  for (let i = 0; i < samples.N; i++) {
    for (let t = 0; t < T; t++) {
      if (samples.mask[i * T + t] === 0) continue
      const half = score[t] * unit(residuals, i, t)
      width += half
      inside += residual(residuals, i, t) <= half ? 1 : 0
      count++
    }
  }
  return { width: width / Math.max(1, count), coverage: inside / Math.max(1, count) }
}
