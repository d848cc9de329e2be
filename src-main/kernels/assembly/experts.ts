// Experts and their mixture, summed in float64 and rounded once: some trained networks answer a change of the trend with
// ten times that change, and experts that nearly cancel would leave it with the rounding of all their terms. It is less
// than one operation in a hundred.

/** packed[panel][k][8] float64 = b[8·panel + column][k]; b (N,K) float32 with rows `stride` floats apart, zero beyond N. */
export function packExperts(packed: usize, b: usize, K: i32, N: i32, stride: i32): void {
  for (let n = 0; n < N; n += 8) {
    for (let k = 0; k < K; k++) {
      for (let column = n; column < n + 8; column++) {
        store<f64>(packed, column < N ? <f64>load<f32>(b + (<usize>(column * stride + k) << 2)) : 0)
        packed += 8
      }
    }
  }
}

/** out (M,N) float64 = bias (N) + a (M,K) · b; N a multiple of 4, rows of out N rounded up to 8, of a `aStride` floats. */
export function runExperts(
  out: usize,
  a: usize,
  packed: usize,
  bias: usize,
  M: i32,
  N: i32,
  K: i32,
  aStride: i32,
): void {
  const aRow = <usize>aStride << 2
  const outRow = <usize>((N + 7) & ~7) << 3
  const panel = <usize>K << 6
  for (let n = 0; n < N; n += 8, packed += panel) {
    const first = bias + (<usize>n << 2)
    const b0 = v128.load(first)
    const b1 = n + 4 < N ? v128.load(first, 16) : f32x4.splat(0)
    let to = out + (<usize>n << 3)
    let row = a
    for (let m = 0; m < M; m += 2, row += 2 * aRow, to += 2 * outRow) {
      // A last row alone is computed twice.
      const isPair = m + 1 < M
      twoRows(to, isPair ? to + outRow : to, row, isPair ? row + aRow : row, packed, K, b0, b1)
    }
  }
}

// @ts-ignore: decorator
@inline
function high(x: v128): v128 {
  return f64x2.promote_low_f32x4(i64x2.shuffle(x, x, 1, 1))
}

// @ts-ignore: decorator
@inline
function twoRows(to0: usize, to1: usize, a0: usize, a1: usize, packed: usize, K: i32, b0: v128, b1: v128): void {
  let s00 = f64x2.promote_low_f32x4(b0)
  let s01 = high(b0)
  let s02 = f64x2.promote_low_f32x4(b1)
  let s03 = high(b1)
  let s10 = s00
  let s11 = s01
  let s12 = s02
  let s13 = s03
  const end = <usize>K << 2
  for (let k: usize = 0; k < end; k += 4, packed += 64) {
    const x0 = f64x2.promote_low_f32x4(v128.load32_splat(a0 + k))
    const x1 = f64x2.promote_low_f32x4(v128.load32_splat(a1 + k))
    const w0 = v128.load(packed)
    s00 = f64x2.add(s00, f64x2.mul(x0, w0))
    s10 = f64x2.add(s10, f64x2.mul(x1, w0))
    const w1 = v128.load(packed, 16)
    s01 = f64x2.add(s01, f64x2.mul(x0, w1))
    s11 = f64x2.add(s11, f64x2.mul(x1, w1))
    const w2 = v128.load(packed, 32)
    s02 = f64x2.add(s02, f64x2.mul(x0, w2))
    s12 = f64x2.add(s12, f64x2.mul(x1, w2))
    const w3 = v128.load(packed, 48)
    s03 = f64x2.add(s03, f64x2.mul(x0, w3))
    s13 = f64x2.add(s13, f64x2.mul(x1, w3))
  }
  v128.store(to0, s00)
  v128.store(to0, s01, 16)
  v128.store(to0, s02, 32)
  v128.store(to0, s03, 48)
  v128.store(to1, s10)
  v128.store(to1, s11, 16)
  v128.store(to1, s12, 32)
  v128.store(to1, s13, 48)
}

/** trend[b,t] = Σ_e gate[b,e]·expert[b,e·T+t]; expert (B, stride) and gate (B,E) float64, trend (B,T) float32. */
export function mix(trend: usize, gate: usize, expert: usize, B: i32, E: i32, T: i32, stride: i32): void {
  const row = <usize>T << 3
  for (let b = 0; b < B; b++, gate += <usize>E << 3, expert += <usize>stride << 3) {
    for (let t: usize = 0; t < row; t += 8, trend += 4) {
      let sum: f64 = 0
      let from = expert + t
      for (let e: usize = 0; e < <usize>E << 3; e += 8, from += row) sum += load<f64>(gate + e) * load<f64>(from)
      store<f32>(trend, <f32>sum)
    }
  }
}

/** Adds to dGate (B,E) float64; writes dExpert[b,e·T+t] = gate[b,e]·dTrend[b,t], (B, dStride) float32. */
export function mixBackward(
  dGate: usize,
  dExpert: usize,
  dTrend: usize,
  gate: usize,
  expert: usize,
  B: i32,
  E: i32,
  T: i32,
  stride: i32,
  dStride: i32,
): void {
  for (let b = 0; b < B; b++) {
    for (let e = 0; e < E; e++) {
      const at = <usize>(b * E + e) << 3
      const w = <f32>load<f64>(gate + at)
      let sum: f64 = 0
      for (let t = 0; t < T; t++) {
        const d = load<f32>(dTrend + (<usize>(b * T + t) << 2))
        sum += <f64>d * load<f64>(expert + (<usize>(b * stride + e * T + t) << 3))
        store<f32>(dExpert + (<usize>(b * dStride + e * T + t) << 2), w * d)
      }
      store<f64>(dGate + at, load<f64>(dGate + at) + sum)
    }
  }
}
