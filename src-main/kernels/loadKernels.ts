import { kernelBytes } from './kernelBytes.ts'

type Kernel = (...sizesAndPlaces: number[]) => void

/** Every kernel by name; places are byte offsets into the memory, see `assembly/` for shapes. */
export const kernelNames = [
  'adam',
  'addColumnSums',
  'addNoise',
  'addOuter',
  'addOutput',
  'addOutputGradient',
  'addTrendGradient',
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
  compiled ??= new WebAssembly.Module(Buffer.from(kernelBytes, 'base64'))
  const pages = Math.max(16, Math.ceil((firstFreeByte + bytes) / 65536) + 1)
  const memory = new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true })
  const { exports } = new WebAssembly.Instance(compiled, { env: { memory, abort: endInBug } })
  return { kernels: exports as Kernels, memory }
}

function endInBug(): never {
  throw new Error('A kernel was given sizes that it cannot take.')
}
