import type { Cycle } from '../../../src-shared/cell/cycle.ts'

/** A cell under test lies in this range, °C; other values are of a sensor that is absent or broken. */
const possible = { low: -45, high: 120 } as const

/** Mean temperature of every cycle's rows, where a sensor gave any but zeros. */
export function temperatureByCycle(): {
  add(cycle: number, temperature: number | null): void
  /** The cycle with its mean temperature in its use. */
  into(cycle: Cycle): Cycle
} {
  const sums = new Map<number, { sum: number; count: number }>()
  let isConnected = false
  return {
    add(cycle, temperature) {
      if (temperature === null || temperature < possible.low || temperature > possible.high) return
      if (temperature !== 0) isConnected = true
      const known = sums.get(cycle)
      if (known === undefined) sums.set(cycle, { sum: temperature, count: 1 })
      else {
        known.sum += temperature
        known.count++
      }
    },
    into(cycle) {
      const known = sums.get(cycle.number)
      if (known === undefined || !isConnected) return cycle
      return { ...cycle, use: { ...cycle.use, temperature: known.sum / known.count } }
    },
  }
}
