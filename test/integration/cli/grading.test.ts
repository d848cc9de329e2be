import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import type { BatteryGrade, DryRun } from '../../../src-shared/contract/grading.ts'
import type { GradingRules } from '../../../src-shared/grading/rules.ts'
import { buildProgram } from '../../support/built.ts'
import { temporaryFolder } from '../../support/temporaryFolder.ts'
import { documentOf, pimoe, samples } from './pimoe.ts'

beforeAll(() => {
  buildProgram()
}, 120_000)

describe('grade and rules', () => {
  it('show, try and save a version; a file that does not fit is refused by its field', async () => {
    const folder = temporaryFolder()
    const library = join(folder, 'Bücherei')
    const file = join(folder, 'Regeln ö.json')
    await pimoe(['import', join(samples, 'raw', 'retired-A.csv.gz')], library)
    await pimoe(['assess', 'retired-A', '--measured-capacity', '3.1'], library)
    const gradeNow = async () =>
      (documentOf(await pimoe(['grade', '--json'], library)) as { batteries: BatteryGrade[] }).batteries[0]
    expect((await gradeNow()).grade).toMatchObject({ rules: { version: 1 } })

    writeFileSync(file, `\uFEFF${(await pimoe(['rules', 'show'], library)).stdout}`)
    const rules = JSON.parse(readFileSync(file, 'utf8').slice(1)) as GradingRules
    const reason = { code: 'simulated', verdict: 'reject', message: 'Simulated.' } as const
    writeFileSync(file, JSON.stringify({ ...rules, reasons: [reason] }))
    const told = documentOf(await pimoe(['rules', 'dry-run', file, '--json'], library)) as DryRun
    expect(told.changed.map(({ cellName, after }) => [cellName, after.verdict])).toEqual([
      ['retired-A', 'reject'],
    ])
    expect(documentOf(await pimoe(['rules', 'save', file, '--json'], library))).toMatchObject({
      saved: { version: 2 },
      dryRun: told,
    })
    expect((await gradeNow()).grade).toMatchObject({ verdict: 'reject', rules: { version: 2 } })
    expect((await pimoe(['rules', 'save', file], library)).code).toBe(2)

    writeFileSync(file, JSON.stringify({ ...rules, lifeThreshold: 80 }))
    const refused = await pimoe(['rules', 'dry-run', file, '--json'], library)
    expect(refused.code).toBe(3)
    expect(documentOf(refused)).toMatchObject({
      error: { code: 'not-grading-rules', column: 'lifeThreshold' },
    })
    expect((await pimoe(['rules', 'show', '7'], library)).code).toBe(2)
    expect((await pimoe(['grade', 'none'], library)).code).toBe(3)
  }, 60_000)
})
