import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { bench } from '../../src-main/comparison/bench.ts'
import { drawChart } from '../../src-main/report/drawChart.ts'
import { measureCeilings } from './ceilings.ts'
import { rooflineOption, type Point } from './option.ts'

// Measures this machine's ceilings and the kernels below them, and draws docs/images/roofline.svg (Williams et al. 2009).

const [B, T, U] = [128, 50, 64]
const K = U + 4
const ceilings = measureCeilings()
const { products, trainStep } = await bench({ runs: 30 })
const gflops = (kernel: string): number => products.find((one) => one.kernel === kernel)?.gflops ?? 0

/** Bytes that must move at least: every operand and result once. */
const points: Point[] = [
  point('multiply', { operations: 2 * B * 4 * U * U, floats: B * 4 * U + 4 * U * U + B * U }),
  point('addOuter', { operations: 2 * B * 4 * U * U, floats: B * 4 * U + B * U + 2 * 4 * U * U }),
  point('lstmStep of 1', { operations: 2 * 4 * U * K, floats: 4 * U * K + K + 3 * U }),
  point('lstmStep of 32', { operations: 2 * 32 * 4 * U * K, floats: 4 * U * K + 32 * (K + 3 * U) }),
  trainingStep(),
]

for (const { name, intensity, gflops: speed } of points) {
  process.stdout.write(`${name}: ${intensity.toFixed(1)} operations a byte, ${speed.toFixed(1)} GFLOPS\n`)
}
const svg = await drawChart(rooflineOption(ceilings, points), { width: 720, height: 420 })
writeFileSync(join(import.meta.dirname, '../images/roofline.svg'), svg)

function point(kernel: string, { operations, floats }: { operations: number; floats: number }): Point {
  return { name: kernel, intensity: operations / (4 * floats), gflops: gflops(kernel) }
}

/** Three products a step and direction; what the forward phase keeps is written, read, and its gates once more each. */
function trainingStep(): Point {
  const operations = 3 * 2 * T * 2 * B * 4 * U * K
  const kept = 2 * T * B * (K + 2 * U)
  const gates = 2 * T * B * 4 * U
  const floats = 2 * kept + 4 * gates
  return {
    name: 'training step',
    intensity: operations / (4 * floats),
    gflops: operations / 1e6 / trainStep.ms,
  }
}
