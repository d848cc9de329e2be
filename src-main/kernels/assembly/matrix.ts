// Dense products on tiles of 4 rows by 8 columns: eight sums in registers, two loads and four splats for 64 operations.

/** packed[panel][k][8] = b[k][8·panel + column]; b (K,N) with rows `stride` floats apart; N a multiple of 4, zero beyond. */
export function packColumns(packed: usize, b: usize, K: i32, N: i32, stride: i32): void {
  for (let n = 0; n < N; n += 8) {
    const isWhole = n + 4 < N
    for (let k = 0; k < K; k++) {
      const from = b + (<usize>(k * stride + n) << 2)
      v128.store(packed, v128.load(from))
      v128.store(packed, isWhole ? v128.load(from, 16) : f32x4.splat(0), 16)
      packed += 32
    }
  }
}

/**
 * out (M,N) = a (M,K) · b, b packed in panels, a in groups of 16 columns: a[k / 16][m][k % 16], `group` floats apart. K a
 * multiple of 16, N of 4.
 *
 * A panel of b stays in the first-level cache while all rows of a pass.
 */
export function multiply(
  out: usize,
  a: usize,
  packed: usize,
  M: i32,
  N: i32,
  K: i32,
  group: i32,
  outStride: i32,
): void {
  const outRow = <usize>outStride << 2
  const panel = <usize>K << 5
  const aGroup = <usize>group << 2
  for (let n = 0; n < N; n += 8, packed += panel) {
    const isWhole = n + 4 < N
    let row = a
    let to = out + (<usize>n << 2)
    let m = 0
    for (; m + 3 < M; m += 4, row += 256, to += 4 * outRow) {
      if (isWhole) tile(to, outRow, row, aGroup, packed, K)
      else narrowTile(to, outRow, row, aGroup, packed, K)
    }
    for (; m < M; m++, row += 64, to += outRow) oneRow(to, row, aGroup, packed, K, isWhole)
  }
}

// @ts-ignore: decorator
@inline
function tile(to: usize, outRow: usize, a: usize, aGroup: usize, packed: usize, K: i32): void {
  let s00 = f32x4.splat(0)
  let s01 = f32x4.splat(0)
  let s10 = f32x4.splat(0)
  let s11 = f32x4.splat(0)
  let s20 = f32x4.splat(0)
  let s21 = f32x4.splat(0)
  let s30 = f32x4.splat(0)
  let s31 = f32x4.splat(0)
  const end = packed + (<usize>K << 5)
  for (; packed < end; a += aGroup) {
    let x = a
    for (const groupEnd = packed + 512; packed < groupEnd; packed += 32, x += 4) {
      const w0 = v128.load(packed)
      const w1 = v128.load(packed, 16)
      const x0 = v128.load32_splat(x)
      s00 = f32x4.add(s00, f32x4.mul(x0, w0))
      s01 = f32x4.add(s01, f32x4.mul(x0, w1))
      const x1 = v128.load32_splat(x, 64)
      s10 = f32x4.add(s10, f32x4.mul(x1, w0))
      s11 = f32x4.add(s11, f32x4.mul(x1, w1))
      const x2 = v128.load32_splat(x, 128)
      s20 = f32x4.add(s20, f32x4.mul(x2, w0))
      s21 = f32x4.add(s21, f32x4.mul(x2, w1))
      const x3 = v128.load32_splat(x, 192)
      s30 = f32x4.add(s30, f32x4.mul(x3, w0))
      s31 = f32x4.add(s31, f32x4.mul(x3, w1))
    }
  }
  v128.store(to, s00)
  v128.store(to, s01, 16)
  v128.store(to + outRow, s10)
  v128.store(to + outRow, s11, 16)
  v128.store(to + 2 * outRow, s20)
  v128.store(to + 2 * outRow, s21, 16)
  v128.store(to + 3 * outRow, s30)
  v128.store(to + 3 * outRow, s31, 16)
}

// @ts-ignore: decorator
@inline
function narrowTile(to: usize, outRow: usize, a: usize, aGroup: usize, packed: usize, K: i32): void {
  let s0 = f32x4.splat(0)
  let s1 = f32x4.splat(0)
  let s2 = f32x4.splat(0)
  let s3 = f32x4.splat(0)
  const end = packed + (<usize>K << 5)
  for (; packed < end; a += aGroup) {
    let x = a
    for (const groupEnd = packed + 512; packed < groupEnd; packed += 32, x += 4) {
      const w = v128.load(packed)
      s0 = f32x4.add(s0, f32x4.mul(v128.load32_splat(x), w))
      s1 = f32x4.add(s1, f32x4.mul(v128.load32_splat(x, 64), w))
      s2 = f32x4.add(s2, f32x4.mul(v128.load32_splat(x, 128), w))
      s3 = f32x4.add(s3, f32x4.mul(v128.load32_splat(x, 192), w))
    }
  }
  v128.store(to, s0)
  v128.store(to + outRow, s1)
  v128.store(to + 2 * outRow, s2)
  v128.store(to + 3 * outRow, s3)
}

// @ts-ignore: decorator
@inline
function oneRow(to: usize, a: usize, aGroup: usize, packed: usize, K: i32, isWhole: bool): void {
  let s0 = f32x4.splat(0)
  let s1 = f32x4.splat(0)
  const end = packed + (<usize>K << 5)
  for (; packed < end; a += aGroup) {
    let at = a
    for (const groupEnd = packed + 512; packed < groupEnd; packed += 32, at += 4) {
      const x = v128.load32_splat(at)
      s0 = f32x4.add(s0, f32x4.mul(x, v128.load(packed)))
      s1 = f32x4.add(s1, f32x4.mul(x, v128.load(packed, 16)))
    }
  }
  v128.store(to, s0)
  if (isWhole) v128.store(to, s1, 16)
}

/**
 * out (M,N) += aᵀ · b over `rows` rows; a (rows,M), b (rows,N), strides in floats; M and N multiples of 4. Rows of a come
 * in blocks of `block`, whose beginnings are `blockStride` floats apart.
 */
export function addOuter(
  out: usize,
  a: usize,
  b: usize,
  M: i32,
  N: i32,
  rows: i32,
  aStride: i32,
  bStride: i32,
  block: i32,
  blockStride: i32,
): void {
  const aRow = <usize>aStride << 2
  const bRow = <usize>bStride << 2
  const outRow = <usize>N << 2
  const jump = <usize>(blockStride - block * aStride) << 2
  for (let m = 0; m < M; m += 4) {
    const from = a + (<usize>m << 2)
    const to = out + <usize>m * outRow
    for (let n = 0; n < N; n += 8) {
      const at = <usize>n << 2
      if (n + 4 < N) outerTile(to + at, outRow, from, aRow, b + at, bRow, rows, block, jump)
      else narrowOuterTile(to + at, outRow, from, aRow, b + at, bRow, rows, block, jump)
    }
  }
}

// @ts-ignore: decorator
@inline
function outerTile(
  to: usize,
  outRow: usize,
  a: usize,
  aRow: usize,
  b: usize,
  bRow: usize,
  rows: i32,
  block: i32,
  jump: usize,
): void {
  let s00 = v128.load(to)
  let s01 = v128.load(to, 16)
  let s10 = v128.load(to + outRow)
  let s11 = v128.load(to + outRow, 16)
  let s20 = v128.load(to + 2 * outRow)
  let s21 = v128.load(to + 2 * outRow, 16)
  let s30 = v128.load(to + 3 * outRow)
  let s31 = v128.load(to + 3 * outRow, 16)
  for (let left = rows; left > 0; left -= block, a += jump) {
    for (const end = a + <usize>min(left, block) * aRow; a < end; a += aRow, b += bRow) {
      const w0 = v128.load(b)
      const w1 = v128.load(b, 16)
      const x0 = v128.load32_splat(a)
      s00 = f32x4.add(s00, f32x4.mul(x0, w0))
      s01 = f32x4.add(s01, f32x4.mul(x0, w1))
      const x1 = v128.load32_splat(a, 4)
      s10 = f32x4.add(s10, f32x4.mul(x1, w0))
      s11 = f32x4.add(s11, f32x4.mul(x1, w1))
      const x2 = v128.load32_splat(a, 8)
      s20 = f32x4.add(s20, f32x4.mul(x2, w0))
      s21 = f32x4.add(s21, f32x4.mul(x2, w1))
      const x3 = v128.load32_splat(a, 12)
      s30 = f32x4.add(s30, f32x4.mul(x3, w0))
      s31 = f32x4.add(s31, f32x4.mul(x3, w1))
    }
  }
  v128.store(to, s00)
  v128.store(to, s01, 16)
  v128.store(to + outRow, s10)
  v128.store(to + outRow, s11, 16)
  v128.store(to + 2 * outRow, s20)
  v128.store(to + 2 * outRow, s21, 16)
  v128.store(to + 3 * outRow, s30)
  v128.store(to + 3 * outRow, s31, 16)
}

// @ts-ignore: decorator
@inline
function narrowOuterTile(
  to: usize,
  outRow: usize,
  a: usize,
  aRow: usize,
  b: usize,
  bRow: usize,
  rows: i32,
  block: i32,
  jump: usize,
): void {
  let s0 = v128.load(to)
  let s1 = v128.load(to + outRow)
  let s2 = v128.load(to + 2 * outRow)
  let s3 = v128.load(to + 3 * outRow)
  for (let left = rows; left > 0; left -= block, a += jump) {
    for (const end = a + <usize>min(left, block) * aRow; a < end; a += aRow, b += bRow) {
      const w = v128.load(b)
      s0 = f32x4.add(s0, f32x4.mul(v128.load32_splat(a), w))
      s1 = f32x4.add(s1, f32x4.mul(v128.load32_splat(a, 4), w))
      s2 = f32x4.add(s2, f32x4.mul(v128.load32_splat(a, 8), w))
      s3 = f32x4.add(s3, f32x4.mul(v128.load32_splat(a, 12), w))
    }
  }
  v128.store(to, s0)
  v128.store(to + outRow, s1)
  v128.store(to + 2 * outRow, s2)
  v128.store(to + 3 * outRow, s3)
}

/** out (N) += column sums of a (rows,N), its rows in blocks as for addOuter; N a multiple of 4. */
export function addColumnSums(out: usize, a: usize, rows: i32, N: i32, block: i32, blockStride: i32): void {
  const row = <usize>N << 2
  const jump = <usize>(blockStride - block * N) << 2
  for (let n: usize = 0; n < row; n += 16) {
    let sum = v128.load(out + n)
    let from = a + n
    for (let left = rows; left > 0; left -= block, from += jump) {
      for (const end = from + <usize>min(left, block) * row; from < end; from += row) {
        sum = f32x4.add(sum, v128.load(from))
      }
    }
    v128.store(out + n, sum)
  }
}

/** Sum of the products of two rows of `count` floats, a multiple of 4. */
// @ts-ignore: decorator
@inline
export function dot(a: usize, b: usize, count: i32): f32 {
  let sum = f32x4.splat(0)
  const end = <usize>count << 2
  for (let k: usize = 0; k < end; k += 16) sum = f32x4.add(sum, f32x4.mul(v128.load(a + k), v128.load(b + k)))
  return (
    f32x4.extract_lane(sum, 0) +
    f32x4.extract_lane(sum, 1) +
    (f32x4.extract_lane(sum, 2) + f32x4.extract_lane(sum, 3))
  )
}
