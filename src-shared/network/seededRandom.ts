/** A reproducible stream of random numbers: the same seed gives the same stream on every machine. */
export interface SeededRandom {
  /** 0 ≤ x < 1 */
  uniform(): number
  /** mean 0, standard deviation 1 */
  gaussian(): number
  /** 0 … n−1 */
  below(n: number): number
  /** Where the stream stands; `restore` takes it there again. */
  state(): RandomState
  restore(state: RandomState): void
}

export interface RandomState {
  readonly state: number
  /** The second number of a Gaussian pair, while it waits. */
  readonly spare: number | null
}

/** Mulberry32; Gaussian numbers by Box and Muller (1958). Not for secrets. */
export function seededRandom(seed: number): SeededRandom {
  let state = seed >>> 0
  let spare: number | null = null
  function uniform(): number {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
  function gaussian(): number {
    if (spare !== null) {
      const value = spare
      spare = null
      return value
    }
    const radius = Math.sqrt(-2 * Math.log(1 - uniform()))
    const angle = 2 * Math.PI * uniform()
    spare = radius * Math.sin(angle)
    return radius * Math.cos(angle)
  }
  return {
    uniform,
    gaussian,
    below: (n) => Math.floor(uniform() * n),
    state: () => ({ state, spare }),
    restore(earlier) {
      state = earlier.state
      spare = earlier.spare
    },
  }
}
