/** A cell under test lies in this range, °C; other values are of a sensor that is absent or broken. */
const possible = { low: -45, high: 120 } as const

/** Mean temperature of the rows of each cycle. */
export function cycleTemperature(): {
  add(temperature: number | null): void
  /** Mean of the cycle that ends here, null where no row had a possible one. */
  end(): number | null
  /** True once a sensor gave any but zeros. */
  isConnected(): boolean
} {
  let sum = 0
  let count = 0
  let isConnected = false
  return {
    add(temperature) {
      if (temperature === null || temperature < possible.low || temperature > possible.high) return
      if (temperature !== 0) isConnected = true
      sum += temperature
      count++
    },
    end() {
      const mean = count === 0 ? null : sum / count
      sum = 0
      count = 0
      return mean
    },
    isConnected: () => isConnected,
  }
}
