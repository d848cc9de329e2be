const hour_s = 3600

/** True for a zone that this program's clock tables know, as Europe/Berlin or UTC. */
export function isZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== ''
  } catch (error) {
    if (error instanceof RangeError) return false
    throw error
  }
}

/**
 * Turns s since 1970 on a zone's wall clock, one after another, into UTC, so that summer time neither skips an hour nor
 * repeats one. Of an hour that the clock shows twice, the later is taken once the earlier would run backwards.
 */
export function zoneClock(zone: string): (wall: number | null) => number | null {
  const offsetAt = zoneOffsets(zone)
  let previous = -Infinity
  return (wall) => {
    if (wall === null) return null
    const candidates = [offsetAt(wall - 24 * hour_s), offsetAt(wall + 24 * hour_s)]
      .map((offset) => wall - offset)
      .filter((utc) => utc + offsetAt(utc) === wall)
      .toSorted((a, b) => a - b)
    // A wall clock that summer time skips does not exist; the offset before the change stands for it.
    const utc =
      candidates.find((value) => value >= previous) ?? candidates.at(0) ?? wall - offsetAt(wall - 24 * hour_s)
    previous = utc
    return utc
  }
}

/** Seconds that the zone's clock is ahead of UTC, asked once an hour of UTC. */
function zoneOffsets(zone: string): (utc: number) => number {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  })
  const known = new Map<number, number>()
  return (utc) => {
    // Clocks change at quarters of an hour of UTC, everywhere.
    const quarter = Math.floor(utc / 900)
    const found = known.get(quarter)
    if (found !== undefined) return found
    const at = quarter * 900
    const parts = Object.fromEntries(
      format.formatToParts(at * 1000).map(({ type, value }) => [type, Number(value)]),
    )
    const { year, month, day, hour, minute, second } = parts
    const offset = Date.UTC(year, month - 1, day, hour, minute, second) / 1000 - at
    known.set(quarter, offset)
    return offset
  }
}
