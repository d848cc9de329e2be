import { cholesky } from '../../src-shared/evidence/linear.ts'
import { padded } from '../../src-main/kernels/arena.ts'
import type { KernelCase } from './kernelBench.ts'

/** The lower triangle of (m,m), 0 above it. */
function lower(values: Float64Array, m: number): Float64Array {
  return values.map((value, i) => (i % m <= Math.floor(i / m) ? value : 0))
}

/** The sum of the outer products of rows (n,m) and a start (m,m). */
function gram(start: Float64Array, rows: Float64Array, m: number): Float64Array {
  const sum = start.slice()
  for (let at = 0; at < rows.length; at += m) {
    for (let i = 0; i < m; i++) for (let j = 0; j < m; j++) sum[i * m + j] += rows[at + i] * rows[at + j]
  }
  return sum
}

export const ridgeCases: Record<'addGram' | 'cholesky', KernelCase> = {
  addGram(bench, n) {
    const m = 12
    const rows = bench.wideGaussians(n * m)
    const start = bench.wideGaussians(m * m)
    const panels = rows.map((_, i) => {
      const [panel, row, column] = [Math.floor(i / (4 * n)), Math.floor(i / 4) % n, i % 4]
      return rows[row * m + 4 * panel + column]
    })
    const sum = bench.put(start)
    bench.kernels.addGram(sum, bench.put(panels), n, m)
    return [{ found: lower(bench.doubles(sum, m * m), m), expected: lower(gram(start, rows, m), m) }]
  },
  cholesky(bench, n) {
    const m = padded(n)
    const unit = new Float64Array(m * m).map((_, i) => (i % (m + 1) === 0 ? 1 : 0))
    const whole = gram(unit, bench.wideGaussians(n * m), m)
    const at = bench.put(whole)
    bench.kernels.cholesky(at, m)
    cholesky(whole, m)
    return [{ found: lower(bench.doubles(at, m * m), m), expected: lower(whole, m) }]
  },
}
