import type { AmpereHour } from '../units/quantities.ts'
import type { LotBattery } from './lotBattery.ts'

export interface MatchedGroup {
  readonly grade: string
  readonly members: readonly LotBattery[]
  /** Greatest difference of capacity between any two members, now and at any planned cycle. */
  readonly spread_Ah: AmpereHour
}

export interface Matching {
  /** Least spread first. */
  readonly groups: readonly MatchedGroup[]
  /** Graded batteries that no whole group was left for. */
  readonly left: number
}

/**
 * Groups of graded batteries that stay alike: same grade, chemistry, rated capacity and plan, in the order of their mean
 * planned capacity, cut where neighbours differ most in the future.
 */
export function matchBatteries(batteries: readonly LotBattery[], size: number): Matching {
  const kinds = new Map<string, LotBattery[]>()
  for (const battery of batteries) {
    const { grade, scenario, trajectory_Ah } = battery.answer ?? {}
    if (grade?.verdict !== 'graded' || trajectory_Ah === undefined || trajectory_Ah.length === 0) continue
    const key = JSON.stringify([grade.grade, battery.chemistry, battery.nominalCapacity_Ah, scenario])
    kinds.set(key, [...(kinds.get(key) ?? []), battery])
  }
  const groups = [...kinds.values()].flatMap((kind) => groupsOf(kind, size))
  const graded = [...kinds.values()].reduce((sum, kind) => sum + kind.length, 0)
  return { groups: groups.toSorted((a, b) => a.spread_Ah - b.spread_Ah), left: graded - groups.length * size }
}

/** Of every run of neighbours the closest first; what lies between two chosen runs and is too short is left. */
function groupsOf(kind: readonly LotBattery[], size: number): MatchedGroup[] {
  const ordered = kind.toSorted((a, b) => meanOf(a) - meanOf(b))
  const runs = Array.from({ length: Math.max(0, ordered.length - size + 1) }, (_, from) => ({
    from,
    spread_Ah: spreadOf(ordered.slice(from, from + size)),
  })).toSorted((a, b) => a.spread_Ah - b.spread_Ah || a.from - b.from)
  const isTaken = new Uint8Array(ordered.length)
  const groups: MatchedGroup[] = []
  for (const { from, spread_Ah } of runs) {
    if (isTaken.subarray(from, from + size).includes(1)) continue
    isTaken.fill(1, from, from + size)
    const members = ordered.slice(from, from + size)
    groups.push({ grade: members[0].answer?.grade.grade ?? '', members, spread_Ah })
  }
  return groups
}

function meanOf({ answer }: LotBattery): number {
  const capacities = answer?.trajectory_Ah ?? []
  return capacities.reduce((sum, capacity) => sum + capacity, 0) / Math.max(1, capacities.length)
}

/** Over the cycles that all members were planned for. */
function spreadOf(members: readonly LotBattery[]): AmpereHour {
  const capacities = members.map(({ answer }) => answer?.trajectory_Ah ?? [])
  const length = capacities.reduce((least, { length: own }) => Math.min(least, own), Infinity)
  let spread = 0
  for (let cycle = 0; cycle < length; cycle++) {
    let [low, high] = [Infinity, -Infinity]
    for (const of of capacities) {
      low = Math.min(low, of[cycle])
      high = Math.max(high, of[cycle])
    }
    spread = Math.max(spread, high - low)
  }
  return spread
}
