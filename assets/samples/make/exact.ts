const powerOfTwo = powersOfTwo()
const log2e = 1.4426950408889634
const ln2High = 0.6931471803691238
const ln2Low = 1.9082149292705877e-10

/**
 * e to the x from + − × alone, so that every machine gets the same bits; `Math.exp` may differ between builds.
 *
 * Relative error below 1e-15 for |x| < 700; 0 and infinity beyond.
 */
export function exp(x: number): number {
  if (x > 709) return Infinity
  if (x < -700) return 0
  const k = Math.round(x * log2e)
  const r = x - k * ln2High - k * ln2Low
  let sum = 1
  for (let n = 13; n > 0; n--) sum = 1 + (r * sum) / n
  return sum * powerOfTwo[k + 1023]
}

/** Hyperbolic tangent on the same footing. */
export function tanh(x: number): number {
  if (x > 20) return 1
  if (x < -20) return -1
  const e = exp(2 * x)
  return (e - 1) / (e + 1)
}

/** The value with at most `digits` decimals, written without trailing zeros and never as −0. */
export function rounded(value: number, digits: number): string {
  return String(Number(value.toFixed(digits)) + 0)
}

function powersOfTwo(): Float64Array {
  const powers = new Float64Array(2047)
  powers[1023] = 1
  for (let k = 1; k <= 1023; k++) {
    powers[1023 + k] = powers[1022 + k] * 2
    powers[1023 - k] = powers[1024 - k] / 2
  }
  return powers
}
