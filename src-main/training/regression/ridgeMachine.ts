import { choleskySolve } from '../../../src-shared/evidence/linear.ts'
import { createArena, padded } from '../../kernels/arena.ts'
import { loadKernels } from '../../kernels/loadKernels.ts'

/** Sums outer products and solves with them, in double precision on one thread: the same bits on every machine. */
export interface RidgeMachine {
  /** Adds the outer product of a row (count). */
  add(row: Float64Array): void
  /** (count) x of (sum + ridge · between + jitter) x = wanted; `between` (count,count), its lower triangle. */
  solve(order: { ridge: number; between: Float64Array; wanted: Float64Array }): Float64Array
}

/** Rows that are summed at once. */
const chunk = 256
/** So that points which say the same can be told apart in double precision. */
const jitter = 1e-8

export function createRidgeMachine(count: number): RidgeMachine {
  const m = padded(count)
  const arena = createArena()
  const [sumAt, workAt, panelsAt] = [m * m, m * m, chunk * m].map((size) => arena.doubles(size))
  const { kernels, memory } = loadKernels(arena.size())
  const sum = new Float64Array(memory.buffer, sumAt, m * m)
  const work = new Float64Array(memory.buffer, workAt, m * m)
  const panels = new Float64Array(memory.buffer, panelsAt, chunk * m)
  let waiting = 0
  const flush = (): void => {
    if (waiting > 0) kernels.addGram(sumAt, panelsAt, chunk, m)
    panels.fill(0)
    waiting = 0
  }
  return {
    add(row) {
      for (let j = 0; j < count; j++) panels[((j >> 2) * chunk + waiting) * 4 + (j & 3)] = row[j]
      if (++waiting === chunk) flush()
    },
    solve({ ridge, between, wanted }) {
      flush()
      work.set(sum)
      for (let i = 0; i < count; i++) {
        for (let j = 0; j <= i; j++) work[i * m + j] += ridge * between[i * count + j]
        work[i * m + i] += jitter
      }
      for (let i = count; i < m; i++) work[i * m + i] = 1
      kernels.cholesky(workAt, m)
      const solution = new Float64Array(m)
      solution.set(wanted)
      choleskySolve(work, m, solution)
      return solution.slice(0, count)
    },
  }
}
