/** Even axis of `points` values from `from` to `to`; the last value is exactly `to`. */
export function evenAxis(from: number, to: number, points: number): Float64Array {
  const step = (to - from) / (points - 1)
  const axis = new Float64Array(points)
  for (let i = 0; i < points; i++) axis[i] = i * step + from
  axis[points - 1] = to
  return axis
}

/**
 * Piecewise linear values at `at`, flat beyond both ends; x ascending, of at least one value.
 *
 * Searches as numpy.interp does, from the place found before, so that a measured voltage that stutters gives the
 * published values too.
 */
export function interpolate(at: Float64Array, x: Float64Array, y: Float64Array): Float64Array {
  return at.map(interpolant(x, y))
}

/** The same, one position after the other. */
export function interpolant(x: Float64Array, y: Float64Array): (position: number) => number {
  const points = { x, y }
  let place = 0
  return (position) => {
    place = lastNotAbove(position, x, place)
    return valueAt(position, place, points)
  }
}

function valueAt(position: number, place: number, { x, y }: { x: Float64Array; y: Float64Array }): number {
  if (place < 0) return y[0]
  if (place >= x.length - 1) return y[x.length - 1]
  if (x[place] === position) return y[place]
  return ((y[place + 1] - y[place]) / (x[place + 1] - x[place])) * (position - x[place]) + y[place]
}

/** Index of the last x <= position; -1 below all, the length above all. */
function lastNotAbove(position: number, x: Float64Array, guess: number): number {
  if (position > x[x.length - 1]) return x.length
  if (position < x[0]) return -1
  if (x.length <= 4)
    return (
      bounded(
        x.findIndex((value, i) => i > 0 && value > position),
        x.length,
      ) - 1
    )
  const [low, high] = neighbourhood(position, x, Math.min(Math.max(guess, 1), x.length - 3))
  return bisect(position, x, { low, high }) - 1
}

function bounded(found: number, length: number): number {
  return found < 0 ? length : found
}

const nearby = 8

/** Where to bisect: one step around the guess, or eight, or everything on its side. */
function neighbourhood(position: number, x: Float64Array, guess: number): [number, number] {
  if (position < x[guess]) {
    if (position >= x[guess - 1]) return [guess, guess]
    const isNear = guess > nearby && position >= x[guess - nearby]
    return [isNear ? guess - nearby : 0, guess - 1]
  }
  if (position < x[guess + 1]) return [guess + 1, guess + 1]
  if (position < x[guess + 2]) return [guess + 2, guess + 2]
  const isNear = guess < x.length - nearby - 1 && position < x[guess + nearby]
  return [guess + 2, isNear ? guess + nearby : x.length]
}

/** First index in low … high whose x exceeds the position. */
function bisect(position: number, x: Float64Array, range: { low: number; high: number }): number {
  let { low, high } = range
  while (low < high) {
    const middle = low + ((high - low) >> 1)
    if (position >= x[middle]) low = middle + 1
    else high = middle
  }
  return low
}
