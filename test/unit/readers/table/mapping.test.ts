import { describe, expect, it } from 'vitest'
import type { TableMapping } from '../../../../src-shared/cell/mapping.ts'
import type { CyclerRecord } from '../../../../src-shared/cell/record.ts'
import { seededRandom } from '../../../../src-shared/network/seededRandom.ts'
import { encodedText } from '../../../fixtures/encodedText.ts'
import { temporaryFolder } from '../../../fixtures/temporaryFolder.ts'
import { readRecord } from '../../../support/readRecord.ts'

const folder = temporaryFolder()
const random = seededRandom(7)
const pick = <T>(values: readonly T[]): T => values[Math.floor(random.uniform() * values.length)]

/** A charge, a rest and a discharge of one minute a row; s, V, A, °C. */
const rows = Array.from({ length: 120 }, (_, i) => ({
  time: i * 60,
  voltage: i < 70 ? 3.5 + 0.009 * i : 4.1 - 0.005 * (i - 70),
  current: i < 60 ? 2 + 0.01 * random.uniform() : i < 70 ? 0 : -2.5,
  temperature: 24 + random.uniform(),
}))

const columns = ['time', 'voltage', 'current', 'temperature'] as const
type Column = (typeof columns)[number]

/** Headings that no vocabulary holds, in the letters of each encoding. */
const headings: Readonly<Record<string, Readonly<Record<Column, string>>>> = {
  'utf-8': { time: 'τ', voltage: 'ΔU Zelle', current: 'Strömung', temperature: 'Oberfläche' },
  'utf-16le': { time: 'τ', voltage: 'ΔU', current: '⚡', temperature: '🌡' },
  'utf-16be': { time: 'τ', voltage: 'ΔU', current: '⚡', temperature: '🌡' },
  'windows-1252': { time: 'durée', voltage: 'tension', current: 'intensité', temperature: 'chaleur µ' },
  'windows-1251': { time: 'время', voltage: 'напряжение', current: 'ток', temperature: 'нагрев' },
  gb18030: { time: '秒', voltage: '伏特', current: '安培', temperature: '热' },
  shift_jis: { time: '経過', voltage: '電圧', current: '電流', temperature: '温度計' },
}

const units = {
  time: [
    { unit: 's', per: 1 },
    { unit: 'min', per: 1 / 60 },
    { unit: 'h', per: 1 / 3600 },
  ],
  voltage: [
    { unit: 'V', per: 1 },
    { unit: 'mV', per: 1e3 },
  ],
  current: [
    { unit: 'A', per: 1 },
    { unit: 'mA', per: 1e3 },
    { unit: 'µA', per: 1e6 },
  ],
  temperature: [{ unit: '°C', per: 1 }],
} as const

function shuffled<T>(values: readonly T[]): T[] {
  return values
    .map((value) => ({ value, key: random.uniform() }))
    .toSorted((a, b) => a.key - b.key)
    .map(({ value }) => value)
}

/** A random way to write the record, and the mapping that says how. */
function writing(number: number) {
  const encoding = pick(Object.keys(headings))
  const delimiter = pick([',', ';', '\t', '|', ' '])
  const decimal = delimiter === ',' ? '.' : pick(['.', ','] as const)
  const currentSign = pick(['charge-positive', 'discharge-positive'] as const)
  const hasHeading = random.uniform() < 0.7
  const preamble = Math.floor(random.uniform() * 4)
  const lineEnd = pick(['\n', '\r\n'])
  const order = shuffled(columns)
  const unit = {
    time: pick(units.time),
    voltage: pick(units.voltage),
    current: pick(units.current),
    temperature: pick(units.temperature),
  }
  const name = (column: Column) => headings[encoding][column].replaceAll(' ', delimiter === ' ' ? '_' : ' ')
  const sign = currentSign === 'charge-positive' ? 1 : -1
  const cell = (row: (typeof rows)[number], column: Column) =>
    String(row[column] * unit[column].per * (column === 'current' ? sign : 1)).replace('.', decimal)
  const lines = [
    ...Array.from({ length: preamble }, (_, i) => `note ${i}`),
    ...(hasHeading ? [order.map(name).join(delimiter)] : []),
    ...rows.map((row) => order.map((column) => cell(row, column)).join(delimiter)),
  ]
  const path = folder.write(`${number}.dat`, encodedText(lines.join(lineEnd), encoding))
  const mapping: TableMapping = {
    encoding,
    delimiter,
    decimal,
    currentSign,
    headingLine: hasHeading ? preamble + 1 : null,
    firstRow: preamble + (hasHeading ? 2 : 1),
    columns: Object.fromEntries(
      columns.map((column) => [
        column,
        { column: hasHeading ? name(column) : order.indexOf(column) + 1, unit: unit[column].unit },
      ]),
    ),
  }
  return { path, mapping }
}

function expectSame(found: CyclerRecord, expected: CyclerRecord): void {
  for (const name of ['time', 'voltage', 'current', 'chargeCapacity', 'dischargeCapacity'] as const) {
    expect(found[name].length).toBe(expected[name].length)
    const worst = Array.from(found[name], (value, i) => Math.abs(value - expected[name][i]))
    expect(Math.max(...worst), name).toBeLessThan(1e-9)
  }
  expect([...found.mode]).toEqual([...expected.mode])
  expect([...found.cycle]).toEqual([...expected.cycle])
}

const plainPath = folder.write(
  'plain.csv',
  `Test Time (s),Voltage (V),Current (A),Temperature (°C)\n${rows.map((row) => columns.map((name) => row[name]).join(',')).join('\n')}`,
)
const plain = await readRecord(plainPath)

describe('a mapping', () => {
  it.each(Array.from({ length: 80 }, (_, i) => i))(
    'gives the same record, however it is written (%i)',
    async (i) => {
      const { path, mapping } = writing(i)
      const read = await readRecord(path, { mapping })
      expectSame(read.record, plain.record)
      expect(read.mapping).toEqual(mapping)
    },
  )

  it('is found as it must be stated', async () => {
    const again = await readRecord(plainPath, { mapping: plain.mapping! })
    expectSame(again.record, plain.record)
    expect(again.mapping).toEqual(plain.mapping)
  })

  it('leaves to the file what it does not say', async () => {
    const path = folder.write(
      'partly.csv',
      `a preamble\nTest Time (s);Voltage (V);Amp;Note\n${rows.map(({ time, voltage, current }) => `${time};${String(voltage).replace('.', ',')};${String(-current * 1000).replace('.', ',')};x`).join('\r\n')}`,
    )
    const mapping: TableMapping = {
      currentSign: 'discharge-positive',
      columns: { current: { column: 'Amp', unit: 'mA' } },
    }
    const read = await readRecord(path, { mapping })
    expectSame(read.record, plain.record)
    expect(read.mapping).toMatchObject({ headingLine: 2, firstRow: 3, delimiter: ';', decimal: ',' })
    expect(read.mapping?.columns?.voltage).toEqual({ column: 'Voltage (V)', unit: 'V' })
  })

  it('reads unsigned currents by the words of a state', async () => {
    const state = (current: number) => (current > 0 ? 'Laden' : current < 0 ? 'Entladen' : 'Pause')
    const path = folder.write(
      'states.csv',
      `Test Time (s),Voltage (V),Current (A),Was\n${rows.map(({ time, voltage, current }) => [time, voltage, Math.abs(current), state(current)].join(',')).join('\n')}`,
    )
    const mapping: TableMapping = {
      currentSign: 'state',
      dischargeStates: ['ENTLADEN'],
      columns: { state: { column: 'Was' } },
    }
    expectSame((await readRecord(path, { mapping })).record, plain.record)
  })

  it('keeps the mark of simulated measurements', async () => {
    const path = folder.write(
      'simulated.csv',
      `s,V,A,Simulated\n${rows.map(({ time, voltage, current }) => [time, voltage, current, 1].join(',')).join('\n')}`,
    )
    const mapping: TableMapping = {
      columns: { time: { column: 's' }, voltage: { column: 'V' }, current: { column: 'A' } },
    }
    expect((await readRecord(path, { mapping })).simulated).toBe(true)
  })
})

describe('dates', () => {
  const dated = (written: (minute: number) => string) =>
    `when,U,I\n${rows.map(({ voltage, current }, i) => [written(i), voltage, current].join(',')).join('\n')}`
  const mapping: TableMapping = {
    columns: {
      clock: { column: 'when' },
      voltage: { column: 'U', unit: 'V' },
      current: { column: 'I', unit: 'A' },
    },
  }
  const two = (value: number) => String(value).padStart(2, '0')

  it.each(['day', 'month'] as const)('are read with the %s first where that is stated', async (dateOrder) => {
    const path = folder.write(
      `${dateOrder}.csv`,
      dated(
        (minute) =>
          `${dateOrder === 'day' ? '05/06' : '06/05'}/2026 ${two(8 + Math.floor(minute / 60))}:${two(minute % 60)}:00`,
      ),
    )
    const read = await readRecord(path, { mapping: { ...mapping, dateOrder } })
    expectSame(read.record, plain.record)
  })

  it.each([
    { what: 'goes back', start: Date.UTC(2026, 9, 25, 0, 30) },
    { what: 'goes forward', start: Date.UTC(2026, 2, 29, 0, 30) },
  ])('run on where the clock of their zone $what', async ({ what, start }) => {
    const berlin = new Intl.DateTimeFormat('sv-SE', {
      timeZone: 'Europe/Berlin',
      dateStyle: 'short',
      timeStyle: 'medium',
    })
    const path = folder.write(
      `${what}.csv`,
      dated((minute) => berlin.format(start + minute * 60_000)),
    )
    const read = await readRecord(path, { mapping: { ...mapping, zone: 'Europe/Berlin' } })
    expectSame(read.record, plain.record)
  })

  it('follow the offset that they name themselves', async () => {
    const path = folder.write(
      'offsets.csv',
      dated((minute) => {
        const utc = new Date(Date.UTC(2026, 9, 25, 0, 30) + minute * 60_000)
        const offset = minute < 30 ? 2 : 1
        return `${new Date(utc.getTime() + offset * 3_600_000).toISOString().slice(0, 19)}+0${offset}:00`
      }),
    )
    expectSame((await readRecord(path, { mapping })).record, plain.record)
  })
})

const invalid: { what: string; mapping: TableMapping; code: string; column: string }[] = [
  {
    what: 'a unit of something else',
    mapping: { columns: { voltage: { column: 'Voltage (V)', unit: 'mA' } } },
    code: 'mapping-invalid',
    column: 'columns.voltage.unit',
  },
  {
    what: 'an encoding that is none',
    mapping: { encoding: 'latin-99' },
    code: 'mapping-invalid',
    column: 'encoding',
  },
  {
    what: 'a zone that is none',
    mapping: { zone: 'Europe/Nowhere' },
    code: 'mapping-invalid',
    column: 'zone',
  },
  {
    what: 'a letter between cells',
    mapping: { delimiter: 'x' },
    code: 'mapping-invalid',
    column: 'delimiter',
  },
  {
    what: 'rows above their heading',
    mapping: { headingLine: 3, firstRow: 2 },
    code: 'mapping-invalid',
    column: 'firstRow',
  },
  {
    what: 'one column for two quantities',
    mapping: { columns: { voltage: { column: 'x' }, current: { column: 'x' } } },
    code: 'mapping-invalid',
    column: 'columns.current.column',
  },
  {
    what: 'names where there are no headings',
    mapping: { headingLine: null, columns: { voltage: { column: 'U' } } },
    code: 'mapping-invalid',
    column: 'columns.voltage.column',
  },
  {
    what: 'a column that is not there',
    mapping: { columns: { voltage: { column: 'U9' } } },
    code: 'missing-column',
    column: 'U9',
  },
  {
    what: 'a place beyond the last column',
    mapping: { columns: { voltage: { column: 12 } } },
    code: 'missing-column',
    column: '12',
  },
  {
    what: 'no time',
    mapping: { columns: { time: null } },
    code: 'mapping-incomplete',
    column: 'columns.time',
  },
  { what: 'another decimal sign', mapping: { decimal: ',' }, code: 'mixed-decimals', column: 'Current (A)' },
]

it.each(invalid)('refuses $what and names the field', async ({ mapping, code, column }) => {
  await expect(readRecord(plainPath, { mapping })).rejects.toMatchObject({
    kind: 'refused',
    code,
    detail: { column, file: plainPath },
  })
})

it('refuses a file that changes its decimal sign', async () => {
  const path = folder.write('mixed.csv', 'Test Time (s);Voltage (V);Current (A)\n0;3.5;1.5\n60;3,6;1,5\n')
  await expect(readRecord(path)).rejects.toMatchObject({ code: 'mixed-decimals', detail: { line: 3 } })
})
