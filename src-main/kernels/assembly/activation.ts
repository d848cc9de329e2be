// e^x = 2^n · 2^f: y = x / ln 2, n the nearest whole number, f = y − n in [−½, ½], and 2^f − 1 = f · P(f), P of degree 5
// through the Chebyshev nodes: relative error 1e-8 before rounding. The constants stand in memory: a load costs less than
// making them anew.

const constants = memory.data<f32>([
  30, 30, 30, 30,
  -30, -30, -30, -30,
  12582912, 12582912, 12582912, 12582912,
  0.693147188, 0.693147188, 0.693147188, 0.693147188,
  0.240226508, 0.240226508, 0.240226508, 0.240226508,
  0.0555035711, 0.0555035711, 0.0555035711, 0.0555035711,
  0.00961808256, 0.00961808256, 0.00961808256, 0.00961808256,
  0.00133908634, 0.00133908634, 0.00133908634, 0.00133908634,
  0.000154531629, 0.000154531629, 0.000154531629, 0.000154531629,
  1, 1, 1, 1,
  -1.44269504, -1.44269504, -1.44269504, -1.44269504,
  -2.88539008, -2.88539008, -2.88539008, -2.88539008,
  2, 2, 2, 2,
], 16)

const greatest: usize = 0
const least: usize = 1
const wholePart: usize = 2 // 1.5 · 2²³: adding it rounds to a whole number, which then stands in the lowest bits
const polynomial: usize = 3
const unit: usize = 9
const perFade: usize = 10
const perFadeTwice: usize = 11
const two: usize = 12

// @ts-ignore: decorator
@inline
function constant(place: usize): v128 {
  return v128.load(constants + (place << 4))
}

// @ts-ignore: decorator
@inline
function rounded(y: v128): v128 {
  return f32x4.add(y, constant(wholePart))
}

/** 2^f − 1 of f = y − n, n as `rounded` gives it: accurate near 0 as well. */
// @ts-ignore: decorator
@inline
function fractionPower(y: v128, n: v128): v128 {
  const f = f32x4.sub(y, f32x4.sub(n, constant(wholePart)))
  const square = f32x4.mul(f, f)
  const low = f32x4.add(constant(polynomial), f32x4.mul(constant(polynomial + 1), f))
  const middle = f32x4.add(constant(polynomial + 2), f32x4.mul(constant(polynomial + 3), f))
  const high = f32x4.add(constant(polynomial + 4), f32x4.mul(constant(polynomial + 5), f))
  return f32x4.mul(f, f32x4.add(low, f32x4.mul(square, f32x4.add(middle, f32x4.mul(square, high)))))
}

/** x held to [-30, 30]: two such factors multiply without overflow to a number that matters, and σ(-30) is 1e-13. */
// @ts-ignore: decorator
@inline
function held(x: v128): v128 {
  return f32x4.pmax(constant(least), f32x4.pmin(constant(greatest), x))
}

/** e^-x */
// @ts-ignore: decorator
@inline
export function fade(x: v128): v128 {
  const y = f32x4.mul(held(x), constant(perFade))
  const n = rounded(y)
  return i32x4.add(f32x4.add(one(), fractionPower(y, n)), i32x4.shl(n, 23))
}

/** e^-2x − 1, to its own last digits where x is near 0: a slow change of the memory is a sum of many small tanh. */
// @ts-ignore: decorator
@inline
function fadeTwiceLessOne(x: v128): v128 {
  const y = f32x4.mul(held(x), constant(perFadeTwice))
  const n = rounded(y)
  const scale = i32x4.add(one(), i32x4.shl(n, 23))
  return f32x4.add(f32x4.mul(scale, fractionPower(y, n)), f32x4.sub(scale, one()))
}

// @ts-ignore: decorator
@inline
export function one(): v128 {
  return constant(unit)
}

/** 1 / (1 + e^-x) */
// @ts-ignore: decorator
@inline
export function logistic4(x: v128): v128 {
  return f32x4.div(one(), f32x4.add(one(), fade(x)))
}

/** tanh x = −m / (2 + m), m = e^-2x − 1, over `by`. */
// @ts-ignore: decorator
@inline
export function tanhOver(by: v128, x: v128): v128 {
  const m = fadeTwiceLessOne(x)
  return f32x4.div(f32x4.neg(m), f32x4.mul(by, f32x4.add(constant(two), m)))
}

// @ts-ignore: decorator
@inline
export function tanh4(x: v128): v128 {
  const m = fadeTwiceLessOne(x)
  return f32x4.div(f32x4.neg(m), f32x4.add(constant(two), m))
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
