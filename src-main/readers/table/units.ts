import type { Dimension } from '../../../src-shared/cell/mapping.ts'

/** Factors to s, V, A, Ah and °C by unit, in lower case. */
const factors: Readonly<Record<Dimension, ReadonlyMap<string, number>>> = {
  time: table(
    ['s sec secs second seconds', 1],
    ['ms', 1e-3],
    ['min mins minute minutes', 60],
    ['h hr hrs hour hours', 3600],
    ['d day days', 86_400],
  ),
  voltage: table(['v volt volts', 1], ['mv', 1e-3], ['uv µv μv', 1e-6]),
  current: table(['a amp amps ampere amperes', 1], ['ma', 1e-3], ['ua µa μa', 1e-6]),
  charge: table(
    ['ah a.h ahr amp-hr', 1],
    ['mah ma.h mahr', 1e-3],
    ['uah µah μah', 1e-6],
    ['as', 1 / 3600],
    ['mas', 1e-3 / 3600],
  ),
  // Some programs lose the degree sign to a question mark.
  temperature: table(['°c ℃ c celsius degc deg.c ?c ? \uFFFDc \uFFFD', 1]),
}

function table(...rows: readonly (readonly [string, number])[]): ReadonlyMap<string, number> {
  return new Map(rows.flatMap(([units, factor]) => units.split(' ').map((unit) => [unit, factor])))
}

/** A unit as `Hours in hh:mm:ss.xxx` or `h:min:s.ms`: the cells are clocks. */
const clockUnit = /h+:m\w*:s/i

/** The dimension that a unit measures; null for a unit of nothing that a record holds. */
export function dimensionOf(unit: string): Dimension | null {
  const text = unit.trim().toLowerCase()
  if (clockUnit.test(text)) return 'time'
  const found = (Object.keys(factors) as Dimension[]).find((name) => factors[name].has(text))
  return found ?? null
}

export function carriesUnit(text: string): boolean {
  return text.trim() !== '' && dimensionOf(text) !== null
}

/** Factor to s, V, A, Ah or °C; 1 where the file names no unit. */
export function unitFactor(dimension: Dimension | null, unit: string | null): number {
  return (dimension === null ? undefined : factors[dimension].get((unit ?? '').trim().toLowerCase())) ?? 1
}
