/**
 * Sum in NumPy's order of additions, so that moments of the published features agree to the last bits: eight running
 * sums up to 128 values, halves beyond.
 */
export function pairwiseSum(values: Float64Array): number {
  return sumBetween(values, 0, values.length)
}

function sumBetween(values: Float64Array, from: number, end: number): number {
  const length = end - from
  if (length > 128) {
    const half = (length >> 1) - ((length >> 1) % 8)
    return sumBetween(values, from, from + half) + sumBetween(values, from + half, end)
  }
  const whole = end - (length % 8)
  let sum = eightLanes(values, from, whole)
  for (let i = whole; i < end; i++) sum += values[i]
  return sum
}

function eightLanes(values: Float64Array, from: number, end: number): number {
  let [a, b, c, d, e, f, g, h] = [0, 0, 0, 0, 0, 0, 0, 0]
  for (let i = from; i < end; i += 8) {
    a += values[i]
    b += values[i + 1]
    c += values[i + 2]
    d += values[i + 3]
    e += values[i + 4]
    f += values[i + 5]
    g += values[i + 6]
    h += values[i + 7]
  }
  return a + b + (c + d) + (e + f + (g + h))
}
