import { adamStep, createAdamState } from '../../src-shared/network/adam.ts'
import { initialParameters } from '../../src-shared/network/initialParameters.ts'
import { seededRandom } from '../../src-shared/network/seededRandom.ts'
import type { NetworkInput, NetworkShape } from '../../src-shared/network/shape.ts'
import { onnxNetwork } from '../checkpoints/onnx.ts'
import {
  benchGate as gate,
  benchShape,
  benchTrainBatch,
  gaussians,
  medianTime,
  randomInput,
  type EngineTimes,
} from './benchProblem.ts'
import { createOnnxSession } from './onnxSession.ts'
import { tensorflowEngine, tensorflowGradients } from './tensorflowNetwork.ts'

export interface PeerMeasurement extends EngineTimes {
  readonly engine: 'tensorflow' | 'onnxruntime-web'
  /** null where the engine cannot train. */
  readonly trainStep: { readonly batch: number; readonly ms: number } | null
}

export interface PeerBenchSizes {
  readonly shape: NetworkShape
  readonly batches: readonly number[]
  readonly trainBatch: number
  /** Timed runs of the slowest measurement; one battery is timed ten times as often. */
  readonly runs: number
}

const published = { shape: benchShape, batches: [1, 256], trainBatch: benchTrainBatch, runs: 3 }

/** Medians of the same network in other programs, on one thread, weights and inputs handed over in every run. */
export async function peerBench(sizes: PeerBenchSizes = published): Promise<PeerMeasurement[]> {
  return [await tensorflow(sizes), await onnxruntime(sizes)]
}

async function tensorflow(sizes: PeerBenchSizes): Promise<PeerMeasurement> {
  const { shape } = sizes
  const parameters = initialParameters(shape, seededRandom(1))
  const forward = await tensorflowEngine()
  const inference = await inferenceTimes(sizes, (input) =>
    Promise.resolve(forward(parameters, shape, gate, input)),
  )
  return { engine: 'tensorflow', threads: 1, inference, trainStep: await tensorflowTrainStep(sizes) }
}

async function onnxruntime(sizes: PeerBenchSizes): Promise<PeerMeasurement> {
  const { shape } = sizes
  const parameters = initialParameters(shape, seededRandom(1))
  const session = await createOnnxSession(onnxNetwork({ ...shape, ...gate }, parameters))
  const inference = await inferenceTimes(sizes, (input) => session.run(shape, input))
  await session.close()
  return { engine: 'onnxruntime-web', threads: 1, inference, trainStep: null }
}

async function inferenceTimes(
  { shape, batches, runs }: PeerBenchSizes,
  infer: (input: NetworkInput) => Promise<unknown>,
): Promise<PeerMeasurement['inference']> {
  const times: { batch: number; ms_per_battery: number }[] = []
  for (const batch of batches) {
    const input = randomInput(shape, batch, seededRandom(1))
    const ms = await medianTime(batch === 1 ? 10 * runs : runs, () => infer(input))
    times.push({ batch, ms_per_battery: ms / batch })
  }
  return times
}

/** Gradients by TensorFlow.js, then Adam, which takes about a hundredth of it, by ours. */
async function tensorflowTrainStep({
  shape,
  trainBatch: batch,
  runs,
}: PeerBenchSizes): Promise<PeerMeasurement['trainStep']> {
  const random = seededRandom(1)
  const parameters = initialParameters(shape, random)
  const input = randomInput(shape, batch, random)
  const target = gaussians(batch * shape.T, random)
  const epsilon = gaussians(batch * shape.E, random)
  const adam = createAdamState(shape)
  const ms = await medianTime(runs, async () => {
    const { of } = await tensorflowGradients(parameters, { shape, gate }, input, { target, epsilon })
    const gradients = Object.fromEntries(
      Object.entries(of).map(([name, values]) => [name, Float64Array.from(values)]),
    )
    adamStep(parameters, gradients, adam, { learningRate: 1e-3 })
  })
  return { batch, ms }
}
