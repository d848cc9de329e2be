import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { beforeAll, describe, expect, it } from 'vitest'
import { buildProgram } from '../../support/built.ts'
import { temporaryFolder } from '../../support/temporaryFolder.ts'
import { documentOf, pimoe, samples, type FailureDocument } from './pimoe.ts'

const good = join(samples, 'raw', 'retired-A.csv.gz')
const compressed = readFileSync(good)
const text = gunzipSync(compressed).toString('utf8')
const rows = text.split('\n')

/** The same record with one change in its tenth row of numbers. */
function withValue(change: (fields: string[]) => string[]): string {
  const last = rows.length - 10
  return rows.map((row, i) => (i === last ? change(row.split(',')).join(',') : row)).join('\n')
}

const bad: Record<string, string | Buffer> = {
  'leer ö.csv': '',
  'only headings.csv': `${rows[0] ?? ''}\n`,
  'blank.csv': '\n\n\n',
  'truncated.csv.gz': compressed.subarray(0, compressed.length >> 1),
  'zero bytes.csv.gz': '',
  'binary.csv': Buffer.from(Array.from({ length: 5000 }, (_, i) => (i * 7919) % 256)),
  'wrong columns.csv': 'a,b,c\n1,2,3\n',
  'cut row.csv': withValue((fields) => fields.slice(0, 2)),
  'not a number.csv': withValue((fields) => ['NaN', ...fields.slice(1)]),
  'a word.csv': withValue((fields) => ['x', ...fields.slice(1)]),
  'picture.csv': Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13]),
}

describe('bad input', () => {
  beforeAll(() => buildProgram('main'), 120_000)

  it.each(Object.keys(bad))('%s is refused by import, inspect and assess', async (name) => {
    const folder = temporaryFolder()
    const library = join(folder, 'library')
    const path = join(folder, name)
    writeFileSync(path, bad[name] ?? '')
    const assessed = await pimoe(['assess', path, '--json'], library)
    expect(assessed.code).toBe(3)
    const { schema, error } = documentOf(assessed) as FailureDocument
    expect(schema).toBe('pimoe-error/1')
    expect(error).toMatchObject({
      file: path,
      code: expect.stringMatching(/^[a-z-]+$/) as string,
      advice: expect.stringMatching(/\.$/) as string,
    })
    expect(existsSync(library)).toBe(false)
    expect((await pimoe(['inspect', path, '--json'], library)).code).toBe(3)
    expect(existsSync(library)).toBe(false)
    const imported = await pimoe(['import', path, '--json'], library)
    expect(imported.code).toBe(3)
    expect(documentOf(imported)).toMatchObject({
      schema: 'pimoe-import/1',
      files: [{ path, status: 'refused', cells: [], cycles: 0, findings: [{ code: error.code }] }],
    })
    expect(documentOf(await pimoe(['cells', '--json'], library))).toEqual({
      schema: 'pimoe-cells/1',
      cells: [],
    })
  })

  it('a table in the wrong unit is held back, with a proposal', async () => {
    const folder = temporaryFolder()
    const library = join(folder, 'library')
    const path = join(folder, 'wrong units.csv')
    writeFileSync(path, text.replace('Ecell/V', 'Ecell/mV'))
    expect((await pimoe(['assess', path, '--json'], library)).code).toBe(3)
    expect((await pimoe(['inspect', path, '--json'], library)).code).toBe(0)
    const imported = await pimoe(['import', path, '--json'], library)
    expect(imported.code).toBe(3)
    expect(documentOf(imported)).toMatchObject({ files: [{ path, status: 'quarantined', cells: [] }] })
  })

  it('a folder is imported file by file and refused elsewhere', async () => {
    const folder = temporaryFolder()
    const library = join(folder, 'library')
    const data = join(folder, 'Messungen 2026')
    mkdirSync(data)
    writeFileSync(join(data, 'gut ö.csv'), text)
    writeFileSync(join(data, 'kaputt.csv'), 'a,b\n1,2\n')
    const assessed = await pimoe(['assess', data, '--json'], library)
    expect(assessed.code).toBe(3)
    const imported = await pimoe(['import', data, '--json'], library)
    expect(imported.code).toBe(3)
    const { files } = documentOf(imported) as { files: { status: string }[] }
    expect(files.map((file) => file.status)).toEqual(['imported', 'refused'])
    const { cells } = documentOf(await pimoe(['cells', '--json'], library)) as {
      cells: { description: { name: string } }[]
    }
    expect(cells.map((cell) => cell.description.name)).toEqual(['gut ö'])
  })

  it('a file and a folder that are not there are refused', async () => {
    const library = join(temporaryFolder(), 'library')
    for (const command of ['assess', 'inspect']) {
      const finished = await pimoe([command, 'missing.csv', '--json'], library)
      expect(finished.code).toBe(3)
      expect((documentOf(finished) as FailureDocument).error.code).toBe('not-found')
    }
    const imported = await pimoe(['import', 'missing', '--json'], library)
    expect(imported.code).toBe(3)
    expect(documentOf(imported)).toMatchObject({ files: [{ status: 'refused' }] })
  })
})
