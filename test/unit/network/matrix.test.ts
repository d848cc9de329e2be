import { describe, expect, it } from 'vitest'
import { addProductABt, addProductAtB, block, transpose } from '../../../src-shared/network/matrix.ts'
import { seededRandom } from '../../../src-shared/network/seededRandom.ts'

const sizes = [1, 2, 3, 4, 5, 8, 13].flatMap((M) =>
  [1, 3, 4, 7].flatMap((N) => [1, 6].map((K) => ({ M, N, K }))),
)

function gaussians(count: number): Float64Array {
  const random = seededRandom(count)
  return Float64Array.from({ length: count }, () => random.gaussian())
}

describe('dense products', () => {
  it.each(sizes)('add a·bᵀ and aᵀ·b at an offset, M=$M N=$N K=$K', ({ M, N, K }) => {
    const a = gaussians(M * K)
    const b = gaussians(N * K)
    const aT = new Float64Array(M * K)
    const bT = new Float64Array(N * K)
    transpose(aT, a, M, K)
    transpose(bT, b, N, K)
    const byRows = new Float64Array(M * N + 3).fill(1)
    const byColumns = new Float64Array(M * N + 3).fill(1)
    addProductABt(block(byRows, 2), block(a), block(b), M, N, K)
    addProductAtB(block(byColumns, 2), block(aT), block(bT), M, N, K)
    for (let i = 0; i < M * N + 3; i++) {
      const m = Math.floor((i - 2) / N)
      const n = (i - 2) % N
      let expected = 1
      if (i >= 2 && i < M * N + 2) for (let k = 0; k < K; k++) expected += a[m * K + k] * b[n * K + k]
      expect(byRows[i]).toBeCloseTo(expected, 12)
      expect(byColumns[i]).toBeCloseTo(expected, 12)
    }
  })
})
