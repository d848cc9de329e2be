import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import type { TableMapping } from '../../../src-shared/cell/mapping.ts'
import type { ImportedFile } from '../../../src-shared/contract/requests.ts'
import { foreignMapping, foreignTable } from '../../fixtures/foreignTable.ts'
import { buildProgram } from '../../support/built.ts'
import { temporaryFolder } from '../../support/temporaryFolder.ts'
import { documentOf, pimoe, type FailureDocument } from './pimoe.ts'

beforeAll(() => {
  buildProgram()
}, 120_000)

describe('a table of no known maker', () => {
  it('is read through a mapping, which inspect gives back whole', async () => {
    const folder = temporaryFolder()
    const library = join(folder, 'Bücherei')
    const file = join(folder, 'Prüfling 7.csv')
    const map = join(folder, 'Zuordnung ö.json')
    writeFileSync(file, foreignTable())
    writeFileSync(map, `\uFEFF${JSON.stringify(foreignMapping)}`)

    const unknown = await pimoe(['inspect', file, '--json'], library)
    expect(unknown.code).toBe(3)
    expect((documentOf(unknown) as FailureDocument).error.code).toBe('unknown-format')

    const read = await pimoe(['inspect', file, '--map', map, '--json'], library)
    expect(read.code).toBe(0)
    const { mapping, cycles } = documentOf(read) as { mapping: TableMapping; cycles: number }
    expect(cycles).toBe(2)
    expect(mapping).toMatchObject({ ...foreignMapping, headingLine: 2, decimal: ',', delimiter: ';' })

    writeFileSync(map, JSON.stringify(mapping))
    const taken = await pimoe(['import', file, '--map', map, '--json'], library)
    expect(taken.code).toBe(0)
    expect((documentOf(taken) as { files: ImportedFile[] }).files).toMatchObject([
      { status: 'imported', cycles: 2 },
    ])
  })

  it.each([
    { what: 'an unknown field', text: '{"colums": {}}', column: 'colums' },
    {
      what: 'a wrong unit',
      text: '{"columns": {"time": {"column": "Dauer", "unit": "V"}}}',
      column: 'columns.time.unit',
    },
    { what: 'a line below 1', text: '{"headingLine": 0}', column: 'headingLine' },
  ])('is not read by a mapping with $what, whose field is named', async ({ text, column }) => {
    const folder = temporaryFolder()
    const map = join(folder, 'map.json')
    writeFileSync(map, text)
    const refused = await pimoe(['import', map, '--map', map, '--json'], join(folder, 'library'))
    expect(refused.code).toBe(3)
    expect((documentOf(refused) as FailureDocument).error).toMatchObject({
      code: 'mapping-invalid',
      file: map,
      column,
    })
  })
})
