import type { AdamSettings, AdamState } from '../../src-shared/network/adam.ts'
import type { GateConstants, NetworkInput, NetworkShape, Parameters } from '../../src-shared/network/shape.ts'
import { createArena, padded, wide } from './arena.ts'
import { loadKernels, type Kernels } from './loadKernels.ts'
import { packWeights } from './packWeights.ts'
import { blockLayout, fromBlock, tensorPlaces, toBlock, type BlockLayout } from './parameterBlock.ts'

type Direction = 'forward' | 'reverse'
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

interface Machine {
  readonly kernels: Kernels
  readonly floats: Float32Array
  readonly doubles: Float64Array
  readonly shape: NetworkShape
  readonly gate: GateConstants
  readonly B: number
  readonly layout: BlockLayout
  readonly places: Places
  /** Byte offset of a parameter, and of its gradient. */
  readonly parameter: (place: number) => number
  readonly gradient: (place: number) => number
}

/** Method: PIMOE, arXiv 2506.17755. Memory is laid out once; a pass allocates nothing. Bit-identical on every machine. */
export function createTrainingPass(
  parameters: Parameters,
  network: { shape: NetworkShape; gate: GateConstants; B: number },
): TrainingPass {
  const { shape, B } = network
  const machine = createMachine(network)
  const { floats, layout, places } = machine
  const block = (at: number): Float32Array => floats.subarray(at >> 2, (at >> 2) + layout.length)
  const tensors = tensorPlaces(shape)
  toBlock(block(places.parameters), tensors, parameters)
  const capacity = new Float64Array(B * shape.T)
  const gate = new Float64Array(B * shape.E)
  let iteration = 0
  let isNoisy = false
  return {
    capacity,
    gate,
    forward(input, epsilon) {
      isNoisy = epsilon !== null
      loadBatch(machine, input, epsilon)
      packAllWeights(machine)
      forwardPass(machine, isNoisy)
      capacity.set(floats.subarray(places.capacity >> 2, (places.capacity >> 2) + capacity.length))
      gate.set(machine.doubles.subarray(places.gate >> 3, (places.gate >> 3) + gate.length))
    },
    backward(dCapacity, dGate) {
      block(places.gradients).fill(0)
      floats.set(dCapacity, places.dCapacity >> 2)
      machine.doubles.set(dGate, places.dGate >> 3)
      backwardPass(machine, dCapacity, isNoisy)
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
      toBlock(block(places.parameters), tensors, from)
      toBlock(block(places.first), tensors, adam.first)
      toBlock(block(places.second), tensors, adam.second)
    },
  }
}

function adamStep({ kernels, layout, places }: Machine, settings: AdamSettings, iteration: number): void {
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

function createMachine(network: { shape: NetworkShape; gate: GateConstants; B: number }): Machine {
  const places = placesOf(network.shape, network.B)
  const { kernels, memory } = loadKernels(places.size)
  return {
    ...network,
    kernels,
    places,
    floats: new Float32Array(memory.buffer),
    doubles: new Float64Array(memory.buffer),
    layout: blockLayout(network.shape),
    parameter: (place) => places.parameters + 4 * place,
    gradient: (place) => places.gradients + 4 * place,
  }
}

type Places = ReturnType<typeof placesOf>

function placesOf(shape: NetworkShape, B: number) {
  const { T, V, F, E } = shape
  const arena = createArena()
  const U = padded(shape.U)
  const K = U + 4
  const length = blockLayout(shape).length
  const experts = padded(E * T)
  const direction = () => ({
    packed: arena.floats(4 * U * K),
    packedBack: arena.floats(4 * U * (K + 4)),
    bias: arena.floats(4 * U),
    hx: arena.floats((T + 1) * B * K), // slot s: the hidden state before step s and the input of step s
    memory: arena.floats((T + 1) * B * U), // slot s: before step s
    memoryTanh: arena.floats(T * B * U),
    gates: arena.floats(T * B * 4 * U), // their gradients after the backward pass
  })
  const places = {
    parameters: arena.floats(length),
    gradients: arena.floats(length),
    first: arena.floats(length),
    second: arena.floats(length),
    packedExperts: arena.doubles(wide(experts) * V),
    forward: direction(),
    reverse: direction(),
    curve: arena.floats(B * padded(V)),
    features: arena.floats(B * F),
    use: arena.floats(B * T * 3),
    epsilon: arena.floats(B * E),
    clean: arena.doubles(B * E),
    raw: arena.doubles(B * E),
    logits: arena.doubles(B * E),
    share: arena.doubles(B * E),
    mask: arena.doubles(B * E),
    gate: arena.doubles(B * E),
    dGate: arena.doubles(B * E),
    scratch: arena.doubles(E),
    expert: arena.doubles(B * wide(experts)),
    trend: arena.floats(B * T),
    capacity: arena.floats(B * T),
    dCapacity: arena.floats(B * T),
    dCapacityByStep: arena.floats(T * B),
    dTrend: arena.floats(B * T),
    dExpert: arena.floats(B * experts),
    dHx: arena.floats(B * K),
    dMemory: arena.floats(B * U),
  }
  return { ...places, size: arena.size() }
}

function loadBatch(
  { floats, shape, B, places }: Machine,
  input: Omit<NetworkInput, 'B'>,
  epsilon: Float32Array | null,
): void {
  const { V } = shape
  for (let b = 0; b < B; b++) {
    floats.set(input.curve.subarray(b * V, (b + 1) * V), (places.curve >> 2) + b * padded(V))
  }
  floats.set(input.features, places.features >> 2)
  floats.set(input.use, places.use >> 2)
  if (epsilon !== null) floats.set(epsilon, places.epsilon >> 2)
}

/** As for inference, and the transposed recurrent weights for the backward pass. */
function packAllWeights(machine: Machine): void {
  const { kernels, shape, layout, places, parameter } = machine
  const U = padded(shape.U)
  packWeights(machine)
  for (const name of ['forward', 'reverse'] as const) {
    kernels.packColumns(places[name].packedBack, parameter(layout[name].weight), 4 * U, U + 4, U + 4)
  }
}

function forwardPass(machine: Machine, isNoisy: boolean): void {
  const { kernels, floats, shape, gate, B, layout, places, parameter } = machine
  const { T, V, F, E } = shape
  const experts = padded(E * T)
  const { expert, curve, clean, logits, features } = places
  kernels.runExperts(
    expert,
    curve,
    places.packedExperts,
    parameter(layout.expertBias),
    B,
    experts,
    V,
    padded(V),
  )
  const routed = isNoisy ? clean : logits
  kernels.route(routed, features, parameter(layout.router), parameter(layout.routerBias), B, F, E)
  if (isNoisy) kernels.addNoise(logits, places.raw, clean, places.epsilon, parameter(layout.noise), B, E)
  kernels.gateForward(places.gate, places.share, places.mask, logits, gate.k, gate.alpha, B, E)
  kernels.mix(places.trend, places.gate, expert, B, E, T, wide(experts))
  const capacity = places.capacity >> 2
  floats.fill(floats[(places.parameters >> 2) + layout.outputBias], capacity, capacity + B * T)
  recurForward(machine, 'forward')
  recurForward(machine, 'reverse')
}

function recurForward({ kernels, shape, B, layout, places, parameter }: Machine, name: Direction): void {
  const { T } = shape
  const U = padded(shape.U)
  const own = places[name]
  const [hxSlot, unitSlot] = [4 * B * (U + 4), 4 * B * U]
  for (let step = 0; step < T; step++) {
    const t = name === 'forward' ? step : T - 1 - step
    const now = own.hx + step * hxSlot
    const before = own.memory + step * unitSlot
    const gates = own.gates + 4 * step * unitSlot
    const squashed = own.memoryTanh + step * unitSlot
    kernels.fillInputs(now, places.trend, places.use, t, B, T, U)
    kernels.lstmStepKept(
      now + hxSlot,
      gates,
      before + unitSlot,
      squashed,
      before,
      now,
      own.packed,
      own.bias,
      B,
      U,
    )
    kernels.addOutput(places.capacity, parameter(layout[name].output), now + hxSlot, t, B, T, U)
  }
}

function backwardPass(machine: Machine, dCapacity: Float64Array, isNoisy: boolean): void {
  const { kernels, floats, shape, gate, B, layout, places, parameter, gradient } = machine
  const { T, V, F, E } = shape
  const experts = padded(E * T)
  floats[gradient(layout.outputBias) >> 2] = dCapacity.reduce((sum, d) => sum + d, 0)
  floats.fill(0, places.dTrend >> 2, (places.dTrend >> 2) + B * T)
  kernels.transpose(places.dCapacityByStep, places.dCapacity, B, T)
  recurBackward(machine, 'forward')
  recurBackward(machine, 'reverse')
  const { dExpert } = places
  kernels.mixBackward(
    places.dGate,
    dExpert,
    places.dTrend,
    places.gate,
    places.expert,
    B,
    E,
    T,
    wide(experts),
    experts,
  )
  kernels.addOuter(gradient(layout.experts), dExpert, places.curve, experts, padded(V), B, experts, padded(V))
  kernels.addColumnSums(gradient(layout.expertBias), dExpert, B, experts)
  const { dGate, share, mask, raw, clean, epsilon, scratch } = places
  kernels.gateBackward(dGate, dGate, places.gate, share, mask, gate.alpha, B, E)
  const noise = [gradient(layout.noise), raw, clean, epsilon, parameter(layout.noise), scratch, B, E] as const
  if (isNoisy) kernels.noiseBackward(dGate, ...noise)
  kernels.routeBackward(gradient(layout.router), gradient(layout.routerBias), dGate, places.features, B, F, E)
}

function recurBackward(machine: Machine, name: Direction): void {
  const { kernels, floats, shape, B, layout, places, parameter, gradient } = machine
  const { T } = shape
  const U = padded(shape.U)
  const K = U + 4
  const own = places[name]
  const { weight, inputBias, hiddenBias, output } = layout[name]
  const [hxSlot, unitSlot] = [4 * B * K, 4 * B * U]
  const { dHx, dMemory } = places
  floats.fill(0, dHx >> 2, (dHx >> 2) + B * K)
  floats.fill(0, dMemory >> 2, (dMemory >> 2) + B * U)
  for (let step = T - 1; step >= 0; step--) {
    const t = name === 'forward' ? step : T - 1 - step
    const hx = own.hx + step * hxSlot
    const gates = own.gates + 4 * step * unitSlot
    const before = own.memory + step * unitSlot
    const d = places.dCapacityByStep + 4 * t * B
    const squashed = own.memoryTanh + step * unitSlot
    kernels.addOutputGradient(gradient(output), d, hx + hxSlot, B, U)
    kernels.lstmStepBackward(gates, dMemory, dHx, d, parameter(output), squashed, before, B, U)
    kernels.multiply(dHx, gates, own.packedBack, B, K, 4 * U, 4 * U, K)
    kernels.addTrendGradient(places.dTrend, dHx, t, B, T, U)
    kernels.addOuter(gradient(weight), gates, hx, 4 * U, K, B, 4 * U, K)
    kernels.addColumnSums(gradient(inputBias), gates, B, 4 * U)
  }
  const from = gradient(inputBias) >> 2
  floats.copyWithin(gradient(hiddenBias) >> 2, from, from + 4 * U)
}
