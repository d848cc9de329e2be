import { compileKernels } from '../../src-main/kernels/build.ts'
import { firstFreeByte, kernelMemory } from '../../src-main/kernels/loadKernels.ts'

/** What one core can do at most. */
export interface Ceilings {
  /** 128-bit additions and multiplications from registers, GFLOPS. */
  readonly compute: number
  /** Reading 16 kB, 256 kB and 8 MB again and again, GB/s. */
  readonly firstLevel: number
  readonly secondLevel: number
  readonly thirdLevel: number
}

interface CeilingKernels {
  operate(passes: number, by: number): number
  read(from: number, bytes: number): number
}

/** The best of many short runs: other programs only ever slow them down. */
export function measureCeilings(): Ceilings {
  const memory = kernelMemory(16 << 20)
  const module = new WebAssembly.Module(compileKernels('ceilings.ts'))
  const abort = (): never => {
    throw new Error('A ceiling cannot be measured.')
  }
  const kernels = new WebAssembly.Instance(module, { env: { memory, abort } }).exports as CeilingKernels
  const passes = 200_000
  const bandwidth = (kilobytes: number): number => {
    const bytes = kilobytes * 1024
    const times = Math.ceil((16 << 20) / bytes)
    return (
      (times * bytes) /
      1e6 /
      leastTime(() => {
        for (let i = 0; i < times; i++) kernels.read(firstFreeByte, bytes)
      })
    )
  }
  return {
    compute: (48 * passes) / 1e6 / leastTime(() => kernels.operate(passes, 1)),
    firstLevel: bandwidth(16),
    secondLevel: bandwidth(256),
    thirdLevel: bandwidth(8192),
  }
}

/** ms */
function leastTime(work: () => void): number {
  const times = Array.from({ length: 100 }, () => {
    const start = performance.now()
    work()
    return performance.now() - start
  })
  return Math.min(...times)
}
