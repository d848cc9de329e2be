import { kernelForward } from '../../src-main/kernels/kernelForward.ts'
import { createTrainingPass } from '../../src-main/kernels/trainingPass.ts'
import { adamStep, createAdamState, type AdamSettings } from '../../src-shared/network/adam.ts'
import { backwardPass, createGradients } from '../../src-shared/network/backward.ts'
import { forward, forwardPass } from '../../src-shared/network/forward.ts'
import { lossBackward } from '../../src-shared/network/loss.ts'
import type {
  GateConstants,
  NetworkForward,
  NetworkInput,
  NetworkShape,
} from '../../src-shared/network/shape.ts'
import { createWorkspace, loadParameters } from '../../src-shared/network/workspace.ts'

/** A network under training, the same to a test whatever computes it. */
export interface TrainedNetwork {
  readonly capacity: Float64Array
  readonly gate: Float64Array
  readonly gradients: Readonly<Record<string, Float64Array>>
  /** Forward and backward; epsilon (B,E), target (B,T). */
  pass(input: NetworkInput, epsilon: Float32Array, target: Float32Array): void
  /** Changes the parameters that it was started with. */
  step(settings: AdamSettings): void
}

interface Start {
  readonly parameters: Record<string, Float32Array>
  readonly shape: NetworkShape
  readonly gate: GateConstants
  readonly B: number
}

export interface Engine {
  readonly name: string
  readonly forward: NetworkForward
  readonly start: (start: Start) => TrainedNetwork
}

/** Everything that computes the network; a suite that takes this list leaves none out. */
export const engines: readonly Engine[] = [
  { name: 'the reference', forward, start: startReference },
  { name: 'the kernels', forward: kernelForward, start: startKernels },
]

function startReference({ parameters, shape, gate, B }: Start): TrainedNetwork {
  const workspace = createWorkspace(shape, B)
  const gradients = createGradients(shape, B)
  const adam = createAdamState(shape)
  return {
    capacity: workspace.capacity,
    gate: workspace.gate,
    gradients: gradients.of,
    pass(input, epsilon, target) {
      loadParameters(workspace, parameters)
      forwardPass(workspace, gate, input, epsilon)
      backwardPass(gradients, workspace, gate, { target, mask: null, epsilon })
    },
    step: (settings) => adamStep(parameters, gradients.of, adam, settings),
  }
}

function startKernels({ parameters, shape, gate, B }: Start): TrainedNetwork {
  const { T, E } = shape
  const kernels = createTrainingPass(parameters, { shape, gate, B })
  const gradients = createGradients(shape, B).of
  const dCapacity = new Float64Array(B * T)
  const dGate = new Float64Array(B * E)
  return {
    capacity: kernels.capacity,
    gate: kernels.gate,
    gradients,
    pass(input, epsilon, target) {
      kernels.forward(input, epsilon)
      lossBackward(dCapacity, dGate, kernels.capacity, target, null, kernels.gate, { B, T, E })
      kernels.backward(dCapacity, dGate)
      kernels.readGradients(gradients)
    },
    step(settings) {
      kernels.step(settings)
      kernels.readParameters(parameters)
    },
  }
}
