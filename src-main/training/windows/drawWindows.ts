import type { SeededRandom } from '../../../src-shared/network/seededRandom.ts'
import type { Samples } from './samples.ts'

/** Windows grouped by the condition of their cell. */
export function byCondition(samples: Samples): Map<string, Int32Array> {
  const groups = new Map<string, number[]>()
  for (let i = 0; i < samples.N; i++) {
    const name = samples.cells[samples.cell[i]].condition
    const group = groups.get(name) ?? []
    group.push(i)
    groups.set(name, group)
  }
  return new Map([...groups].map(([name, group]) => [name, Int32Array.from(group)]))
}

/**
 * Draws `count` windows with replacement, each condition in proportion to √(its windows): a condition with many long
 * files must not drown one with few short ones.
 */
export function drawWindows(
  groups: ReadonlyMap<string, Int32Array>,
  count: number,
  random: SeededRandom,
): Int32Array {
  const all = [...groups.values()]
  const shares = all.map((group) => Math.sqrt(group.length))
  const total = shares.reduce((sum, share) => sum + share, 0)
  return Int32Array.from({ length: count }, () => {
    let left = random.uniform() * total
    let index = 0
    while (index < all.length - 1 && left >= shares[index]) left -= shares[index++]
    return all[index][random.below(all[index].length)]
  })
}

/** At most `count` windows of each condition, evenly spread: for watching, where all would be too slow. */
export function evenWindows(groups: ReadonlyMap<string, Int32Array>, count: number): Int32Array {
  const places: number[] = []
  for (const group of groups.values()) {
    const taken = Math.min(count, group.length)
    for (let i = 0; i < taken; i++) places.push(group[Math.floor((i * group.length) / taken)])
  }
  return Int32Array.from(places)
}
