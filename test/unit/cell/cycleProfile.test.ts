import { expect, it } from 'vitest'
import { readFile } from '../../../src-main/readers/readFile.ts'
import { signalRows, signalText } from '../../fixtures/signalTable.ts'
import { temporaryFolder } from '../../fixtures/temporaryFolder.ts'

const folder = temporaryFolder()
const rows = signalRows()

it('finds rest, charge and discharge from the signals, with their length, voltages and charge', async () => {
  const { profiles } = await readFile(folder.write('whole.csv', signalText(rows)))
  const [{ segments, charge, relaxation }] = profiles!
  expect(segments.map(({ mode, rows: count }) => [mode, count])).toEqual([
    ['rest', 10],
    ['constant-current charge', 120],
    ['rest', 60],
    ['discharge', 120],
  ])
  expect(segments[1]).toMatchObject({ start_s: 600, duration_s: 119 * 60, from_V: 3.5, to_V: 4.2 })
  expect(segments[1].charge_Ah).toBeCloseTo(119 / 60, 9)
  expect(segments[3].charge_Ah).toBeCloseTo(-119 / 60, 9)
  expect(charge).toEqual({ usable: true, reason: null, from_V: 3.5, to_V: 4.2 })
  expect(relaxation).toEqual({ usable: true, reason: null, duration_s: 59 * 60, samples: 60, interval_s: 60 })
})

it('finds the voltage that is held at the end of a charge', async () => {
  const held = rows.map((row, i) =>
    i < 100 || i >= 130 ? row : { ...row, voltage: 4.2, current: 0.98 ** (i - 99) },
  )
  const { profiles } = await readFile(
    folder.write('held.csv', signalText(held.map((row) => ({ ...row, charged: 0 })))),
  )
  expect(profiles![0].segments.map(({ mode }) => mode)).toContain('constant-voltage charge')
})

it('says why a charge or a rest cannot serve, as of a cell that never reaches the window', async () => {
  const low = rows.map((row) => ({ ...row, voltage: 2.5 + (row.voltage - 3) * 0.9 }))
  const { cycles, profiles } = await readFile(folder.write('LFP.csv', signalText(low)))
  expect(cycles).toHaveLength(1)
  expect(cycles[0]).toMatchObject({
    chargeCurve: null,
    unusable: expect.stringMatching(/^it .*3\.580 V alone, below/) as string,
  })
  expect(profiles![0].charge).toMatchObject({
    usable: false,
    reason: expect.stringMatching(/below the window/) as string,
  })
  expect(profiles![0].relaxation).toMatchObject({ usable: false, samples: 60, duration_s: 59 * 60 })
})
