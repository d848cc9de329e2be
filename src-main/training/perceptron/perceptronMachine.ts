import type { Layer } from '../../../src-shared/evidence/perceptron.ts'
import type { SeededRandom } from '../../../src-shared/network/seededRandom.ts'
import { createArena, type Arena } from '../../kernels/arena.ts'
import { loadKernels, type Kernels } from '../../kernels/loadKernels.ts'

/** B rows, D inputs, H units in each hidden layer, O outputs. */
export interface PerceptronShape {
  readonly B: number
  readonly D: number
  readonly H: number
  readonly O: number
}

/** A perceptron in training on one thread: single precision, sums in a fixed order, the same bits on every machine. */
export interface PerceptronMachine {
  /** Floats from one row of outputs to the next. */
  readonly stride: number
  /** (B, stride) after `forward`, and its gradient for `backward`. */
  readonly output: Float32Array
  readonly dOutput: Float32Array
  /** The input (D) of row b. */
  put(b: number, input: Float64Array): void
  /** Units are dropped where `drop` > 0, at random. */
  forward(drop: number): void
  backward(): void
  step(settings: { readonly learningRate: number; readonly weightDecay: number }): void
  /** (in, out) of each layer without the padding. */
  layers(): [Layer, Layer, Layer]
  /** What `backward` made of each layer, as `layers`. */
  gradients(): [Layer, Layer, Layer]
}

/** The matrix kernels read groups of so many columns. */
const groupBits = 4
const group = 1 << groupBits

/** Place of column d of row b. */
function grouped(b: number, d: number, B: number): number {
  return ((d >> groupBits) * B + b) * group + (d & (group - 1))
}

/** Norm of all gradients that is not exceeded. */
const mostNorm = 5
/** What the moments keep in each step. */
const firstKept = 0.9
const secondKept = 0.999

export function createPerceptronMachine(shape: PerceptronShape, random: SeededRandom): PerceptronMachine {
  const { B, D, H, O } = shape
  const widths = [D, H, H, O].map((width) => Math.ceil(width / group) * group)
  const arena = createArena()
  const places = [0, 1, 2].map((l) => layerPlaces(arena, B, widths[l], widths[l + 1]))
  const { kernels, memory } = loadKernels(arena.size())
  const layers = places.map((place, l) => {
    const real = { inputs: [D, H, H][l], outputs: [H, H, O][l] }
    return machineLayer({ kernels, memory, place, B, inputs: widths[l], outputs: widths[l + 1] }, real)
  })
  for (const layer of layers) layer.start(random)
  const moments = momentsOf(layers)
  let iteration = 0
  const [first, , last] = layers
  const silence = new Float32Array(B * widths[3]).fill(1)
  return {
    stride: widths[3],
    output: last.out,
    dOutput: last.dOut,
    put(b, input) {
      for (let d = 0; d < D; d++) first.input[grouped(b, d, B)] = input[d]
    },
    forward(drop) {
      layers.forEach((layer, l) => {
        layer.forward()
        if (l < 2) activate(layer, layers[l + 1].input, { B, drop, random })
      })
    },
    backward() {
      for (let l = 2; l >= 0; l--) {
        const layer = layers[l]
        slopes(layer, l === 2 ? silence : layer.slope, B)
        layer.backward(l === 0 ? null : layers[l - 1].dOut)
      }
    },
    step({ learningRate, weightDecay }) {
      iteration++
      const rate = learningRate / (1 - firstKept ** iteration)
      const spreadScale = 1 / Math.sqrt(1 - secondKept ** iteration)
      const settings = {
        rate,
        spreadScale,
        keep: 1 - learningRate * weightDecay,
        factor: clipFactor(moments),
      }
      for (const one of moments) adamStep(one, settings)
    },
    layers: () => tuple(layers.map((layer) => layer.trimmed(layer.weights, layer.bias))),
    gradients: () => tuple(layers.map((layer) => layer.trimmed(layer.dWeights, layer.dBias))),
  }
}

function tuple(layers: readonly Layer[]): [Layer, Layer, Layer] {
  return [layers[0], layers[1], layers[2]]
}

/** Byte offsets of one layer. */
function layerPlaces(arena: Arena, B: number, inputs: number, outputs: number) {
  return {
    input: arena.floats(B * inputs), // in groups of 16 columns
    weights: arena.floats(inputs * outputs),
    bias: arena.floats(outputs),
    packed: arena.floats(inputs * outputs),
    turned: arena.floats(inputs * outputs),
    out: arena.floats(B * outputs),
    dOut: arena.floats(B * outputs),
    dGrouped: arena.floats(B * outputs), // dOut in groups
    dInput: arena.floats(B * inputs),
    dWeights: arena.floats(inputs * outputs),
    dBias: arena.floats(outputs),
  }
}

type MachineLayer = ReturnType<typeof machineLayer>

interface LayerOrder {
  readonly kernels: Kernels
  readonly memory: WebAssembly.Memory
  readonly place: ReturnType<typeof layerPlaces>
  readonly B: number
  readonly inputs: number
  readonly outputs: number
}

function machineLayer(
  { kernels, memory, place, B, inputs, outputs }: LayerOrder,
  real: { inputs: number; outputs: number },
) {
  const view = (at: number, count: number): Float32Array => new Float32Array(memory.buffer, at, count)
  const weights = view(place.weights, inputs * outputs)
  const bias = view(place.bias, outputs)
  const out = view(place.out, B * outputs)
  const dWeights = view(place.dWeights, inputs * outputs)
  const dBias = view(place.dBias, outputs)
  const dInput = view(place.dInput, B * inputs)
  return {
    outputs,
    weights,
    bias,
    out,
    dWeights,
    dBias,
    input: view(place.input, B * inputs),
    dOut: view(place.dOut, B * outputs),
    dGrouped: view(place.dGrouped, B * outputs),
    slope: new Float32Array(B * outputs),
    /** As PyTorch starts a linear layer; the padding stays 0. */
    start(random: SeededRandom) {
      const bound = 1 / Math.sqrt(real.inputs)
      const drawn = (): number => bound * (2 * random.uniform() - 1)
      for (let i = 0; i < real.inputs; i++) {
        for (let j = 0; j < real.outputs; j++) weights[i * outputs + j] = drawn()
      }
      for (let j = 0; j < real.outputs; j++) bias[j] = drawn()
    },
    forward() {
      kernels.packColumns(place.packed, place.weights, inputs, outputs, outputs)
      kernels.multiply(place.out, place.input, place.packed, B, outputs, inputs, B * group, outputs)
      for (let i = 0; i < out.length; i += outputs) for (let j = 0; j < outputs; j++) out[i + j] += bias[j]
    },
    /** dWeights and dBias of dOut, and what comes before it unless this layer is the first. */
    backward(before: Float32Array | null) {
      dWeights.fill(0)
      dBias.fill(0)
      for (let g = 0; g < inputs / group; g++) {
        const to = place.dWeights + 4 * g * group * outputs
        const from = place.input + 4 * g * group * B
        kernels.addOuter(to, from, place.dOut, group, outputs, B, group, outputs, B, B * group)
      }
      kernels.addColumnSums(place.dBias, place.dOut, B, outputs, B, B * outputs)
      if (before === null) return
      kernels.transpose(place.turned, place.weights, inputs, outputs)
      kernels.packColumns(place.packed, place.turned, outputs, inputs, inputs)
      kernels.multiply(place.dInput, place.dGrouped, place.packed, B, inputs, outputs, B * group, inputs)
      before.set(dInput)
    },
    trimmed(of: Float32Array, ofBias: Float32Array): Layer {
      const kept = new Float32Array(real.inputs * real.outputs)
      for (let i = 0; i < real.inputs; i++) {
        kept.set(of.subarray(i * outputs, i * outputs + real.outputs), i * real.outputs)
      }
      return { weights: kept, bias: ofBias.slice(0, real.outputs) }
    },
  }
}

/** next = silu(out), dropped at random; the slopes are kept. */
function activate(
  { out, slope, outputs }: MachineLayer,
  next: Float32Array,
  { B, drop, random }: { B: number; drop: number; random: SeededRandom },
): void {
  const kept = 1 / (1 - drop)
  for (let b = 0; b < B; b++) {
    for (let j = 0; j < outputs; j++) {
      const at = b * outputs + j
      const x = out[at]
      const sigmoid = 1 / (1 + Math.exp(-x))
      const factor = drop > 0 && random.uniform() < drop ? 0 : kept
      next[grouped(b, j, B)] = factor * x * sigmoid
      slope[at] = factor * sigmoid * (1 + x * (1 - sigmoid))
    }
  }
}

/** dOut times the slopes, by rows and in groups. */
function slopes({ dOut, dGrouped, outputs }: MachineLayer, slope: Float32Array, B: number): void {
  for (let b = 0; b < B; b++) {
    for (let j = 0; j < outputs; j++) {
      const at = b * outputs + j
      dOut[at] *= slope[at]
      dGrouped[grouped(b, j, B)] = dOut[at]
    }
  }
}

interface Moments {
  readonly parameters: Float32Array
  readonly gradients: Float32Array
  readonly first: Float64Array
  readonly second: Float64Array
}

function momentsOf(layers: readonly MachineLayer[]): Moments[] {
  const pairs = layers.flatMap(({ weights, bias, dWeights, dBias }) => [
    { parameters: weights, gradients: dWeights },
    { parameters: bias, gradients: dBias },
  ])
  return pairs.map((pair) => ({
    ...pair,
    first: new Float64Array(pair.parameters.length),
    second: new Float64Array(pair.parameters.length),
  }))
}

/** What all gradients are multiplied by, so that together they are no longer than that. */
function clipFactor(moments: readonly Moments[]): number {
  let square = 0
  for (const { gradients } of moments) {
    for (const gradient of gradients) square += gradient * gradient
  }
  return Math.min(1, mostNorm / (Math.sqrt(square) + 1e-6))
}

interface AdamStep {
  /** Learning rate over the bias of the first moment, and 1 / √ of that of the second. */
  readonly rate: number
  readonly spreadScale: number
  readonly keep: number
  readonly factor: number
}

/** Adam with decoupled weight decay, as `network/adam.ts`. */
function adamStep(
  { parameters, gradients, first, second }: Moments,
  { rate, spreadScale, keep, factor }: AdamStep,
): void {
  for (let i = 0; i < parameters.length; i++) {
    const gradient = factor * gradients[i]
    first[i] = firstKept * first[i] + (1 - firstKept) * gradient
    second[i] = secondKept * second[i] + (1 - secondKept) * gradient * gradient
    parameters[i] = parameters[i] * keep - (rate * first[i]) / (Math.sqrt(second[i]) * spreadScale + 1e-8)
  }
}
