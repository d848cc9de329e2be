import type { Dimension } from '../../../src-shared/cell/mapping.ts'

/** Factors to s, V, A, Ah and °C by unit, in lower case. */
const factors: Readonly<Record<Dimension, ReadonlyMap<string, number>>> = {
  time: table(
    ['s sec secs second seconds', 1],
    ['ms msec millisecond milliseconds', 1e-3],
    ['min mins minute minutes', 60],
    ['h hr hrs hour hours decimalhours', 3600],
    ['d day days', 86_400],
  ),
  voltage: table(
    ['v volt volts', 1],
    ['mv millivolt millivolts', 1e-3],
    ['uv µv μv microvolt microvolts', 1e-6],
  ),
  current: table(
    ['a amp amps ampere amperes', 1],
    ['ma milliamp milliamps milliampere milliamperes', 1e-3],
    ['ua µa μa microamp microamps microampere microamperes', 1e-6],
  ),
  charge: table(
    ['ah a.h a·h a*h ahr a-h amp-hr amphr amphours amp-hours amperehour amperehours', 1],
    ['mah ma.h ma·h ma*h mahr ma-h mamp-hr mamphr milliamperehour milliamperehours', 1e-3],
    ['uah µah μah microamperehour microamperehours', 1e-6],
    ['as coulomb coulombs', 1 / 3600],
    ['mas', 1e-3 / 3600],
  ),
  // Some programs lose the degree sign to a question mark, or to the letter that GBK makes of it.
  temperature: table(['°c ℃ c celsius degc deg.c degreecelsius ?c ? \uFFFDc \uFFFD 癈', 1]),
}

function table(...rows: readonly (readonly [string, number])[]): ReadonlyMap<string, number> {
  return new Map(rows.flatMap(([units, factor]) => units.split(' ').map((unit) => [unit, factor])))
}

/** A unit as `Hours in hh:mm:ss.xxx` or `h:min:s.ms`: the cells are clocks. */
const clockUnit = /h+:m\w*:s/i

/** The dimension that a unit measures; null for a unit of nothing that a record holds. */
export function dimensionOf(unit: string): Dimension | null {
  if (clockUnit.test(unit)) return 'time'
  const text = written(unit)
  const found = (Object.keys(factors) as Dimension[]).find((name) => factors[name].has(text))
  return found ?? null
}

export function carriesUnit(text: string): boolean {
  return text.trim() !== '' && dimensionOf(text) !== null
}

/** Factor to s, V, A, Ah or °C; 1 where the file names no unit. */
export function unitFactor(dimension: Dimension | null, unit: string | null): number {
  return (dimension === null ? undefined : factors[dimension].get(written(unit ?? ''))) ?? 1
}

/** `A h` is `Ah`. */
function written(unit: string): string {
  return unit.toLowerCase().replace(/\s+/g, '')
}
