import type { Direction } from '../../src-shared/network/lstm.ts'
import type { NetworkShape } from '../../src-shared/network/shape.ts'
import { createArena, padded, wide } from './arena.ts'
import { directionsOf } from './directions.ts'
import { kernelMemory, kernelsOver, type Kernels } from './loadKernels.ts'
import { blockLayout, type BlockLayout } from './parameterBlock.ts'

/** Windows in an item: their hidden states and one group's weights fit the first-level cache. */
export const rowsPerItem = 32

/** Windows whose inputs and answers have room. */
export const mostRows = 8 * rowsPerItem

/** What the threads of an inference share; goes to another thread as it is. */
export interface InferenceRoom {
  readonly shape: NetworkShape
  readonly threads: number
  readonly memory: WebAssembly.Memory
}

/** A thread's own kernels, views and scratch in the shared memory. */
export interface InferenceMachine {
  readonly shape: NetworkShape
  readonly kernels: Kernels
  readonly floats: Float32Array
  readonly doubles: Float64Array
  readonly layout: BlockLayout
  readonly places: SharedPlaces
  readonly scratch: Scratch
}

export function inferenceRoom(shape: NetworkShape, threads: number): InferenceRoom {
  return { shape, threads, memory: kernelMemory(placesOf(shape, threads).size) }
}

/** `member` counts the threads from 0. */
export function inferenceMachine(
  { shape, threads, memory }: InferenceRoom,
  member: number,
): InferenceMachine {
  const { shared, scratches } = placesOf(shape, threads)
  return {
    shape,
    kernels: kernelsOver(memory),
    floats: new Float32Array(memory.buffer),
    doubles: new Float64Array(memory.buffer),
    layout: blockLayout(shape),
    places: shared,
    scratch: scratches[member],
  }
}

type SharedPlaces = ReturnType<typeof placesOf>['shared']
type Scratch = ReturnType<typeof placesOf>['scratches'][number]

function placesOf(shape: NetworkShape, threads: number) {
  const { T, V, F, E } = shape
  const arena = createArena()
  const U = padded(shape.U)
  const experts = padded(E * T)
  const direction = () => ({ packed: arena.floats(4 * U * (U + 4)), bias: arena.floats(4 * U) })
  const shared = {
    parameters: arena.floats(blockLayout(shape).length),
    packedExperts: arena.doubles(wide(experts) * V),
    forward: direction(),
    reverse: direction(),
    directions: arena.doubles(1), // how many are computed
    asked: arena.doubles(3), // number of windows, k, alpha
    curve: arena.floats(mostRows * V),
    features: arena.floats(mostRows * F),
    use: arena.floats(mostRows * T * 3),
    steps: arena.floats(mostRows), // of each window that are read
    logits: arena.doubles(mostRows * E),
    gate: arena.doubles(mostRows * E),
    trend: arena.floats(mostRows * T),
    capacity: arena.floats(mostRows * T),
  }
  const scratches = Array.from({ length: threads }, () => ({
    expert: arena.doubles(rowsPerItem * wide(experts)),
    share: arena.doubles(rowsPerItem * E),
    mask: arena.doubles(rowsPerItem * E),
    hx: [arena.floats(rowsPerItem * (U + 4)), arena.floats(rowsPerItem * (U + 4))] as const,
    memory: arena.floats(rowsPerItem * U),
    gates: arena.floats(rowsPerItem * 4 * U),
  }))
  return { shared, scratches, size: arena.size() }
}

/** What the network says of an item's windows. */
export function inferenceItem(machine: InferenceMachine, item: number): void {
  const { kernels, floats, doubles, shape, layout, places, scratch } = machine
  const { T, V, F, E } = shape
  const [windows, k, alpha] = doubles.subarray(places.asked >> 3)
  const first = item * rowsPerItem
  const count = Math.min(rowsPerItem, windows - first)
  const at = (place: number): number => places.parameters + 4 * place
  const experts = padded(E * T)
  const { expert, share, mask } = scratch
  const [logits, gate] = [places.logits + 8 * first * E, places.gate + 8 * first * E]
  const curve = places.curve + 4 * first * V
  kernels.runExperts(expert, curve, places.packedExperts, at(layout.expertBias), count, experts, V, V)
  const features = places.features + 4 * first * F
  kernels.route(logits, features, at(layout.router), at(layout.routerBias), count, F, E)
  kernels.gateForward(gate, share, mask, logits, k, alpha, count, E)
  kernels.mix(places.trend + 4 * first * T, gate, expert, count, E, T, wide(experts))
  const capacity = (places.capacity >> 2) + first * T
  floats.fill(floats[at(layout.outputBias) >> 2], capacity, capacity + count * T)
  for (const name of directionsOf(machine)) recur(machine, name, { first, count })
}

function recur(
  machine: InferenceMachine,
  name: Direction,
  { first, count }: { first: number; count: number },
): void {
  const { kernels, floats, shape, layout, places, scratch } = machine
  const { T } = shape
  const U = padded(shape.U)
  const { packed, bias } = places[name]
  const { hx, memory, gates } = scratch
  floats.fill(0, memory >> 2, (memory >> 2) + count * U)
  floats.fill(0, hx[0] >> 2, (hx[0] >> 2) + count * (U + 4))
  const output = places.parameters + 4 * layout[name].output
  const [trend, use] = [places.trend + 4 * first * T, places.use + 12 * first * T]
  const capacity = places.capacity + 4 * first * T
  const steps = stepsOf(machine, name, { first, count })
  for (let step = 0; step < steps; step++) {
    const t = name === 'forward' ? step : T - 1 - step
    const now = hx[step & 1]
    const next = hx[1 - (step & 1)]
    kernels.fillInputs(now, trend, use, t, count, T, U)
    kernels.lstmStep(next, memory, now, packed, bias, gates, count, U)
    kernels.addOutput(capacity, output, next, t, count, T, U)
  }
}

/** Looking ahead, an item goes no farther than the last step that is read of one of its windows; looking back, from the end. */
function stepsOf(
  { floats, shape, places }: InferenceMachine,
  name: Direction,
  { first, count }: { first: number; count: number },
): number {
  if (name === 'reverse') return shape.T
  const at = (places.steps >> 2) + first
  return floats.subarray(at, at + count).reduce((most, steps) => Math.max(most, steps), 0)
}
