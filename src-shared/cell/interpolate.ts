/** Even axis of `points` values from `from` to `to`; the last value is exactly `to`. */
export function evenAxis(from: number, to: number, points: number): Float64Array {
  const step = (to - from) / (points - 1)
  const axis = Float64Array.from({ length: points }, (_, i) => i * step + from)
  axis[points - 1] = to
  return axis
}

/**
 * Piecewise linear values at `at`, flat beyond both ends; x ascending. Same rule as the published derivation's, so that
 * both give the same bits where x ascends and the same place where it stutters.
 */
export function interpolate(at: Float64Array, x: Float64Array, y: Float64Array): Float64Array {
  return at.map((position) => valueAt(position, x, y))
}

function valueAt(position: number, x: Float64Array, y: Float64Array): number {
  const last = x.length - 1
  if (position > x[last]) return y[last]
  if (position < x[0]) return y[0]
  const left = lastNotAbove(position, x)
  if (left >= last || x[left] === position) return y[left]
  return ((y[left + 1] - y[left]) / (x[left + 1] - x[left])) * (position - x[left]) + y[left]
}

/** Index of the last x <= position, by bisection. */
function lastNotAbove(position: number, x: Float64Array): number {
  let low = 0
  let high = x.length
  while (low < high) {
    const middle = low + ((high - low) >> 1)
    if (position >= x[middle]) low = middle + 1
    else high = middle
  }
  return low - 1
}
