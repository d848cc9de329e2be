import { carriesUnit, dimensionOf, unitFactor, type Dimension } from './units.ts'

/** What a column holds, whatever its maker calls it. `stepTime` restarts with every step, `clock` is the wall clock. */
export type Quantity =
  | 'time'
  | 'stepTime'
  | 'clock'
  | 'voltage'
  | 'current'
  | 'chargeCapacity'
  | 'dischargeCapacity'
  | 'capacity'
  | 'cycle'
  | 'state'
  | 'temperature'

/** Place and factor of a quantity's column; the factor gives s, V, A or Ah. */
export interface QuantityColumn {
  readonly index: number
  readonly name: string
  readonly unit: string | null
  readonly factor: number
}

export type QuantityColumns = Readonly<Partial<Record<Quantity, QuantityColumn>>>

interface Known {
  /** Null where the cells are words, counts or dates. */
  readonly dimension: Dimension | null
  /** Names without blanks, signs, digits and units; the better one first. */
  readonly names: readonly string[]
}

const known: Readonly<Record<Quantity, Known>> = {
  time: {
    dimension: 'time',
    names:
      'testtime totaltime cumulativetime elapsedtime runtime progtime programtime test testduration elapsed 总时间 测试时间 累计时间 运行时间 testzeit zeit time 时间 t chargetime'.split(
        ' ',
      ),
  },
  stepTime: {
    dimension: 'time',
    names: 'steptime relativetime tstep 相对时间 工步时间 步骤时间 步时间 schrittzeit'.split(' '),
  },
  clock: {
    dimension: null,
    names:
      'datetime dateandtime realtime dpttime absolutetime systemtime systime timestamp date 绝对时间 系统时间 记录时间 采样时间 日期时间 日期'.split(
        ' ',
      ),
  },
  voltage: {
    dimension: 'voltage',
    // With a reference electrode Ewe is half of a cell's voltage; Ewe-Ece is all of it.
    names:
      'voltage cellvoltage batteryvoltage terminalvoltage voltagemeasured volts volt potential ecell eweece ewe 电压 电池电压 单体电压 总电压 spannung zellspannung u'.split(
        ' ',
      ),
  },
  current: {
    dimension: 'current',
    names:
      'current cellcurrent batterycurrent currentmeasured amps mamps curr cur i 电流 电池电流 总电流 strom'.split(
        ' ',
      ),
  },
  chargeCapacity: {
    dimension: 'charge',
    names:
      'chargecapacity chargingcapacity chargedcapacity chgcap chgcapacity capacitychg capacitancechg qcharge ahcyccharge 充电容量'.split(
        ' ',
      ),
  },
  dischargeCapacity: {
    dimension: 'charge',
    names:
      'dischargecapacity dischargingcapacity dischargedcapacity dchgcap dchgcapacity dischgcap capacitydchg capacitancedchg qdischarge ahcycdischarge 放电容量'.split(
        ' ',
      ),
  },
  capacity: { dimension: 'charge', names: 'capacity cap amphr mamphr 容量'.split(' ') },
  cycle: {
    dimension: null,
    names:
      'cycleindex cyclenumber cyclecount cyclec cycle cycleid cycleno cyc cyccount cyclep 循环号 循环序号 循环次数 循环数 循环 zyklus'.split(
        ' ',
      ),
  },
  state: {
    dimension: null,
    names: 'state steptype stepstate md status command 工步类型 步骤类型 工作模式 工步状态 状态'.split(' '),
  },
  temperature: {
    dimension: 'temperature',
    names:
      'temperature celltemperature batterytemperature temperaturemeasured surfacetemperature temperaturet auxtemperature temp t 温度 电池温度 temperatur'.split(
        ' ',
      ),
  },
}

/** Too short or too general to stand without a unit: PEC numbers its tests under `Test`. */
const needsUnit = new Set(['test', 't', 'i', 'u', 'elapsed', 'temperaturet'])

export interface HeadingParts {
  readonly name: string
  readonly unit: string | null
}

/** Splits `Voltage(V)`, `Ewe/V`, `U[V]`, `Voltage, V` and `voltage_volt` into name and unit. */
export function headingParts(text: string): HeadingParts {
  const plain = text
    .trim()
    .replace(/^~/, '')
    .replace(/([)\]）])_\d+$/, '$1')
  const match =
    /^(.*?)\s*[([（]([^)\]）]*)[)\]）]$/.exec(plain) ??
    /^(.*?)\s*\/\s*([^/]+)$/.exec(plain) ??
    /^(.*?)\s*,\s*([^,]+)$/.exec(plain) ??
    suffixOf(plain)
  if (match !== null) return { name: bare(match[1]), unit: match[2].trim() }
  const milli = /^(?:mamps|mamp-?hr)$/i.test(plain) ? (/hr$/i.test(plain) ? 'mAh' : 'mA') : null
  return { name: bare(plain), unit: milli }
}

function suffixOf(plain: string): RegExpExecArray | null {
  const match = /^(.+)[_ ]([A-Za-z]+)$/.exec(plain)
  return match !== null && match[2] !== 'C' && carriesUnit(match[2]) ? match : null
}

function bare(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}]/gu, '')
}

/** The columns that name a quantity; a unit in `units`, of a row below the heading, stands where the heading has none. */
export function quantityColumns(names: readonly string[], units: readonly string[] = []): QuantityColumns {
  const parts = names.map((name, i): HeadingParts => {
    const own = headingParts(name)
    return own.unit === null && carriesUnit(units[i] ?? '') ? { ...own, unit: units[i].trim() } : own
  })
  const columns: Partial<Record<Quantity, QuantityColumn>> = {}
  for (const quantity of Object.keys(known) as Quantity[]) {
    const { dimension, names: synonyms } = known[quantity]
    const synonym = synonyms.find((name) => parts.some((part) => fits(part, name, dimension)))
    if (synonym === undefined) continue
    const index = parts.findIndex((part) => fits(part, synonym, dimension))
    const { unit } = parts[index]
    columns[quantity] = { index, name: names[index], unit, factor: unitFactor(dimension, unit) }
  }
  return columns
}

function fits({ name, unit }: HeadingParts, synonym: string, dimension: Dimension | null): boolean {
  if (name !== synonym) return false
  if (unit === null || unit === '') return !needsUnit.has(synonym)
  return dimension === null || dimensionOf(unit) === dimension
}

/** True where the columns make a record: voltage and current over a time of some kind. */
export function isRecord({ time, stepTime, clock, voltage, current }: QuantityColumns): boolean {
  return voltage !== undefined && current !== undefined && (time ?? stepTime ?? clock) !== undefined
}
