import { firstFreeByte, loadKernels } from '../../src-main/kernels/loadKernels.ts'
import type { SeededRandom } from '../../src-shared/network/seededRandom.ts'

type Values = Float32Array | Float64Array

/** A kernel's memory: what is put there gets a place, and is read back after the kernel ran. */
export interface Bench {
  readonly kernels: ReturnType<typeof loadKernels>['kernels']
  readonly random: SeededRandom
  /** Place of a copy. */
  put(values: Values): number
  /** Place of that many float32 that are no numbers yet: a kernel that only adds, or leaves gaps, is found out. */
  room(count: number): number
  /** The same of float64. */
  wideRoom(count: number): number
  floats(place: number, count: number): Float32Array
  doubles(place: number, count: number): Float64Array
  /** Standard normal float32. */
  gaussians(count: number): Float32Array
  wideGaussians(count: number): Float64Array
}

/** What a kernel wrote beside what the reference says. */
export interface Comparison {
  readonly found: ArrayLike<number>
  readonly expected: ArrayLike<number>
}

/** Runs a kernel for n rows, or n values where it has no rows. */
export type KernelCase = (bench: Bench, n: number) => Comparison[]

export function createBench(random: SeededRandom): Bench {
  const { kernels, memory } = loadKernels(1 << 24)
  const single = new Float32Array(memory.buffer)
  const double = new Float64Array(memory.buffer)
  let next = firstFreeByte
  const take = (bytes: number): number => {
    const at = next
    next += Math.ceil(bytes / 16) * 16 + 16
    return at
  }
  const room = (count: number): number => {
    const at = take(4 * count)
    single.fill(NaN, at >> 2, (at >> 2) + count)
    return at
  }
  const wideRoom = (count: number): number => {
    const at = take(8 * count)
    double.fill(NaN, at >> 3, (at >> 3) + count)
    return at
  }
  return {
    kernels,
    random,
    room,
    wideRoom,
    put(values) {
      const isSingle = values instanceof Float32Array
      const at = take(values.byteLength)
      if (isSingle) single.set(values, at >> 2)
      else double.set(values, at >> 3)
      return at
    },
    floats: (place, count) => single.slice(place >> 2, (place >> 2) + count),
    doubles: (place, count) => double.slice(place >> 3, (place >> 3) + count),
    gaussians: (count) => Float32Array.from({ length: count }, () => random.gaussian()),
    wideGaussians: (count) => Float64Array.from({ length: count }, () => random.gaussian()),
  }
}
