import { describe, expect, it } from 'vitest'
import { readRecord } from '../../../support/readRecord.ts'
import type { CyclerRecord } from '../../../../src-shared/cell/record.ts'
import { seededRandom } from '../../../../src-shared/network/seededRandom.ts'
import { temporaryFolder } from '../../../fixtures/temporaryFolder.ts'

const folder = temporaryFolder()

/** An hour at about 2 A, then a rest; s, V, A. */
const random = seededRandom(3)
const rows = Array.from({ length: 80 }, (_, i) => ({
  time: i * 60,
  voltage: Math.min(4.2, 3.5 + 0.01 * i + 0.002 * random.uniform()),
  current: i < 60 ? 2 + 0.01 * random.uniform() : 0,
}))

interface Writing {
  readonly what: string
  readonly headings: { readonly time: string; readonly voltage: string; readonly current: string }
  /** How many of the written unit make one s, V, A. */
  readonly per: { readonly time: number; readonly voltage: number; readonly current: number }
  readonly order: readonly ('time' | 'voltage' | 'current')[]
  readonly decimal: '.' | ','
  readonly delimiter: string
  readonly lineEnd: string
  readonly encode: (text: string) => Buffer
}

const utf8 = (text: string): Buffer => Buffer.from(text)
const plain: Writing = {
  what: 'plain',
  headings: { time: 'Test Time (s)', voltage: 'Voltage (V)', current: 'Current (A)' },
  per: { time: 1, voltage: 1, current: 1 },
  order: ['time', 'voltage', 'current'],
  decimal: '.',
  delimiter: ',',
  lineEnd: '\n',
  encode: utf8,
}

const writings: readonly Writing[] = [
  { ...plain, what: 'decimal commas', decimal: ',', delimiter: ';' },
  { ...plain, what: 'decimal commas between tabs', decimal: ',', delimiter: '\t' },
  { ...plain, what: 'line ends of Windows', lineEnd: '\r\n' },
  { ...plain, what: 'another order', order: ['current', 'time', 'voltage'] },
  { ...plain, what: 'UTF-8 with its mark', encode: (text) => utf8(`\uFEFF${text}`) },
  { ...plain, what: 'UTF-16, little end first', encode: (text) => Buffer.from(`\uFEFF${text}`, 'utf16le') },
  {
    ...plain,
    what: 'UTF-16, big end first',
    encode: (text) => Buffer.from(`\uFEFF${text}`, 'utf16le').swap16(),
  },
  {
    ...plain,
    what: 'milliamperes',
    headings: { ...plain.headings, current: 'Current (mA)' },
    per: { ...plain.per, current: 1000 },
  },
  {
    ...plain,
    what: 'microamperes in windows-1252',
    headings: { ...plain.headings, current: 'Current (µA)' },
    per: { ...plain.per, current: 1e6 },
    encode: (text) => Buffer.from(text, 'latin1'),
  },
  {
    ...plain,
    what: 'millivolts',
    headings: { ...plain.headings, voltage: 'Voltage (mV)' },
    per: { ...plain.per, voltage: 1000 },
  },
  {
    ...plain,
    what: 'hours',
    headings: { ...plain.headings, time: 'Test Time (h)' },
    per: { ...plain.per, time: 1 / 3600 },
  },
  {
    ...plain,
    what: 'minutes',
    headings: { ...plain.headings, time: 'Test Time (min)' },
    per: { ...plain.per, time: 1 / 60 },
  },
]

async function readWritten({ what, headings, per, order, decimal, delimiter, lineEnd, encode }: Writing) {
  const line = (cells: readonly string[]) => cells.join(delimiter) + lineEnd
  const body = rows.map((row) =>
    line(order.map((name) => String(row[name] * per[name]).replace('.', decimal))),
  )
  const path = folder.write(`${what}.csv`, encode(line(order.map((name) => headings[name])) + body.join('')))
  const { record, decimal: found } = await readRecord(path)
  return { record, found }
}

function expectSame(found: CyclerRecord, expected: CyclerRecord): void {
  for (const name of ['time', 'voltage', 'current', 'chargeCapacity'] as const) {
    expect(found[name].length).toBe(expected[name].length)
    const worst = Array.from(found[name], (value, i) => Math.abs(value - expected[name][i]))
    expect(Math.max(...worst), name).toBeLessThan(1e-9)
  }
  expect([...found.mode]).toEqual([...expected.mode])
}

describe('the same record', () => {
  it.each(writings)('is read from $what', async (writing) => {
    const expected = await readWritten(plain)
    const { record, found } = await readWritten(writing)
    expectSame(record, expected.record)
    expect(found).toBe(writing.decimal)
  })
})
