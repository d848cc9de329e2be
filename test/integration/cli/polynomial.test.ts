import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { ulColumns } from '../../../src-main/readers/readPerCycleUl.ts'
import { perCycleText, ulRow } from '../../fixtures/perCycle.ts'
import { buildProgram } from '../../support/built.ts'
import { temporaryFolder } from '../../support/temporaryFolder.ts'
import { documentOf, pimoe, samples, type FailureDocument } from './pimoe.ts'

describe('assess --method polynomial', () => {
  beforeAll(() => buildProgram('main'), 120_000)

  it('goes on from the capacities of a published file', async () => {
    const folder = temporaryFolder()
    const path = join(folder, 'CY25-05_1-#99.csv')
    const rows = Array.from({ length: 80 }, (_, n) => ({
      ...ulRow,
      Cycle: n + 1,
      Discharge_Capacity: 3300 - 4 * n,
    }))
    writeFileSync(path, perCycleText(ulColumns, rows))
    const words = ['--method', 'polynomial', '--nominal-capacity', '3.5', '--horizon', '20', '--json']
    const finished = await pimoe(['assess', path, ...words], join(folder, 'library'))
    expect(finished.code).toBe(0)
    expect(documentOf(finished)).toMatchObject({
      model: { name: 'polynomial' },
      presentCapacity: { value_Ah: 2.984, evidence: 'measured' },
      domain: { findings: [{ code: 'constant-use' }] },
    })
  })

  it('says what is missing where a cell has no past', async () => {
    const path = join(samples, 'raw', 'retired-A.csv.gz')
    const words = ['assess', path, '--method', 'polynomial', '--nominal-capacity', '3.5', '--json']
    const finished = await pimoe(words, join(temporaryFolder(), 'library'))
    expect(finished.code).toBe(4)
    expect((documentOf(finished) as FailureDocument).error.code).toBe('too-few-capacities')
  })
})
