/** Errors over answered windows: percent of the true capacity, over all windows, never over batches. */
export interface ForecastMetrics {
  readonly mape: number | null
  readonly rmse_Ah: number | null
  readonly mae_Ah: number | null
  /** MAPE of the worst window. */
  readonly maxWindowMape: number | null
  /** MAPE of the first step, the present capacity, and of the last. */
  readonly step1Mape: number | null
  readonly lastStepMape: number | null
  /** Share of true capacities inside the interval, 0 … 1; null where the model has none. */
  readonly coverage90: number | null
  /** Mean full width of the interval, percent of the true capacity. */
  readonly width90: number | null
  readonly windows: number
  readonly refused: number
}

/** Running sums over windows of H steps. */
export interface ErrorTally {
  windows: number
  refused: number
  values: number
  absolute: number
  square: number
  relative: number
  first: number
  last: number
  worst: number
  /** Null until a window came with a band. */
  band: { values: number; inside: number; width: number } | null
}

export function emptyTally(): ErrorTally {
  const zero = { windows: 0, refused: 0, values: 0, absolute: 0, square: 0, relative: 0, first: 0, last: 0 }
  return { ...zero, worst: 0, band: null }
}

/** Adds one answered window: true and predicted capacity (H) in Ah, and the interval's half-width where there is one. */
export function tallyWindow(
  tally: ErrorTally,
  truth: Float64Array,
  predicted: Float64Array,
  half: Float64Array | null,
): void {
  const H = truth.length
  let sum = 0
  for (let t = 0; t < H; t++) {
    const error = Math.abs(predicted[t] - truth[t])
    const relative = error / truth[t]
    sum += relative
    tally.absolute += error
    tally.square += error * error
    if (t === 0) tally.first += relative
    if (t === H - 1) tally.last += relative
    if (half !== null) tallyBand(tally, error, half[t], truth[t])
  }
  tally.windows++
  tally.values += H
  tally.relative += sum
  tally.worst = Math.max(tally.worst, sum / H)
}

function tallyBand(tally: ErrorTally, error: number, half: number, truth: number): void {
  tally.band ??= { values: 0, inside: 0, width: 0 }
  tally.band.values++
  tally.band.inside += error <= half ? 1 : 0
  tally.band.width += (2 * half) / truth
}

export function addTally(sum: ErrorTally, part: ErrorTally): void {
  for (const key of [
    'windows',
    'refused',
    'values',
    'absolute',
    'square',
    'relative',
    'first',
    'last',
  ] as const) {
    sum[key] += part[key]
  }
  sum.worst = Math.max(sum.worst, part.worst)
  if (part.band === null) return
  sum.band ??= { values: 0, inside: 0, width: 0 }
  sum.band.values += part.band.values
  sum.band.inside += part.band.inside
  sum.band.width += part.band.width
}

export function metricsOf(tally: ErrorTally): ForecastMetrics {
  const { windows, refused, values, band } = tally
  const over = (sum: number, count: number): number | null => (count === 0 ? null : sum / count)
  const percent = (sum: number, count: number): number | null => over(100 * sum, count)
  return {
    mape: percent(tally.relative, values),
    rmse_Ah: values === 0 ? null : Math.sqrt(tally.square / values),
    mae_Ah: over(tally.absolute, values),
    maxWindowMape: windows === 0 ? null : 100 * tally.worst,
    step1Mape: percent(tally.first, windows),
    lastStepMape: percent(tally.last, windows),
    coverage90: band === null ? null : over(band.inside, band.values),
    width90: band === null ? null : percent(band.width, band.values),
    windows,
    refused,
  }
}
