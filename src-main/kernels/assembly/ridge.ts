/**
 * Adds Kᵀ·K to the lower blocks of sum (m,m) float64; m is a multiple of 4. K (rows,m) lies in panels of 4 columns:
 * (m/4, rows, 4).
 */
export function addGram(sum: usize, panels: usize, rows: i32, m: i32): void {
  const panel = (<usize>rows) << 5
  const stride = (<usize>m) << 3
  const count = m >> 2
  for (let i = 0; i < count; i++) {
    const a = panels + <usize>i * panel
    let to = sum + <usize>i * (stride << 2)
    for (let j = 0; j <= i; j++, to += 32) addBlock(to, stride, a, panels + <usize>j * panel, panel)
  }
}

// @ts-ignore: decorator
@inline
function addBlock(to: usize, stride: usize, a: usize, b: usize, bytes: usize): void {
  let c00 = v128.load(to)
  let c01 = v128.load(to, 16)
  let c10 = v128.load(to + stride)
  let c11 = v128.load(to + stride, 16)
  let c20 = v128.load(to + 2 * stride)
  let c21 = v128.load(to + 2 * stride, 16)
  let c30 = v128.load(to + 3 * stride)
  let c31 = v128.load(to + 3 * stride, 16)
  const end = a + bytes
  for (; a < end; a += 32, b += 32) {
    const b0 = v128.load(b)
    const b1 = v128.load(b, 16)
    const a0 = v128.load64_splat(a)
    c00 = f64x2.add(c00, f64x2.mul(a0, b0))
    c01 = f64x2.add(c01, f64x2.mul(a0, b1))
    const a1 = v128.load64_splat(a, 8)
    c10 = f64x2.add(c10, f64x2.mul(a1, b0))
    c11 = f64x2.add(c11, f64x2.mul(a1, b1))
    const a2 = v128.load64_splat(a, 16)
    c20 = f64x2.add(c20, f64x2.mul(a2, b0))
    c21 = f64x2.add(c21, f64x2.mul(a2, b1))
    const a3 = v128.load64_splat(a, 24)
    c30 = f64x2.add(c30, f64x2.mul(a3, b0))
    c31 = f64x2.add(c31, f64x2.mul(a3, b1))
  }
  v128.store(to, c00)
  v128.store(to, c01, 16)
  v128.store(to + stride, c10)
  v128.store(to + stride, c11, 16)
  v128.store(to + 2 * stride, c20)
  v128.store(to + 2 * stride, c21, 16)
  v128.store(to + 3 * stride, c30)
  v128.store(to + 3 * stride, c31, 16)
}

/** Lower triangle L of a = L·Lᵀ in place of a (m,m) float64, its lower blocks of 4 by 4 given; m is a multiple of 4. */
export function cholesky(a: usize, m: i32): void {
  const stride = (<usize>m) << 3
  for (let i = 0; i < m; i += 4) {
    for (let j = 0; j <= i; j += 4) {
      for (let pair = 0; pair < 4; pair += 2) {
        subtractProducts(a + <usize>(i + pair) * stride, a + <usize>j * stride, stride, <usize>j << 3)
      }
      for (let row = i; row < i + 4; row++) finishBlock(a, stride, row, j)
    }
  }
}

/** Takes Σₖ x[k]·y[k] over the bytes before `from` off the numbers there: two rows at x, four at y. */
// @ts-ignore: decorator
@inline
function subtractProducts(x: usize, y: usize, stride: usize, from: usize): void {
  let s00 = f64x2.splat(0)
  let s01 = s00
  let s02 = s00
  let s03 = s00
  let s10 = s00
  let s11 = s00
  let s12 = s00
  let s13 = s00
  for (let k: usize = 0; k < from; k += 16) {
    const x0 = v128.load(x + k)
    const x1 = v128.load(x + stride + k)
    const y0 = v128.load(y + k)
    s00 = f64x2.add(s00, f64x2.mul(x0, y0))
    s10 = f64x2.add(s10, f64x2.mul(x1, y0))
    const y1 = v128.load(y + stride + k)
    s01 = f64x2.add(s01, f64x2.mul(x0, y1))
    s11 = f64x2.add(s11, f64x2.mul(x1, y1))
    const y2 = v128.load(y + 2 * stride + k)
    s02 = f64x2.add(s02, f64x2.mul(x0, y2))
    s12 = f64x2.add(s12, f64x2.mul(x1, y2))
    const y3 = v128.load(y + 3 * stride + k)
    s03 = f64x2.add(s03, f64x2.mul(x0, y3))
    s13 = f64x2.add(s13, f64x2.mul(x1, y3))
  }
  const to = x + from
  subtract(to, s00)
  subtract(to + 8, s01)
  subtract(to + 16, s02)
  subtract(to + 24, s03)
  subtract(to + stride, s10)
  subtract(to + stride + 8, s11)
  subtract(to + stride + 16, s12)
  subtract(to + stride + 24, s13)
}

// @ts-ignore: decorator
@inline
function subtract(to: usize, sums: v128): void {
  store<f64>(to, load<f64>(to) - (f64x2.extract_lane(sums, 0) + f64x2.extract_lane(sums, 1)))
}

/** Columns j … j + 3 of one row, once the products before them are off. */
function finishBlock(a: usize, stride: usize, row: i32, j: i32): void {
  const at = a + <usize>row * stride
  const last = min(j + 3, row)
  for (let column = j; column <= last; column++) {
    const other = a + <usize>column * stride
    let rest = load<f64>(at + (<usize>column << 3))
    for (let k = j; k < column; k++) rest -= load<f64>(at + (<usize>k << 3)) * load<f64>(other + (<usize>k << 3))
    const value = column == row ? Math.sqrt(max(rest, f64.MIN_NORMAL_VALUE)) : rest / load<f64>(other + (<usize>column << 3))
    store<f64>(at + (<usize>column << 3), value)
  }
}
