import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { ulColumns } from '../../src-main/readers/readPerCycleUl.ts'
import { perCycleText, ulRow } from '../fixtures/perCycle.ts'
import { zipOf } from '../fixtures/workbook.ts'
import type { Asking } from './quarantineCases.ts'

/** Published data sets, counted from an archive of one cell. */
export function datasetCases({ ask, places }: Asking): void {
  it('datasets/list counts the cells of an archive against every preset that names them', async () => {
    const before = await ask('datasets/list', {})
    expect(before.map(({ name, found }) => [name, found])).toEqual([
      ['UL', 0],
      ['LSD', 0],
      ['TPSL', 0],
    ])
    const path = join(places().folder, 'daten ö.zip')
    const content = perCycleText(ulColumns, [ulRow])
    writeFileSync(path, zipOf([{ name: 'UL-NCA/CY25-025_1-#1.csv', content }]))
    const { files } = await ask('files/import', { paths: [path] })
    expect(files).toMatchObject([{ path: join(path, 'UL-NCA', 'CY25-025_1-#1.csv'), status: 'imported' }])
    const [ul] = await ask('datasets/list', {})
    expect(ul).toMatchObject({ found: 1, doi: '10.5281/zenodo.6379165', licence: 'CC BY 4.0' })
    const holding = ul.presets.filter(({ cells, missing }) => missing.length < cells)
    expect(holding.map(({ name }) => name)).toEqual(['default', 'legacy-ul-nca-cy25-025'])
    await ask('cells/remove', { ids: files[0].cells })
    expect((await ask('datasets/list', {}))[0].found).toBe(0)
  })

  it('datasets/list knows a loose file by the only set that lists its name, else by its chemistry', async () => {
    let capacity = 3301
    const counted = async (name: string, stated: { chemistry?: string }) => {
      const path = join(places().folder, name)
      writeFileSync(path, perCycleText(ulColumns, [{ ...ulRow, Discharge_Capacity: capacity++ }]))
      const { files } = await ask('files/import', { paths: [path], ...stated })
      const [{ found }] = await ask('datasets/list', {})
      await ask('cells/remove', { ids: files[0].cells })
      return found
    }
    expect(await counted('CY45-05_1-#18.csv', {})).toBe(1)
    // Both an NCA and an NCM cell are listed so.
    expect(await counted('CY45-05_1-#1.csv', {})).toBe(0)
    expect(await counted('CY45-05_1-#1.csv', { chemistry: 'NCM' })).toBe(1)
  })
}
