import type {
  GateConstants,
  NetworkInput,
  NetworkOutput,
  NetworkShape,
  Parameters,
} from '../../src-shared/network/shape.ts'
import { createArena, padded, wide } from './arena.ts'
import { loadKernels, type Kernels } from './loadKernels.ts'
import { packWeights } from './packWeights.ts'
import {
  blockLayout,
  tensorPlaces,
  toBlock,
  type BlockLayout,
  type RecurrentPlaces,
} from './parameterBlock.ts'

/** Windows computed at once: their hidden states and one group's weights fit the first-level cache. */
const mostRows = 32

/** Room for one network: memory laid out once, nothing allocated but the answer. */
export interface NetworkRunner {
  /** Packs a network's weights. */
  load(parameters: Parameters): void
  /** What the loaded network says of B windows, without training noise. Bit-identical on every machine and in every batch. */
  run(gate: GateConstants, input: NetworkInput): NetworkOutput
}

/** Method: PIMOE, arXiv 2506.17755. */
export function createRunner(shape: NetworkShape): NetworkRunner {
  const places = placesOf(shape)
  const { kernels, memory } = loadKernels(places.size)
  const floats = new Float32Array(memory.buffer)
  const doubles = new Float64Array(memory.buffer)
  const layout = blockLayout(shape)
  const tensors = tensorPlaces(shape)
  const room = { floats, shape, places }
  return {
    load(parameters) {
      const first = places.parameters >> 2
      toBlock(floats.subarray(first, first + layout.length), tensors, parameters)
      packWeights({ kernels, floats, shape, layout, places })
    },
    run(gate, input) {
      const output = emptyOutput(shape, input.B)
      for (let first = 0; first < input.B; first += mostRows) {
        const B = Math.min(mostRows, input.B - first)
        load(room, input, first, B)
        pass(kernels, floats, { shape, gate, layout, places }, B)
        keep(output, { ...room, doubles }, first, B)
      }
      return output
    },
  }
}

function emptyOutput({ T, E }: NetworkShape, B: number): NetworkOutput {
  return {
    capacity: new Float32Array(B * T),
    gateLogits: new Float32Array(B * E),
    gateWeights: new Float32Array(B * E),
    trend: new Float32Array(B * T),
  }
}

function keep(output: NetworkOutput, room: Room & { doubles: Float64Array }, first: number, B: number): void {
  const { floats, doubles, shape, places } = room
  const { T, E } = shape
  const single = (at: number) => floats.subarray(at >> 2, (at >> 2) + B * T)
  const double = (at: number) => doubles.subarray(at >> 3, (at >> 3) + B * E)
  output.capacity.set(single(places.capacity), first * T)
  output.trend.set(single(places.trend), first * T)
  output.gateLogits.set(double(places.logits), first * E)
  output.gateWeights.set(double(places.gate), first * E)
}

type Places = ReturnType<typeof placesOf>

function placesOf(shape: NetworkShape) {
  const { T, V, F, E, U } = shape
  const arena = createArena()
  const B = mostRows
  const units = padded(U)
  const experts = padded(E * T)
  const direction = () => ({
    packed: arena.floats(4 * units * (units + 4)),
    bias: arena.floats(4 * units),
    hx: [arena.floats(B * (units + 4)), arena.floats(B * (units + 4))] as const,
    memory: arena.floats(B * units),
    gates: arena.floats(B * 4 * units),
  })
  const places = {
    parameters: arena.floats(blockLayout(shape).length),
    packedExperts: arena.doubles(wide(experts) * V),
    forward: direction(),
    reverse: direction(),
    curve: arena.floats(B * V),
    features: arena.floats(B * F),
    use: arena.floats(B * T * 3),
    logits: arena.doubles(B * E),
    share: arena.doubles(B * E),
    mask: arena.doubles(B * E),
    gate: arena.doubles(B * E),
    expert: arena.doubles(B * wide(experts)),
    trend: arena.floats(B * T),
    capacity: arena.floats(B * T),
  }
  return { ...places, size: arena.size() }
}

interface Room {
  readonly floats: Float32Array
  readonly shape: NetworkShape
  readonly places: Places
}

function load({ floats, shape, places }: Room, input: NetworkInput, first: number, B: number): void {
  const { T, V, F } = shape
  const rows = (values: Float32Array, width: number) => values.subarray(first * width, (first + B) * width)
  floats.set(rows(input.curve, V), places.curve >> 2)
  floats.set(rows(input.features, F), places.features >> 2)
  floats.set(rows(input.use, T * 3), places.use >> 2)
}

function pass(
  kernels: Kernels,
  floats: Float32Array,
  network: { shape: NetworkShape; gate: GateConstants; layout: BlockLayout; places: Places },
  B: number,
): void {
  const { shape, gate, layout, places } = network
  const { T, V, F, E } = shape
  const at = (place: number): number => places.parameters + 4 * place
  const experts = padded(E * T)
  kernels.runExperts(
    places.expert,
    places.curve,
    places.packedExperts,
    at(layout.expertBias),
    B,
    experts,
    V,
    V,
  )
  kernels.route(places.logits, places.features, at(layout.router), at(layout.routerBias), B, F, E)
  kernels.gateForward(places.gate, places.share, places.mask, places.logits, gate.k, gate.alpha, B, E)
  kernels.mix(places.trend, places.gate, places.expert, B, E, T, wide(experts))
  const capacity = places.capacity >> 2
  floats.fill(floats[(places.parameters >> 2) + layout.outputBias], capacity, capacity + B * T)
  recur(kernels, floats, { shape, places, own: layout.forward, name: 'forward' }, B)
  recur(kernels, floats, { shape, places, own: layout.reverse, name: 'reverse' }, B)
}

interface Recurrence {
  readonly shape: NetworkShape
  readonly places: Places
  readonly own: RecurrentPlaces
  readonly name: 'forward' | 'reverse'
}

function recur(kernels: Kernels, floats: Float32Array, recurrence: Recurrence, B: number): void {
  const { shape, places, own, name } = recurrence
  const { T } = shape
  const U = padded(shape.U)
  const { packed, bias, hx, memory, gates } = places[name]
  floats.fill(0, memory >> 2, (memory >> 2) + B * U)
  floats.fill(0, hx[0] >> 2, (hx[0] >> 2) + B * (U + 4))
  const output = places.parameters + 4 * own.output
  for (let step = 0; step < T; step++) {
    const t = name === 'forward' ? step : T - 1 - step
    const now = hx[step & 1]
    const next = hx[1 - (step & 1)]
    kernels.fillInputs(now, places.trend, places.use, t, B, T, U)
    kernels.lstmStep(next, memory, now, packed, bias, gates, B, U)
    kernels.addOutput(places.capacity, output, next, t, B, T, U)
  }
}
