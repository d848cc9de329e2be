import { initialParameters } from '../../src-shared/network/initialParameters.ts'
import { seededRandom, type SeededRandom } from '../../src-shared/network/seededRandom.ts'
import { lossBackward } from '../../src-shared/network/loss.ts'
import type { NetworkInput } from '../../src-shared/network/shape.ts'
import { kernelForward } from '../kernels/kernelForward.ts'
import { createTrainingPass } from '../kernels/trainingPass.ts'

export interface Bench {
  readonly schema: 'pimoe-bench/1'
  readonly engine: 'kernels'
  readonly threads: number
  readonly inference: readonly { readonly batch: number; readonly ms_per_battery: number }[]
  readonly trainStep: { readonly batch: number; readonly ms: number }
}

const shape = { T: 50, V: 50, F: 12, E: 5, U: 64 }
const gate = { k: 2, alpha: 10 }
const trainBatch = 128

/**
 * Medians of the network alone, T 50, F 12, U 64, E 5, over at least `runs` timed runs each.
 *
 * The kernels run on one thread, whatever the machine has; the answer says so.
 */
export function bench({ runs = 7 }: { runs?: number } = {}): Bench {
  return {
    schema: 'pimoe-bench/1',
    engine: 'kernels',
    threads: 1,
    inference: [
      { batch: 1, ms_per_battery: inferenceTime(1, 30 * runs) },
      { batch: 256, ms_per_battery: inferenceTime(256, runs) / 256 },
    ],
    trainStep: { batch: trainBatch, ms: trainStepTime(runs) },
  }
}

function inferenceTime(B: number, runs: number): number {
  const random = seededRandom(1)
  const parameters = initialParameters(shape, random)
  const input = randomInput(B, random)
  return medianTime(runs, () => void kernelForward(parameters, shape, gate, input))
}

function trainStepTime(runs: number): number {
  const random = seededRandom(1)
  const parameters = initialParameters(shape, random)
  const input = randomInput(trainBatch, random)
  const target = gaussians(trainBatch * shape.T, random)
  const epsilon = gaussians(trainBatch * shape.E, random)
  const pass = createTrainingPass(parameters, { shape, gate, B: trainBatch })
  const sizes = { B: trainBatch, T: shape.T, E: shape.E }
  const dCapacity = new Float64Array(trainBatch * shape.T)
  const dGate = new Float64Array(trainBatch * shape.E)
  return medianTime(runs, () => {
    pass.forward(input, epsilon)
    lossBackward(dCapacity, dGate, pass.capacity, target, null, pass.gate, sizes)
    pass.backward(dCapacity, dGate)
    pass.step({ learningRate: 1e-3 })
  })
}

function randomInput(B: number, random: SeededRandom): NetworkInput {
  const { T, V, F } = shape
  return {
    B,
    curve: gaussians(B * V, random),
    features: gaussians(B * F, random),
    use: gaussians(B * T * 3, random),
  }
}

function gaussians(count: number, random: SeededRandom): Float32Array {
  return Float32Array.from({ length: count }, () => random.gaussian())
}

/** Milliseconds; the first tenth of the runs, and one at least, warm up. */
function medianTime(runs: number, work: () => void): number {
  const times: number[] = []
  const warmUp = Math.max(1, Math.round(runs / 10))
  for (let i = 0; i < runs + warmUp; i++) {
    const start = performance.now()
    work()
    if (i >= warmUp) times.push(performance.now() - start)
  }
  return times.sort((a, b) => a - b)[Math.floor(times.length / 2)]
}
