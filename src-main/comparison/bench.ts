import { initialParameters } from '../../src-shared/network/initialParameters.ts'
import { seededRandom } from '../../src-shared/network/seededRandom.ts'
import type { NetworkForward } from '../../src-shared/network/shape.ts'
import { kernelForward } from '../kernels/kernelForward.ts'
import { firstFreeByte, loadKernels } from '../kernels/loadKernels.ts'
import { withCrew } from './benchCrew.ts'
import {
  benchGate as gate,
  benchShape as shape,
  benchTrainBatch,
  medianTime,
  randomInput,
  type EngineTimes,
} from './benchProblem.ts'
import { threadCurve, trainStepTime, type CurvePoint } from './trainStep.ts'

export interface Bench extends EngineTimes {
  readonly schema: 'pimoe-bench/1'
  readonly engine: 'kernels'
  readonly trainStep: { readonly batch: number; readonly ms: number }
  /** The large kernels alone, additions and multiplications of their products a nanosecond. */
  readonly products: readonly { readonly kernel: string; readonly gflops: number }[]
  /** The training step on other numbers of threads, where it was asked for. */
  readonly curve?: readonly CurvePoint[]
}

export interface BenchOrder {
  /** A third of the timed batches and training steps; one battery and the kernels alone are timed thirty times as often. */
  readonly runs?: number
  /** For batches and the training step, and no more than they can use; one battery is one thread's work. */
  readonly threads?: number
  /** Whether to measure the training step on other numbers of threads too. */
  readonly hasCurve?: boolean
}

/** Medians of the network alone, T 50, F 12, U 64, E 5. Throws `thread-ended` where a thread breaks off. */
export async function bench({ runs = 7, threads = 1, hasCurve = false }: BenchOrder = {}): Promise<Bench> {
  const measured = await withCrew(threads, async (crew, used) => ({
    threads: used,
    inference: [
      { batch: 1, ms_per_battery: await inferenceTime(kernelForward, 1, 30 * runs) },
      { batch: 256, ms_per_battery: (await inferenceTime(crew.forward, 256, 3 * runs)) / 256 },
    ],
    trainStep: { batch: benchTrainBatch, ms: await trainStepTime(crew, runs) },
  }))
  return {
    schema: 'pimoe-bench/1',
    engine: 'kernels',
    ...measured,
    products: await productSpeeds(30 * runs),
    ...(hasCurve ? { curve: await threadCurve(runs) } : {}),
  }
}

async function inferenceTime(forward: NetworkForward, B: number, runs: number): Promise<number> {
  const random = seededRandom(1)
  const parameters = initialParameters(shape, random)
  const input = randomInput(shape, B, random)
  return medianTime(runs, () => forward(parameters, shape, gate, input))
}

/** The recurrent layer's products in training, gates (B,4U) by hidden states (B,U), and its step for few and many rows. */
async function productSpeeds(runs: number): Promise<Bench['products']> {
  const { U } = shape
  const [M, N, K] = [benchTrainBatch, 4 * U, U + 4]
  const room = 4 * M * N
  const [a, b, out] = [firstFreeByte, firstFreeByte + room, firstFreeByte + 2 * room]
  const [bias, memory] = [firstFreeByte + 3 * room, firstFreeByte + 4 * room]
  const { kernels } = loadKernels(5 * room)
  const speed = async (rows: number, width: number, work: () => void): Promise<number> =>
    (2 * rows * N * width) / 1e6 / (await medianTime(runs, work))
  const step = (rows: number) =>
    speed(rows, K, () => kernels.lstmStep(out, memory, a, b, bias, bias + 16 * U, rows, U))
  return [
    { kernel: 'multiply', gflops: await speed(M, U, () => kernels.multiply(out, a, b, M, U, N, 16 * M, U)) },
    { kernel: 'addOuter', gflops: await speed(M, U, () => kernels.addOuter(out, a, b, N, U, M, N, U, M, 0)) },
    { kernel: 'lstmStep of 1', gflops: await step(1) },
    { kernel: 'lstmStep of 32', gflops: await step(32) },
  ]
}
