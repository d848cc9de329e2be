import { parseArgs } from 'node:util'
import { createRidgeMachine } from '../../src-main/training/regression/ridgeMachine.ts'
import { cholesky, choleskySolve } from '../../src-shared/evidence/linear.ts'
import { seededRandom } from '../../src-shared/network/seededRandom.ts'

// Times the sums and the factor of a regression, by the kernels and by plain loops in alternation:
// node test/bench/regression.ts [--points N] [--rows N]
const { values: given } = parseArgs({
  options: { points: { type: 'string', default: '1350' }, rows: { type: 'string', default: '2700' } },
})
const [count, n] = [Number(given.points), Number(given.rows)]
const random = seededRandom(1)
const drawn = (length: number): Float64Array => Float64Array.from({ length }, () => random.uniform())
const rows = Array.from({ length: n }, () => drawn(count))
const wanted = drawn(count)
const ridge = 0.1
const between = new Float64Array(count * count).map((_, i) => (i % (count + 1) === 0 ? 1 : 0))

function byKernels(): Float64Array {
  const machine = createRidgeMachine(count)
  for (const row of rows) machine.add(row)
  return machine.solve({ ridge, between, wanted })
}

function byLoops(): Float64Array {
  const sum = between.map((value) => ridge * value)
  for (let r = 0; r < n; r += 4) {
    const [a, b, c, d] = [0, 1, 2, 3].map((k) => rows[r + k] ?? new Float64Array(count))
    for (let i = 0; i < count; i++) {
      const [ai, bi, ci, di] = [a[i], b[i], c[i], d[i]]
      for (let j = 0; j <= i; j++) sum[i * count + j] += ai * a[j] + bi * b[j] + ci * c[j] + di * d[j]
    }
  }
  cholesky(sum, count)
  const solution = wanted.slice()
  choleskySolve(sum, count, solution)
  return solution
}

function timed(work: () => Float64Array): { seconds: number; answer: Float64Array } {
  const start = performance.now()
  const answer = work()
  return { seconds: (performance.now() - start) / 1000, answer }
}

for (let round = 0; round < 3; round++) {
  const [kernels, loops] = [timed(byKernels), timed(byLoops)]
  const apart = kernels.answer.reduce(
    (most, value, i) => Math.max(most, Math.abs(value - loops.answer[i])),
    0,
  )
  console.log(
    `kernels ${kernels.seconds.toFixed(2)} s, loops ${loops.seconds.toFixed(2)} s (${(loops.seconds / kernels.seconds).toFixed(1)} times), apart by ${apart.toExponential(0)}`,
  )
}
