import type { AdamSettings, AdamState } from '../../src-shared/network/adam.ts'
import type { GateConstants, NetworkInput, NetworkShape, Parameters } from '../../src-shared/network/shape.ts'
import { isCausal } from '../../src-shared/network/causality.ts'
import { padded } from './arena.ts'
import { directionsOf, leaveOutReverse } from './directions.ts'
import { packWeights } from './packWeights.ts'
import { fromBlock, tensorPlaces, toBlock } from './parameterBlock.ts'
import { lead, teamControl, type Team } from './team.ts'
import { gradientItemsOf } from './trainingItems.ts'
import { trainingMachine, trainingRoom, type TrainingMachine } from './trainingMachine.ts'
import { phases, workOf } from './work.ts'

type Tensors = Readonly<Record<string, Float32Array | Float64Array>>

/** A network being trained on batches of exactly B windows: forward, backward and optimiser on SIMD kernels. */
export interface TrainingPass {
  /** (B,T) of the last forward, float64 copies. */
  readonly capacity: Float64Array
  /** (B,E) of the last forward. */
  readonly gate: Float64Array
  /** epsilon (B,E) is standard normal noise, null for none. */
  forward(input: Omit<NetworkInput, 'B'>, epsilon: Float32Array | null): void
  /** From the loss's gradients, dCapacity (B,T) and dGate (B,E), to those of every parameter; after a forward. */
  backward(dCapacity: Float64Array, dGate: Float64Array): void
  /** One optimiser step with the gradients of the last backward. */
  step(settings: AdamSettings): void
  readonly iteration: () => number
  readParameters(into: Tensors): void
  readGradients(into: Tensors): void
  /** The optimiser's moments and how many iterations they saw. */
  readMoments(into: AdamState): void
  /** Goes on from here as if the pass had come this far itself. */
  restore(parameters: Parameters, adam: AdamState): void
}

/** A pass on the calling thread alone. Method: PIMOE, arXiv 2506.17755. */
export function createTrainingPass(
  parameters: Parameters,
  network: { shape: NetworkShape; gate: GateConstants; B: number },
): TrainingPass {
  const machine = trainingMachine(trainingRoom(network, 1))
  return teamTrainingPass(parameters, machine, lead(teamControl(1), workOf({ training: machine })))
}

/**
 * A pass that a team computes: `team` is led by this thread and knows the machine's work.
 *
 * Memory is laid out once; a pass allocates nothing. Bit-identical on every machine and with any number of threads.
 */
export function teamTrainingPass(parameters: Parameters, machine: TrainingMachine, team: Team): TrainingPass {
  const { floats, doubles, layout, places, shape, B } = machine
  const block = (at: number): Float32Array => floats.subarray(at >> 2, (at >> 2) + layout.length)
  const tensors = tensorPlaces(shape)
  toBlock(block(places.parameters), tensors, parameters)
  leaveOutReverse(machine, isCausal(parameters, shape))
  const capacity = new Float64Array(B * shape.T)
  const gate = new Float64Array(B * shape.E)
  const rowItems = Math.ceil(B / machine.rowsPerItem)
  const gradientItems = gradientItemsOf(machine)
  let iteration = 0
  return {
    capacity,
    gate,
    forward(input, epsilon) {
      loadBatch(machine, input, epsilon)
      packAllWeights(machine)
      team.perform(phases.forward, rowItems)
      capacity.set(floats.subarray(places.capacity >> 2, (places.capacity >> 2) + capacity.length))
      gate.set(doubles.subarray(places.gate >> 3, (places.gate >> 3) + gate.length))
    },
    backward(dCapacity, dGate) {
      block(places.gradients).fill(0)
      loadLossGradients(machine, dCapacity, dGate)
      team.perform(phases.backward, rowItems)
      team.perform(phases.gradients, gradientItems)
    },
    step(settings) {
      iteration++
      adamStep(machine, settings, iteration)
    },
    iteration: () => iteration,
    readParameters: (into) => fromBlock(into, tensors, block(places.parameters)),
    readGradients: (into) => fromBlock(into, tensors, block(places.gradients)),
    readMoments: (into) => {
      into.iteration = iteration
      fromBlock(into.first, tensors, block(places.first))
      fromBlock(into.second, tensors, block(places.second))
    },
    restore: (from, adam) => {
      iteration = adam.iteration
      leaveOutReverse(
        machine,
        [from, adam.first].every((tensors) => isCausal(tensors, shape)),
      )
      toBlock(block(places.parameters), tensors, from)
      toBlock(block(places.first), tensors, adam.first)
      toBlock(block(places.second), tensors, adam.second)
    },
  }
}

function adamStep(
  { kernels, layout, places }: TrainingMachine,
  settings: AdamSettings,
  iteration: number,
): void {
  const { learningRate, weightDecay = 0, beta1 = 0.9, beta2 = 0.999, leastSpread = 1e-8 } = settings
  const rate = learningRate / (1 - beta1 ** iteration)
  const spreadScale = 1 / Math.sqrt(1 - beta2 ** iteration)
  const keep = 1 - learningRate * weightDecay
  const { parameters, gradients, first, second } = places
  const { length } = layout
  kernels.adam(
    parameters,
    gradients,
    first,
    second,
    length,
    rate,
    spreadScale,
    keep,
    beta1,
    beta2,
    leastSpread,
  )
}

function loadBatch(
  { floats, doubles, shape, B, places }: TrainingMachine,
  input: Omit<NetworkInput, 'B'>,
  epsilon: Float32Array | null,
): void {
  const { V } = shape
  for (let b = 0; b < B; b++) {
    floats.set(input.curve.subarray(b * V, (b + 1) * V), (places.curve >> 2) + b * padded(V))
  }
  floats.set(input.features, places.features >> 2)
  floats.set(input.use, places.use >> 2)
  doubles[places.isNoisy >> 3] = epsilon === null ? 0 : 1
  if (epsilon !== null) floats.set(epsilon, places.epsilon >> 2)
}

/** As for inference, and the transposed recurrent weights for the backward pass. */
function packAllWeights(machine: TrainingMachine): void {
  const { kernels, shape, layout, places, parameter } = machine
  const U = padded(shape.U)
  packWeights(machine)
  for (const name of directionsOf(machine)) {
    kernels.packColumns(places[name].packedBack, parameter(layout[name].weight), 4 * U, U + 4, U + 4)
  }
}

function loadLossGradients(machine: TrainingMachine, dCapacity: Float64Array, dGate: Float64Array): void {
  const { kernels, floats, doubles, shape, B, layout, places, gradient } = machine
  floats.set(dCapacity, places.dCapacity >> 2)
  doubles.set(dGate, places.dGate >> 3)
  kernels.transpose(places.dCapacityByStep, places.dCapacity, B, shape.T)
  floats[gradient(layout.outputBias) >> 2] = dCapacity.reduce((sum, d) => sum + d, 0)
}
