/** What was measured, ms each, and what it should not be more than in the median. */
export interface Figure {
  readonly what: string
  readonly times: readonly number[]
  readonly aim_ms: number
  readonly note?: string
}

export function lineOf({ what, times, aim_ms, note }: Figure): string {
  const sorted = times.toSorted((a, b) => a - b)
  const at = (share: number): string =>
    `${(sorted[Math.floor(share * (sorted.length - 1))] ?? NaN).toFixed(0)} ms`
  const met = middle(times) <= aim_ms ? 'met' : 'MISSED'
  const spread = times.length > 1 ? `, 90 % within ${at(0.9)}, longest ${at(1)}, of ${times.length}` : ''
  return `${met.padEnd(7)}${what}: ${at(0.5)} (aim ${aim_ms} ms)${spread}${note === undefined ? '' : `; ${note}`}`
}

/** The median, of an even number the lower of the two in the middle. */
export function middle(times: readonly number[]): number {
  return times.toSorted((a, b) => a - b)[Math.floor((times.length - 1) / 2)] ?? Infinity
}
