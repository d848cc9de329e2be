// e^x = 2^n · 2^f: y = x / ln 2, n the nearest whole number, f = y − n in [−½, ½], and a polynomial of degree 5 through
// the Chebyshev nodes: relative error 1e-7. The constants stand in memory: a load costs less than making them anew.

const constants = memory.data<f32>([
  30, 30, 30, 30, -30, -30, -30, -30,
  // 1.5 · 2²³: adding it rounds to a whole number, which then stands in the lowest bits
  12582912, 12582912, 12582912, 12582912,
  1.3390863e-3, 1.3390863e-3, 1.3390863e-3, 1.3390863e-3, 9.676032e-3, 9.676032e-3, 9.676032e-3, 9.676032e-3,
  0.055503571, 0.055503571, 0.055503571, 0.055503571, 0.24022107, 0.24022107, 0.24022107, 0.24022107,
  0.69314719, 0.69314719, 0.69314719, 0.69314719, 1, 1, 1, 1,
  -1.44269504, -1.44269504, -1.44269504, -1.44269504, -2.88539008, -2.88539008, -2.88539008, -2.88539008,
], 16)

// @ts-ignore: decorator
@inline
function constant(place: usize): v128 {
  return v128.load(constants + (place << 4))
}

/** 2^(scale·x), x held to [-30, 30]: two such factors multiply without overflow, and σ(-30) is 1e-13. */
// @ts-ignore: decorator
@inline
function power(x: v128, scale: v128): v128 {
  const held = f32x4.pmax(constant(1), f32x4.pmin(constant(0), x))
  const y = f32x4.mul(held, scale)
  const rounded = f32x4.add(y, constant(2))
  const f = f32x4.sub(y, f32x4.sub(rounded, constant(2)))
  const square = f32x4.mul(f, f)
  const high = f32x4.add(f32x4.mul(constant(3), f), constant(4))
  const middle = f32x4.add(f32x4.mul(constant(5), f), constant(6))
  const low = f32x4.add(f32x4.mul(constant(7), f), constant(8))
  const p = f32x4.add(low, f32x4.mul(square, f32x4.add(middle, f32x4.mul(square, high))))
  return i32x4.add(p, i32x4.shl(rounded, 23))
}

/** e^-x */
// @ts-ignore: decorator
@inline
export function fade(x: v128): v128 {
  return power(x, constant(9))
}

/** e^-2x */
// @ts-ignore: decorator
@inline
export function fadeTwice(x: v128): v128 {
  return power(x, constant(10))
}

// @ts-ignore: decorator
@inline
export function one(): v128 {
  return constant(8)
}

/** 1 / (1 + e^-x) */
// @ts-ignore: decorator
@inline
export function logistic4(x: v128): v128 {
  return f32x4.div(one(), f32x4.add(one(), fade(x)))
}

/** (1 - e^-2x) / (1 + e^-2x) */
// @ts-ignore: decorator
@inline
export function tanh4(x: v128): v128 {
  const faded = fadeTwice(x)
  return f32x4.div(f32x4.sub(one(), faded), f32x4.add(one(), faded))
}

/** out[i] = σ(x[i]) of a multiple of four values; held against the exact function by the tests. */
export function logistic(out: usize, x: usize, count: i32): void {
  const end = x + (<usize>count << 2)
  for (; x < end; x += 16, out += 16) v128.store(out, logistic4(v128.load(x)))
}

/** out[i] = tanh(x[i]) of a multiple of four values. */
export function tanh(out: usize, x: usize, count: i32): void {
  const end = x + (<usize>count << 2)
  for (; x < end; x += 16, out += 16) v128.store(out, tanh4(v128.load(x)))
}
