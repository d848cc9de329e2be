import { kernelBytes } from './kernelBytes.ts'

type Kernel = (...sizesAndPlaces: number[]) => void

/** Every kernel by name; places are byte offsets into the memory, see `assembly/` for shapes. */
export const kernelNames = [
  'adam',
  'addColumnSums',
  'addGram',
  'addNoise',
  'addOuter',
  'addOutput',
  'addOutputGradient',
  'addTrendGradient',
  'cholesky',
  'fillInputs',
  'gateBackward',
  'gateForward',
  'logistic',
  'lstmPack',
  'lstmStep',
  'lstmStepBackward',
  'lstmStepKept',
  'mix',
  'mixBackward',
  'multiply',
  'noiseBackward',
  'packColumns',
  'packExperts',
  'route',
  'routeBackward',
  'runExperts',
  'tanh',
  'transpose',
] as const

export type Kernels = Readonly<Record<(typeof kernelNames)[number], Kernel>>

export interface KernelMemory {
  readonly kernels: Kernels
  readonly memory: WebAssembly.Memory
}

/** The module keeps its tables of exp and log below this. */
export const firstFreeByte = 1 << 16

let compiled: WebAssembly.Module | null = null

/** The kernels over a memory of their own that holds `bytes` beside the module's tables. */
export function loadKernels(bytes: number): KernelMemory {
  const memory = kernelMemory(bytes)
  return { kernels: kernelsOver(memory), memory }
}

/** A memory for that many bytes beside the module's tables; threads can share it. */
export function kernelMemory(bytes: number): WebAssembly.Memory {
  const pages = Math.max(16, Math.ceil((firstFreeByte + bytes) / 65536) + 1)
  return new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true })
}

/** The kernels over a memory that other threads may use at the same time: all write the same tables. */
export function kernelsOver(memory: WebAssembly.Memory): Kernels {
  compiled ??= new WebAssembly.Module(Buffer.from(kernelBytes, 'base64'))
  const { exports } = new WebAssembly.Instance(compiled, { env: { memory, abort: endInBug } })
  return exports as Kernels
}

function endInBug(): never {
  throw new Error('A kernel was given sizes that it cannot take.')
}
