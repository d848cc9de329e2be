/** What a column holds, whatever its maker calls it. */
export type Quantity =
  'time' | 'voltage' | 'current' | 'chargeCapacity' | 'dischargeCapacity' | 'cycle' | 'state'

/** Place and factor of a quantity's column; the factor gives s, V, A or Ah. */
export interface QuantityColumn {
  readonly index: number
  readonly name: string
  readonly unit: string | null
  readonly factor: number
}

export type QuantityColumns = Readonly<Partial<Record<Quantity, QuantityColumn>>>

/** Names without blanks, signs and units; the better one first. */
const synonyms: Readonly<Record<Quantity, readonly string[]>> = {
  time: ['testtime', 'test', 'totaltime', 'cumulativetime', 'runtime', 'time', 'chargetime'],
  voltage: ['voltage', 'volts', 'volt', 'potential', 'ecell', 'ewe', 'u'],
  current: ['current', 'amps', 'mamps', 'i'],
  chargeCapacity: ['chargecapacity', 'chargingcapacity', 'chgcap', 'qcharge'],
  dischargeCapacity: ['dischargecapacity', 'dischargingcapacity', 'dchgcap', 'qdischarge'],
  cycle: ['cycleindex', 'cyclenumber', 'cyclecount', 'cyclec', 'cycle', 'cyc'],
  state: ['state', 'steptype', 'md'],
}

/** Factor to s, V, A or Ah. */
const factors = new Map([
  ...['s', 'sec', 'second', 'seconds', 'v', 'volt', 'a', 'amp', 'ampere', 'ah', 'a.h'].map(
    (unit) => [unit, 1] as const,
  ),
  ...['ms', 'mv', 'ma', 'mah', 'ma.h', 'mamps'].map((unit) => [unit, 1e-3] as const),
  ...['ua', 'µa', 'μa', 'uah', 'µah', 'μah'].map((unit) => [unit, 1e-6] as const),
  ...['h', 'hour', 'hours', 'hrs', 'hours in hh:mm:ss.xxx'].map((unit) => [unit, 3600] as const),
  ['min', 60],
  ['mas', 1e-3 / 3600],
  ['as', 1 / 3600],
])

export interface HeadingParts {
  readonly name: string
  readonly unit: string | null
}

/** Splits `Voltage(V)`, `Ewe/V`, `U[V]` and `voltage_volt` into name and unit. */
export function headingParts(text: string): HeadingParts {
  const plain = text.trim().replace(/^~/, '')
  const match =
    /^(.*?)\s*[([]([^)\]]*)[)\]]$/.exec(plain) ??
    /^(.*?)\s*\/\s*([^/]+)$/.exec(plain) ??
    /^(.*)_(second|volt|ampere|ah|hour)$/i.exec(plain)
  if (match !== null) return { name: bare(match[1]), unit: match[2].trim() }
  return { name: bare(plain), unit: /^mamps$/i.test(plain) ? 'mA' : null }
}

function bare(name: string): string {
  return name.toLowerCase().replace(/[^a-z]/g, '')
}

/** The columns that name a quantity; a heading of a record has at least time, voltage and current. */
export function quantityColumns(names: readonly string[]): QuantityColumns {
  const parts = names.map(headingParts)
  const columns: Partial<Record<Quantity, QuantityColumn>> = {}
  for (const quantity of Object.keys(synonyms) as Quantity[]) {
    const synonym = synonyms[quantity].find((name) => parts.some((part) => fits(part, name)))
    if (synonym === undefined) continue
    const index = parts.findIndex((part) => fits(part, synonym))
    const { unit } = parts[index]
    columns[quantity] = { index, name: names[index], unit, factor: factorOf(unit) }
  }
  return columns
}

function fits({ name, unit }: HeadingParts, synonym: string): boolean {
  return name === synonym && (unit === null || unit === '' || factors.has(unit.toLowerCase()))
}

function factorOf(unit: string | null): number {
  return factors.get((unit ?? '').toLowerCase()) ?? 1
}
