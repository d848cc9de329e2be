import type { Fraction } from '../units/quantities.ts'

export interface FutureGroup {
  /** Indices of the trajectories. */
  readonly members: readonly number[]
  /** Mean of its pairs' divergence. */
  readonly divergence: Fraction
}

export interface FutureMatching {
  /** Least divergence first. */
  readonly groups: readonly FutureGroup[]
  readonly left: readonly number[]
}

/** In words, wherever a divergence is shown. */
export const divergenceMeasure =
  'mean absolute difference of two median trajectories in state of health, over the planned cycles'

/** Mean |a − b| over the cycles that both trajectories (H) cover; states of health. */
export function divergence(a: Float64Array, b: Float64Array): Fraction {
  const length = Math.min(a.length, b.length)
  let sum = 0
  for (let cycle = 0; cycle < length; cycle++) sum += Math.abs(a[cycle] - b[cycle])
  return length === 0 ? 0 : sum / length
}

/** Greatest |a − b| over the cycles that both trajectories (H) cover. */
export function greatestDifference(a: Float64Array, b: Float64Array): Fraction {
  const length = Math.min(a.length, b.length)
  let greatest = 0
  for (let cycle = 0; cycle < length; cycle++) greatest = Math.max(greatest, Math.abs(a[cycle] - b[cycle]))
  return greatest
}

/**
 * As many groups of `size` as there can be, with the least sum of divergences: begun with neighbours in mean health, then
 * bettered by exchanging two trajectories as long as that gains. No exchange of two betters the answer; it need not be
 * the best of all. The same trajectories give the same groups.
 */
export function matchFutures(trajectories: readonly Float64Array[], size: number): FutureMatching {
  const apart = pairTable(trajectories)
  const groups = neighbours(trajectories, size, apart)
  const taken = new Set(groups.flat())
  const left = trajectories.map((_, i) => i).filter((i) => !taken.has(i))
  // Those left are one more group whose own divergence does not count.
  const places = [...groups, left]
  while (exchangeOnce(places, groups.length, apart));
  const measured = groups.map((members) => ({
    members: members.toSorted((a, b) => a - b),
    divergence: pairSum(members, apart) / Math.max(1, (size * (size - 1)) / 2),
  }))
  return {
    groups: measured.toSorted((a, b) => a.divergence - b.divergence || a.members[0] - b.members[0]),
    left: left.toSorted((a, b) => a - b),
  }
}

type PairTable = (a: number, b: number) => Fraction

function pairTable(trajectories: readonly Float64Array[]): PairTable {
  const n = trajectories.length
  const table = new Float64Array(n * n)
  for (let a = 0; a < n; a++)
    for (let b = a + 1; b < n; b++)
      table[a * n + b] = table[b * n + a] = divergence(trajectories[a], trajectories[b])
  return (a, b) => table[a * n + b]
}

/** Runs of neighbours in the order of mean health that are closest together, so many left between them as must be. */
function neighbours(trajectories: readonly Float64Array[], size: number, apart: PairTable): number[][] {
  const n = trajectories.length
  const ordered = trajectories
    .map((_, i) => i)
    .sort((a, b) => meanOf(trajectories[a]) - meanOf(trajectories[b]))
  const spare = n % size
  /** [end][skipped]: least sum of the first `end` in order. */
  const least = Array.from({ length: n + 1 }, () => new Float64Array(spare + 1).fill(Infinity))
  const isRun = Array.from({ length: n + 1 }, () => new Uint8Array(spare + 1))
  least[0][0] = 0
  for (let end = 1; end <= n; end++) {
    const run = end >= size ? pairSum(ordered.slice(end - size, end), apart) : Infinity
    for (let skipped = 0; skipped <= spare; skipped++) {
      const taken = end >= size ? least[end - size][skipped] + run : Infinity
      const passed = skipped > 0 ? least[end - 1][skipped - 1] : Infinity
      isRun[end][skipped] = taken <= passed ? 1 : 0
      least[end][skipped] = Math.min(taken, passed)
    }
  }
  return runsBack(ordered, isRun, { size, spare })
}

function runsBack(
  ordered: readonly number[],
  isRun: readonly Uint8Array[],
  { size, spare }: { size: number; spare: number },
): number[][] {
  const groups: number[][] = []
  let [end, skipped] = [ordered.length, spare]
  while (end >= size) {
    if (isRun[end][skipped] === 1) {
      groups.push(ordered.slice(end - size, end))
      end -= size
    } else {
      end -= 1
      skipped -= 1
    }
  }
  return groups
}

/** Makes every exchange that gains, once through; whether there was one. */
function exchangeOnce(places: number[][], counted: number, apart: PairTable): boolean {
  let hasGained = false
  for (let p = 0; p < counted; p++) {
    for (let q = p + 1; q < places.length; q++) {
      const pair = { one: places[p], other: places[q], isLeft: q >= counted }
      hasGained = exchangeBetween(pair, apart) || hasGained
    }
  }
  return hasGained
}

/** `isLeft`: the other are those without a group, whose divergence does not count. */
function exchangeBetween(
  { one, other, isLeft }: { one: number[]; other: number[]; isLeft: boolean },
  apart: PairTable,
): boolean {
  let hasGained = false
  for (let i = 0; i < one.length; i++) {
    for (let j = 0; j < other.length; j++) {
      const [a, b] = [one[i], other[j]]
      const before = toOthers(a, one, a, apart) + (isLeft ? 0 : toOthers(b, other, b, apart))
      const after = toOthers(b, one, a, apart) + (isLeft ? 0 : toOthers(a, other, b, apart))
      // Rounding must not exchange the same two for ever.
      if (!(after < before - 1e-12)) continue
      one[i] = b
      other[j] = a
      hasGained = true
    }
  }
  return hasGained
}

/** Sum of the divergences of `one` to the group but for its member `except`. */
function toOthers(one: number, group: readonly number[], except: number, apart: PairTable): number {
  let sum = 0
  for (const other of group) if (other !== except) sum += apart(one, other)
  return sum
}

function pairSum(members: readonly number[], apart: PairTable): number {
  let sum = 0
  for (let i = 0; i < members.length; i++)
    for (let j = i + 1; j < members.length; j++) sum += apart(members[i], members[j])
  return sum
}

function meanOf(trajectory: Float64Array): number {
  return trajectory.reduce((sum, value) => sum + value, 0) / Math.max(1, trajectory.length)
}
