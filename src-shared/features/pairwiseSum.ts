/**
 * Sum in NumPy's order of additions, so that moments of the published features agree to the last bits: eight running
 * sums up to 128 values, halves beyond.
 */
export function pairwiseSum(values: Float64Array): number {
  const length = values.length
  if (length > 128) {
    const half = (length >> 1) - ((length >> 1) % 8)
    return pairwiseSum(values.subarray(0, half)) + pairwiseSum(values.subarray(half))
  }
  const whole = length < 8 ? 0 : length - (length % 8)
  return values.subarray(whole).reduce((sum, value) => sum + value, eightLanes(values.subarray(0, whole)))
}

function eightLanes(values: Float64Array): number {
  const lane = new Float64Array(8)
  for (let i = 0; i < values.length; i++) lane[i % 8] += values[i]
  return lane[0] + lane[1] + (lane[2] + lane[3]) + (lane[4] + lane[5] + (lane[6] + lane[7]))
}
