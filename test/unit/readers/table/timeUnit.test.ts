import { describe, expect, it } from 'vitest'
import { readRecord } from '../../../support/readRecord.ts'
import { temporaryFolder } from '../../../fixtures/temporaryFolder.ts'
import { needsShared, sharedData } from '../../../support/shared.ts'

const folder = temporaryFolder()

/** An hour at 1 A, a row every 5 minutes, whose heading of time has no unit. */
function hour(per_s: number): string {
  const rows = Array.from({ length: 13 }, (_, i) => {
    const date = `1/2/2024 ${3 + Math.floor(i / 12)}:${String((i % 12) * 5).padStart(2, '0')}:00 PM`
    return `${i + 1}\t1\t${i * 300 * per_s}\t${(i / 12).toFixed(6)}\t1.0\t3.7\tC\t${date}\n`
  })
  return `Rec\tCycle C\tTestTime\tCap. [Ah]\tCurrent [A]\tVoltage [V]\tMd\tDPT Time\n${rows.join('')}`
}

describe('a test time without a unit', () => {
  it.each([
    ['s', 1],
    ['min', 1 / 60],
    ['h', 1 / 3600],
  ])('is found to count %s by the dates beside it', async (unit, per_s) => {
    const { record, findings, columns } = await readRecord(folder.write('cell.txt', hour(per_s)))
    expect(record.time.at(-1)).toBeCloseTo(3600, 6)
    expect(findings).toContainEqual(expect.objectContaining({ code: 'unit-found', column: 'TestTime' }))
    expect(columns[2]).toEqual({ name: 'TestTime', unit })
    expect(findings.map(({ code }) => code)).not.toContain('unit-missing')
  })

  it('stays unknown where the dates fit no unit', async () => {
    const { findings } = await readRecord(folder.write('cell.txt', hour(0.2)))
    expect(findings.map(({ code }) => code)).toContain('unit-missing')
  })
})

it('is no reason to refuse a file whose dates are ambiguous', async () => {
  const text = hour(1).replaceAll('1/2/2024', '05/06/2024').replace('05/06/2024 3:10', '06/06/2024 3:10')
  const { findings } = await readRecord(folder.write('cell.txt', text))
  expect(findings.map(({ code }) => code)).not.toContain('ambiguous-date')
})

it.skipIf(sharedData() === null)(`finds the minutes of a Maccor export${needsShared}`, async () => {
  const { record, findings } = await readRecord(sharedData('cycler-exports/maccor/maccor_002.txt')!)
  expect(record.time.at(-1)).toBeCloseTo(3809.841833 * 60, 3)
  expect(findings.map(({ code }) => code)).not.toContain('charge-balance')
})
