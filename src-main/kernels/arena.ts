import { firstFreeByte } from './loadKernels.ts'

/** Places in a memory, handed out once, each at a multiple of 64 bytes. */
export interface Arena {
  /** Byte offset of room for that many float32. */
  floats(count: number): number
  /** Byte offset of room for that many float64. */
  doubles(count: number): number
  /** Bytes handed out so far. */
  size(): number
}

export function createArena(): Arena {
  let next = firstFreeByte
  const take = (bytes: number): number => {
    const at = next
    next += Math.ceil(bytes / 64) * 64
    return at
  }
  return {
    floats: (count) => take(4 * count),
    doubles: (count) => take(8 * count),
    size: () => next - firstFreeByte,
  }
}

/** The next multiple of four: what the vector kernels count in. */
export function padded(count: number): number {
  return (count + 3) & ~3
}

/** The next multiple of eight: the columns of a panel. */
export function wide(count: number): number {
  return (count + 7) & ~7
}
