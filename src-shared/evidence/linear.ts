/** Lower triangle L of a = L·Lᵀ in place of a; a (n,n) positive definite, row-major, its lower triangle given. */
export function cholesky(a: Float64Array, n: number): void {
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      const rest = a[i * n + j] - rowProduct({ a, i: i * n }, { b: a, j: j * n }, j)
      a[i * n + j] = i === j ? Math.sqrt(Math.max(rest, Number.MIN_VALUE)) : rest / a[j * n + j]
    }
  }
}

/** x of L·Lᵀ·x = y in place of y; `lower` (n,n) from `cholesky`. */
export function choleskySolve(lower: Float64Array, n: number, y: Float64Array): void {
  forwardSolve(lower, n, y)
  for (let i = n - 1; i >= 0; i--) {
    const value = y[i] / lower[i * n + i]
    y[i] = value
    for (let k = 0; k < i; k++) y[k] -= lower[i * n + k] * value
  }
}

/** x of L·x = y in place of y. */
export function forwardSolve(lower: Float64Array, n: number, y: Float64Array): void {
  for (let i = 0; i < n; i++)
    y[i] = (y[i] - rowProduct({ a: lower, i: i * n }, { b: y, j: 0 }, i)) / lower[i * n + i]
}

/** Σ a[i+k] · b[j+k] over k < count, in four sums of fixed order. */
function rowProduct(
  { a, i }: { a: Float64Array; i: number },
  { b, j }: { b: Float64Array; j: number },
  count: number,
): number {
  let s0 = 0
  let s1 = 0
  let s2 = 0
  let s3 = 0
  let k = 0
  for (; k + 3 < count; k += 4) {
    s0 += a[i + k] * b[j + k]
    s1 += a[i + k + 1] * b[j + k + 1]
    s2 += a[i + k + 2] * b[j + k + 2]
    s3 += a[i + k + 3] * b[j + k + 3]
  }
  for (; k < count; k++) s0 += a[i + k] * b[j + k]
  return s0 + s1 + (s2 + s3)
}
