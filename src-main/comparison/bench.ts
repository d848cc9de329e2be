import { initialParameters } from '../../src-shared/network/initialParameters.ts'
import { lossBackward } from '../../src-shared/network/loss.ts'
import { seededRandom } from '../../src-shared/network/seededRandom.ts'
import { kernelForward } from '../kernels/kernelForward.ts'
import { firstFreeByte, loadKernels } from '../kernels/loadKernels.ts'
import { createTrainingPass } from '../kernels/trainingPass.ts'
import {
  benchGate as gate,
  benchShape as shape,
  benchTrainBatch,
  gaussians,
  medianTime,
  randomInput,
  type EngineTimes,
} from './benchProblem.ts'

export interface Bench extends EngineTimes {
  readonly schema: 'pimoe-bench/1'
  readonly engine: 'kernels'
  readonly trainStep: { readonly batch: number; readonly ms: number }
  /** The matrix kernels alone, operations a nanosecond. */
  readonly products: readonly { readonly kernel: string; readonly gflops: number }[]
}

/**
 * Medians of the network alone, T 50, F 12, U 64, E 5, over at least `runs` timed runs each.
 *
 * The kernels run on one thread, whatever the machine has; the answer says so.
 */
export async function bench({ runs = 7 }: { runs?: number } = {}): Promise<Bench> {
  return {
    schema: 'pimoe-bench/1',
    engine: 'kernels',
    threads: 1,
    inference: [
      { batch: 1, ms_per_battery: await inferenceTime(1, 30 * runs) },
      { batch: 256, ms_per_battery: (await inferenceTime(256, runs)) / 256 },
    ],
    trainStep: { batch: benchTrainBatch, ms: await trainStepTime(runs) },
    products: await productSpeeds(30 * runs),
  }
}

async function inferenceTime(B: number, runs: number): Promise<number> {
  const random = seededRandom(1)
  const parameters = initialParameters(shape, random)
  const input = randomInput(shape, B, random)
  return medianTime(runs, () => kernelForward(parameters, shape, gate, input))
}

async function trainStepTime(runs: number): Promise<number> {
  const random = seededRandom(1)
  const { T, E } = shape
  const B = benchTrainBatch
  const parameters = initialParameters(shape, random)
  const input = randomInput(shape, B, random)
  const target = gaussians(B * T, random)
  const epsilon = gaussians(B * E, random)
  const pass = createTrainingPass(parameters, { shape, gate, B })
  const dCapacity = new Float64Array(B * T)
  const dGate = new Float64Array(B * E)
  return medianTime(runs, () => {
    pass.forward(input, epsilon)
    lossBackward(dCapacity, dGate, pass.capacity, target, null, pass.gate, { B, T, E })
    pass.backward(dCapacity, dGate)
    pass.step({ learningRate: 1e-3 })
  })
}

/** The recurrent layer's products in training: gates (B,4U) by hidden states (B,U). */
async function productSpeeds(runs: number): Promise<Bench['products']> {
  const [M, N, K] = [benchTrainBatch, 4 * shape.U, shape.U]
  const room = 4 * M * N
  const [a, b, out] = [firstFreeByte, firstFreeByte + room, firstFreeByte + 2 * room]
  const { kernels } = loadKernels(3 * room)
  const speed = async (work: () => void): Promise<number> =>
    (2 * M * N * K) / 1e6 / (await medianTime(runs, work))
  return [
    { kernel: 'multiply', gflops: await speed(() => kernels.multiply(out, a, b, M, K, N, 16 * M, K)) },
    { kernel: 'addOuter', gflops: await speed(() => kernels.addOuter(out, a, b, N, K, M, N, K, M, 0)) },
  ]
}
