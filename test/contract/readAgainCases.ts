import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import type { TableMapping } from '../../src-shared/cell/mapping.ts'
import { foreignMapping, foreignTable } from '../fixtures/foreignTable.ts'
import type { Asking } from './quarantineCases.ts'

/** The same measurement without the cycler's own numbers. */
const otherMapping: TableMapping = {
  ...foreignMapping,
  columns: { ...foreignMapping.columns, cycle: null },
}

/** One file read twice, in different ways. */
export function readAgainCases({ ask, places }: Asking): void {
  const file = () => join(places().folder, 'zweimal ö.csv')

  it('files/import keeps the first reading of a file, and says so where another is stated', async () => {
    writeFileSync(file(), foreignTable([4, 9]))
    const paths = [file()]
    const first = await ask('files/import', { paths, mapping: foreignMapping })
    expect(first.files).toMatchObject([{ status: 'imported', known: false, cycles: 2 }])
    const same = await ask('files/import', { paths, mapping: foreignMapping })
    expect(same.files).toMatchObject([{ status: 'imported', known: true }])
    const other = await ask('files/import', { paths, mapping: otherMapping })
    expect(other.files).toMatchObject([
      {
        status: 'refused',
        known: true,
        cells: first.files[0].cells,
        findings: [{ code: 'read-otherwise' }],
      },
    ])
    const { cycles, records } = await ask('cells/get', { id: first.files[0].cells[0] })
    expect(cycles.map(({ number }) => number)).toEqual([4, 9])
    expect(records).toMatchObject([{ mapping: foreignMapping }])
  })

  it('files/import puts another reading in the place of the first when told to', async () => {
    const question = { cell: 'zweimal ö', nominalCapacity_Ah: 3.5, temperature_degC: 25 }
    await ask('assessments/run', question)
    const { files } = await ask('files/import', {
      paths: [file()],
      mapping: otherMapping,
      again: true,
      chemistry: 'NCA',
    })
    expect(files).toMatchObject([{ status: 'imported', known: true }])
    expect(files[0].findings[0]).toMatchObject({ code: 'reading-replaced', isNote: true })
    expect(files[0].findings[0].message).toMatch(/One assessment/)
    const { cycles, records, description, assessments } = await ask('cells/get', { id: files[0].cells[0] })
    expect(cycles.map(({ number }) => number)).toEqual([1, 2])
    expect(records).toHaveLength(1)
    expect(assessments).toEqual([])
    expect(description.chemistry).toBe('NCA')
    expect((await ask('log/list', { limit: 2 })).map(({ kind }) => kind)).toContain('import')
    await ask('cells/remove', { ids: files[0].cells })
  })
}
