/** Seeded random numbers: the same name gives the same numbers on every machine. */
export interface Chance {
  /** Even over 0 … 1. */
  even(): number
  /** Mean 0, standard deviation 1: the sum of twelve even numbers, so never beyond ±6. */
  normal(): number
  pick<T>(choices: readonly T[]): T
}

export function chance(name: string): Chance {
  let state = hash(name)
  const even = () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
  const normal = () => {
    let sum = -6
    for (let i = 0; i < 12; i++) sum += even()
    return sum
  }
  return { even, normal, pick: (choices) => choices[Math.floor(even() * choices.length)] }
}

/** FNV-1a over the name's UTF-16 units. */
function hash(name: string): number {
  let h = 0x811c9dc5
  for (let i = 0; i < name.length; i++) h = Math.imul(h ^ name.charCodeAt(i), 0x01000193)
  return h
}
