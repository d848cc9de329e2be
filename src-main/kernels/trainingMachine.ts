import type { GateConstants, NetworkShape } from '../../src-shared/network/shape.ts'
import { createArena, padded, wide } from './arena.ts'
import { kernelMemory, kernelsOver, type Kernels } from './loadKernels.ts'
import { blockLayout, type BlockLayout } from './parameterBlock.ts'

/** A batch falls into items of at least so many windows. */
const leastRows = 16

/** What the threads of a training pass share; goes to another thread as it is. */
export interface TrainingRoom {
  readonly shape: NetworkShape
  readonly gate: GateConstants
  /** Windows of a batch. */
  readonly B: number
  /** Windows in an item of the forward and the backward phase. */
  readonly rowsPerItem: number
  /** Items of the recurrent weights in the gradient phase, of one direction or of both. */
  readonly weightItems: number
  readonly memory: WebAssembly.Memory
}

/** A thread's own kernels and views over the shared memory. */
export interface TrainingMachine extends TrainingRoom {
  readonly kernels: Kernels
  readonly floats: Float32Array
  readonly doubles: Float64Array
  readonly layout: BlockLayout
  readonly places: TrainingPlaces
  /** Byte offset of a parameter, and of its gradient. */
  readonly parameter: (place: number) => number
  readonly gradient: (place: number) => number
}

/** Room for that many threads; how it is cut for them changes speed alone. */
export function trainingRoom(
  network: { shape: NetworkShape; gate: GateConstants; B: number },
  threads: number,
): TrainingRoom {
  const { shape, gate, B } = network
  // Large items use the caches better; two for each thread even out what else the machine does.
  const rowsPerItem = leastRows * Math.max(1, Math.floor(mostThreads(B) / (2 * threads)))
  const weightItems = 2 * Math.min(4, Math.ceil(threads / 2))
  const memory = kernelMemory(placesOf(shape, B, rowsPerItem).size)
  return { shape, gate, B, rowsPerItem, weightItems, memory }
}

/** Threads that a batch of B windows can keep at work. */
export function mostThreads(B: number): number {
  return Math.ceil(B / leastRows)
}

export function trainingMachine(room: TrainingRoom): TrainingMachine {
  const { shape, B, rowsPerItem, memory } = room
  const places = placesOf(shape, B, rowsPerItem)
  return {
    ...room,
    kernels: kernelsOver(memory),
    places,
    floats: new Float32Array(memory.buffer),
    doubles: new Float64Array(memory.buffer),
    layout: blockLayout(shape),
    parameter: (place) => places.parameters + 4 * place,
    gradient: (place) => places.gradients + 4 * place,
  }
}

export type TrainingPlaces = ReturnType<typeof placesOf>

function placesOf(shape: NetworkShape, B: number, rowsPerItem: number) {
  const { T, V, F, E } = shape
  const arena = createArena()
  const U = padded(shape.U)
  const K = U + 4
  const { length } = blockLayout(shape)
  const experts = padded(E * T)
  const itemRows = rowsPerItem * Math.ceil(B / rowsPerItem)
  const direction = () => ({
    packed: arena.floats(4 * U * K),
    packedBack: arena.floats(4 * U * (K + 4)),
    bias: arena.floats(4 * U),
    hx: arena.floats((T + 1) * B * K), // slot s: the hidden state before step s and the input of step s
    memory: arena.floats((T + 1) * B * U), // slot s: before step s
    memoryTanh: arena.floats(T * B * U),
    gates: arena.floats(T * itemRows * 4 * U), // by step, item, group of units, window; their gradients after backward
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
    directions: arena.doubles(1), // how many are computed
    isNoisy: arena.doubles(1), // 1 where the gate has noise
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
