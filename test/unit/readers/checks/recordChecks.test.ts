import { describe, expect, it } from 'vitest'
import { readFile } from '../../../../src-main/readers/readFile.ts'
import { doubtsAmong } from '../../../../src-shared/cell/finding.ts'
import type { Cycle } from '../../../../src-shared/cell/cycle.ts'
import { signalRows, signalText, type SignalTableRow } from '../../../fixtures/signalTable.ts'
import { temporaryFolder } from '../../../fixtures/temporaryFolder.ts'

const folder = temporaryFolder()
const rows = signalRows()
const sound = await readFile(folder.write('sound.csv', signalText(rows)))

type Change = Partial<SignalTableRow>
const every = (change: (row: SignalTableRow) => Change) => rows.map((row) => ({ ...row, ...change(row) }))
const at = (index: number, change: Change) =>
  rows.map((row, i) => (i === index ? { ...row, ...change } : row))
const stray = rows.toSpliced(50, 0, { ...rows[50], time: -84 })
const datesOf = (changed: readonly SignalTableRow[]) =>
  changed.map(({ time }) => Math.min(Math.max(time, 0), 20_000))

/** What was done to the record, what is said of it, and what mends it entirely; null where nothing does. */
const faults: {
  what: string
  changed: readonly SignalTableRow[]
  dates?: readonly number[]
  code: string
  line?: number
  column: string
  repair: string | null
}[] = [
  {
    what: 'millivolts',
    changed: every(({ voltage }) => ({ voltage: voltage * 1000 })),
    code: 'voltage-range',
    line: 2,
    column: 'Voltage (V)',
    repair: 'voltage-times-0.001',
  },
  {
    what: 'volts of thousands',
    changed: every(({ voltage }) => ({ voltage: voltage / 1000 })),
    code: 'voltage-range',
    column: 'Voltage (V)',
    repair: 'voltage-times-1000',
  },
  {
    what: 'several cells in series',
    changed: every(({ voltage }) => ({ voltage: voltage * 2 })),
    code: 'voltage-range',
    line: 2,
    column: 'Voltage (V)',
    repair: null,
  },
  {
    what: 'milliampere',
    changed: every(({ current }) => ({ current: current * 1000 })),
    code: 'charge-balance',
    column: 'Current (A)',
    repair: 'current-times-0.001',
  },
  {
    what: 'a discharge that counts as positive',
    changed: every(({ current }) => ({ current: -current })),
    code: 'sign-turned',
    line: 12,
    column: 'Current (A)',
    repair: 'invert-current',
  },
  {
    what: 'a current without a sign',
    changed: every(({ current }) => ({ current: Math.abs(current) })),
    code: 'sign-missing',
    line: 192,
    column: 'Current (A)',
    repair: null,
  },
  {
    what: 'minutes',
    changed: every(({ time }) => ({ time: time / 60 })),
    code: 'clock-mismatch',
    column: 'Test Time (s)',
    repair: 'time-times-60',
  },
  {
    what: 'hours',
    changed: every(({ time }) => ({ time: time / 3600 })),
    code: 'clock-mismatch',
    column: 'Test Time (s)',
    repair: 'time-times-3600',
  },
  {
    what: 'milliseconds',
    changed: every(({ time }) => ({ time: time * 1000 })),
    code: 'clock-mismatch',
    column: 'Test Time (s)',
    repair: 'time-times-0.001',
  },
  {
    what: 'a row out of turn',
    changed: stray,
    dates: datesOf(stray),
    code: 'time-backwards',
    line: 52,
    column: 'Test Time (s)',
    repair: 'drop-late-rows',
  },
  {
    what: 'a block of rows twice',
    changed: [...rows.slice(0, 100), ...rows.slice(40)],
    dates: datesOf([...rows.slice(0, 100), ...rows.slice(40)]),
    code: 'time-backwards',
    line: 102,
    column: 'Test Time (s)',
    repair: 'drop-late-rows',
  },
  {
    what: 'a time that restarts',
    changed: rows.map((row, i) => (i < 100 ? row : { ...row, time: row.time - rows[99].time })),
    code: 'time-backwards',
    line: 102,
    column: 'Test Time (s)',
    repair: 'continue-time',
  },
  {
    what: 'rows that repeat',
    changed: rows.flatMap((row, i) => (i % 4 === 0 ? [row, row] : [row])),
    dates: datesOf(rows.flatMap((row, i) => (i % 4 === 0 ? [row, row] : [row]))),
    code: 'duplicate-rows',
    line: 3,
    column: '',
    repair: 'drop-duplicates',
  },
  {
    what: 'a voltage that jumps for one sample',
    changed: at(60, { voltage: 0.4 }),
    code: 'voltage-jump',
    line: 62,
    column: 'Voltage (V)',
    repair: 'drop-spikes',
  },
]

describe('a record with', () => {
  it.each(faults)('$what is held back, with its place and what mends it', async (fault) => {
    const { what, changed, dates, code, line, column, repair } = fault
    const path = folder.write(
      `${what}.csv`,
      signalText(changed, dates === undefined ? undefined : [...dates]),
    )
    const doubts = doubtsAmong((await readFile(path)).findings)
    const told = doubts.find((finding) => finding.code === code)
    expect(told).toMatchObject({
      ...(line === undefined ? {} : { line }),
      ...(column === '' ? {} : { column }),
      ...(repair === null ? {} : { repair }),
    })
    if (told?.repair === undefined) return
    const repaired = await readFile(path, { repairs: [told.repair] })
    expect(doubtsAmong(repaired.findings)).toEqual([])
    expectAlike(repaired.cycles, sound.cycles)
  })

  it('nothing wrong is let through', () => {
    expect(sound.findings).toEqual([])
    expect(sound.cycles).toHaveLength(1)
  })
})

/** A left out sample moves the curve by what lies between its neighbours. */
function expectAlike(cycles: readonly Cycle[], expected: readonly Cycle[]): void {
  expect(cycles).toHaveLength(expected.length)
  cycles.forEach((cycle, i) => {
    expect(cycle.dischargeCapacity).toBeCloseTo(expected[i].dischargeCapacity!, 6)
    expect(cycle.relaxation!.voltage).toHaveLength(expected[i].relaxation!.voltage.length)
    cycle.chargeCurve!.charge.forEach((charge, point) => {
      expect(charge).toBeCloseTo(expected[i].chargeCurve!.charge[point], 2)
    })
  })
}

it('refuses a channel without a cell, and a current that the export has lost', async () => {
  const empty = signalText(every(() => ({ voltage: 0.0002, current: 0 })))
  await expect(readFile(folder.write('empty.csv', empty))).rejects.toMatchObject({ code: 'no-cell' })
  const lost = signalText(every(() => ({ current: 0 })))
  await expect(readFile(folder.write('lost.csv', lost))).rejects.toMatchObject({ code: 'no-current' })
})

it('lets a paused test through, with a note', async () => {
  const dates = rows.map(({ time }, i) => time + 36_000 * Math.floor(i / 20))
  const { findings } = await readFile(folder.write('paused.csv', signalText(rows, dates)))
  expect(findings.filter(({ isNote }) => isNote !== true)).toEqual([])
  expect(findings.map(({ code }) => code)).toContain('clock-mismatch')
})
