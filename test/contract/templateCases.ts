import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { foreignMapping, foreignTable } from '../fixtures/foreignTable.ts'
import type { Asking } from './quarantineCases.ts'

/** Mappings that the library keeps: saved for a file's headings, known again, removed. */
export function templateCases({ ask, failure, places }: Asking): void {
  it('templates/save keeps what reads the file, and import knows its headings again', async () => {
    const [first, second] = ['vorlage.csv', 'später ö.csv'].map((name) => join(places().folder, name))
    writeFileSync(first, foreignTable([1]))
    writeFileSync(second, foreignTable([7, 8]))
    const saved = await ask('templates/save', {
      name: 'Prüfstand',
      file: { path: first },
      mapping: foreignMapping,
    })
    expect(saved).toMatchObject({ name: 'Prüfstand', mapping: { ...foreignMapping, delimiter: ';' } })
    expect(await ask('templates/list', {})).toEqual([saved])
    const { files } = await ask('files/import', { paths: [second] })
    expect(files).toMatchObject([{ status: 'imported', cycles: 2 }])
    await ask('cells/remove', { ids: files[0].cells })
  })

  it('templates/remove forgets one, and names those there are', async () => {
    expect(await ask('templates/remove', { name: 'Prüfstand' })).toEqual({ removed: 1 })
    expect(await failure('templates/remove', { name: 'Prüfstand' })).toMatchObject({ kind: 'usage' })
  })

  it('templates/save keeps no mapping that its file is not read by', async () => {
    const path = join(places().folder, 'vorlage.csv')
    const mapping = { columns: { voltage: { column: 'U9' } } }
    expect(await failure('templates/save', { name: 'x', file: { path }, mapping })).toMatchObject({
      code: 'missing-column',
    })
    expect(await ask('templates/list', {})).toEqual([])
  })
}
