import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Finding } from '../../../src-shared/cell/finding.ts'
import type { TableMapping } from '../../../src-shared/cell/mapping.ts'
import type { CellDetail, ImportedFile } from '../../../src-shared/contract/requests.ts'
import { foreignMapping, foreignTable } from '../../fixtures/foreignTable.ts'
import { buildProgram } from '../../support/built.ts'
import { temporaryFolder } from '../../support/temporaryFolder.ts'
import { documentOf, pimoe, type FailureDocument } from './pimoe.ts'

interface Imported {
  files: ImportedFile[]
}
interface ReadFile {
  findings: Finding[]
}

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

  it('is read unasked once its mapping is kept as a template', async () => {
    const folder = temporaryFolder()
    const library = join(folder, 'library')
    const map = join(folder, 'map.json')
    const [first, second] = ['erste.csv', 'zweite ö.csv'].map((name) => join(folder, name))
    writeFileSync(first, foreignTable())
    writeFileSync(second, `noch eine Zeile\r\n${foreignTable([3, 4, 5])}`)
    writeFileSync(map, JSON.stringify(foreignMapping))
    expect((await pimoe(['templates', 'save', 'Prüfstand 7', first, '--map', map], library)).code).toBe(0)

    const inspected = documentOf(await pimoe(['inspect', second, '--json'], library)) as ReadFile
    expect(inspected.findings.map(({ code }) => code)).toContain('read-by-template')
    const assessed = await pimoe(
      ['assess', second, '--chemistry', 'NCA', '--nominal-capacity', '3.5'],
      library,
    )
    expect([0, 4]).toContain(assessed.code)

    const taken = await pimoe(['import', second, '--json'], library)
    const [file] = (documentOf(taken) as { files: ImportedFile[] }).files
    expect(file).toMatchObject({ status: 'imported', cycles: 3 })
    expect(file.findings.map(({ code }) => code)).toContain('read-by-template')

    expect((await pimoe(['templates', 'remove', 'Prüfstand 7'], library)).code).toBe(0)
    const listed = documentOf(await pimoe(['templates', '--json'], library)) as { templates: unknown[] }
    expect(listed.templates).toEqual([])
    expect((await pimoe(['import', first, '--json'], library)).code).toBe(3)
  })

  it('keeps its first reading until another is to take its place', async () => {
    const folder = temporaryFolder()
    const library = join(folder, 'library')
    const [file, map] = ['prüfling.csv', 'map.json'].map((name) => join(folder, name))
    writeFileSync(file, foreignTable([4, 9]))
    writeFileSync(map, JSON.stringify(foreignMapping))
    expect((await pimoe(['import', file, '--map', map], library)).code).toBe(0)
    const columns = { ...foreignMapping.columns, cycle: null }
    writeFileSync(map, JSON.stringify({ ...foreignMapping, columns }))
    const kept = await pimoe(['import', file, '--map', map, '--json'], library)
    expect(kept.code).toBe(3)
    const [{ cells, findings }] = (documentOf(kept) as { files: ImportedFile[] }).files
    expect(findings).toMatchObject([{ code: 'read-otherwise' }])
    expect((await pimoe(['import', file, '--map', map, '--again'], library)).code).toBe(0)
    const { cycles } = documentOf(await pimoe(['cell', cells[0], '--json'], library)) as CellDetail
    expect(cycles.map(({ number }) => number)).toEqual([1, 2])
    const out = join(folder, 'out.csv')
    expect((await pimoe(['record', cells[0], '--out', out], library)).code).toBe(0)
  })

  it('waits in quarantine until a mapping reads it right', async () => {
    const folder = temporaryFolder()
    const library = join(folder, 'library')
    const [file, map] = ['falsch.csv', 'map.json'].map((name) => join(folder, name))
    writeFileSync(file, foreignTable())
    const columns = { ...foreignMapping.columns, voltage: { column: 'Klemmen', unit: 'mV' } }
    writeFileSync(map, JSON.stringify({ ...foreignMapping, columns }))
    const held = documentOf(await pimoe(['import', file, '--map', map, '--json'], library)) as Imported
    const [{ quarantine = '' }] = held.files
    expect(quarantine).not.toBe('')
    writeFileSync(map, JSON.stringify(foreignMapping))
    const read = await pimoe(['quarantine', quarantine, '--retry', '--map', map, '--json'], library)
    expect(read.code).toBe(0)
    expect((documentOf(read) as Imported).files).toMatchObject([{ status: 'imported', cycles: 2 }])
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
