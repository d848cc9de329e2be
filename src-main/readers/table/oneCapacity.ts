import type { CountedCharge } from '../checks/chargeBalance.ts'

/** A counter that falls below this share of what it was has restarted. */
const restart = 0.5

/**
 * Two counters, Ah charged and discharged, from the one capacity column that serves both directions. It may count up in
 * every step, or up and down with the sign of the current; the sign of the current tells the direction.
 */
export function oneCapacity(): (current: number, capacity: number | null) => CountedCharge {
  const counted = { in: 0, out: 0 }
  let before: { sign: number; capacity: number } | null = null
  return (current, capacity) => {
    if (capacity === null) return { in: null, out: null }
    const sign = Math.sign(current)
    if (before !== null && sign !== 0 && sign === before.sign && !hasRestarted(before.capacity, capacity)) {
      const moved = Math.abs(capacity - before.capacity)
      if (sign > 0) counted.in += moved
      else counted.out += moved
    }
    before = { sign, capacity }
    return { ...counted }
  }
}

function hasRestarted(before: number, now: number): boolean {
  return Math.abs(now) < Math.abs(before) * restart
}
