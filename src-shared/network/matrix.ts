// Dense products over row-major float64 blocks. Offsets instead of subarrays: nothing is allocated in a training step.

/** A block of a larger row-major array: its first element's index. */
export interface Block {
  readonly values: Float64Array
  readonly at: number
}

/**
 * out (M,N) += a (M,K) · b (N,K)ᵀ
 *
 * Both operands are read along contiguous rows; two rows of `a` meet four of `b`, so eight sums stay in registers.
 */
export function addProductABt(out: Block, a: Block, b: Block, M: number, N: number, K: number): void {
  const evenM = M - (M % 2)
  const wholeN = N - (N % 4)
  for (let m = 0; m < evenM; m += 2) {
    for (let n = 0; n < wholeN; n += 4) {
      addTileABt(out.values, out.at + m * N + n, N, a.values, a.at + m * K, b.values, b.at + n * K, K)
    }
  }
  addDots(out, a, b, evenM, M, 0, wholeN, N, K)
  addDots(out, a, b, 0, M, wholeN, N, N, K)
}

function addTileABt(
  out: Float64Array,
  outAt: number,
  N: number,
  a: Float64Array,
  aAt: number,
  b: Float64Array,
  bAt: number,
  K: number,
): void {
  const b1 = bAt + K
  const b2 = b1 + K
  const b3 = b2 + K
  let s00 = 0, s01 = 0, s02 = 0, s03 = 0, s10 = 0, s11 = 0, s12 = 0, s13 = 0 // prettier-ignore
  for (let k = 0; k < K; k++) {
    const p = a[aAt + k]
    const q = a[aAt + K + k]
    const w0 = b[bAt + k]
    const w1 = b[b1 + k]
    const w2 = b[b2 + k]
    const w3 = b[b3 + k]
    s00 += p * w0
    s01 += p * w1
    s02 += p * w2
    s03 += p * w3
    s10 += q * w0
    s11 += q * w1
    s12 += q * w2
    s13 += q * w3
  }
  out[outAt] += s00
  out[outAt + 1] += s01
  out[outAt + 2] += s02
  out[outAt + 3] += s03
  out[outAt + N] += s10
  out[outAt + N + 1] += s11
  out[outAt + N + 2] += s12
  out[outAt + N + 3] += s13
}

/** The same product for rows m0 … m1−1 and columns n0 … n1−1, one dot product each. */
function addDots(
  out: Block,
  a: Block,
  b: Block,
  m0: number,
  m1: number,
  n0: number,
  n1: number,
  N: number,
  K: number,
): void {
  for (let m = m0; m < m1; m++) {
    for (let n = n0; n < n1; n++) {
      let sum = 0
      const aAt = a.at + m * K
      const bAt = b.at + n * K
      for (let k = 0; k < K; k++) sum += a.values[aAt + k] * b.values[bAt + k]
      out.values[out.at + m * N + n] += sum
    }
  }
}

/**
 * out (M,N) += a (K,M)ᵀ · b (K,N)
 *
 * Weight gradients: K runs over the batch.
 */
export function addProductAtB(out: Block, a: Block, b: Block, M: number, N: number, K: number): void {
  const wholeM = M - (M % 2)
  const wholeN = N - (N % 4)
  for (let m = 0; m < wholeM; m += 2) {
    for (let n = 0; n < wholeN; n += 4) {
      addTileAtB(out.values, out.at + m * N + n, a.values, a.at + m, b.values, b.at + n, M, N, K)
    }
  }
  addColumns(out, a, b, wholeM, M, 0, wholeN, M, N, K)
  addColumns(out, a, b, 0, M, wholeN, N, M, N, K)
}

function addTileAtB(
  out: Float64Array,
  outAt: number,
  a: Float64Array,
  aAt: number,
  b: Float64Array,
  bAt: number,
  M: number,
  N: number,
  K: number,
): void {
  let s00 = 0, s01 = 0, s02 = 0, s03 = 0, s10 = 0, s11 = 0, s12 = 0, s13 = 0 // prettier-ignore
  for (let k = 0; k < K; k++) {
    const p = a[aAt]
    const q = a[aAt + 1]
    const w0 = b[bAt]
    const w1 = b[bAt + 1]
    const w2 = b[bAt + 2]
    const w3 = b[bAt + 3]
    s00 += p * w0
    s01 += p * w1
    s02 += p * w2
    s03 += p * w3
    s10 += q * w0
    s11 += q * w1
    s12 += q * w2
    s13 += q * w3
    aAt += M
    bAt += N
  }
  out[outAt] += s00
  out[outAt + 1] += s01
  out[outAt + 2] += s02
  out[outAt + 3] += s03
  out[outAt + N] += s10
  out[outAt + N + 1] += s11
  out[outAt + N + 2] += s12
  out[outAt + N + 3] += s13
}

function addColumns(
  out: Block,
  a: Block,
  b: Block,
  m0: number,
  m1: number,
  n0: number,
  n1: number,
  M: number,
  N: number,
  K: number,
): void {
  for (let m = m0; m < m1; m++) {
    for (let n = n0; n < n1; n++) {
      let sum = 0
      for (let k = 0; k < K; k++) sum += a.values[a.at + k * M + m] * b.values[b.at + k * N + n]
      out.values[out.at + m * N + n] += sum
    }
  }
}

/** out (N,M) = a (M,N)ᵀ */
export function transpose(out: Float64Array, a: Float64Array, M: number, N: number): void {
  for (let m = 0; m < M; m++) {
    for (let n = 0; n < N; n++) out[n * M + m] = a[m * N + n]
  }
}

/** out (M,N): every row becomes the bias (N). */
export function fillRows(out: Block, bias: Float64Array, M: number, N: number): void {
  for (let m = 0; m < M; m++) out.values.set(bias, out.at + m * N)
}

/** out (N) += the sum over the rows of a (M,N) */
export function addColumnSums(out: Float64Array, a: Block, M: number, N: number): void {
  for (let m = 0; m < M; m++) {
    for (let n = 0; n < N; n++) out[n] += a.values[a.at + m * N + n]
  }
}

export function block(values: Float64Array, at = 0): Block {
  return { values, at }
}
