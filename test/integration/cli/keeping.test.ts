import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, it } from 'vitest'
import type { LibraryBackup, LibraryRestored } from '../../../src-shared/contract/keeping.ts'
import { buildProgram } from '../../support/built.ts'
import { temporaryFolder } from '../../support/temporaryFolder.ts'
import { documentOf, pimoe, samples } from './pimoe.ts'

beforeAll(() => {
  buildProgram('main')
}, 120_000)

it('backup, restore and check keep a library safe, with exit codes', async () => {
  const folder = temporaryFolder()
  const library = join(folder, 'Bücherei')
  const outside = join(folder, 'Sicherung')
  expect((await pimoe(['check'], library)).code).toBe(3)
  expect((await pimoe(['backup', outside], library)).code).toBe(3)
  expect(existsSync(library)).toBe(false)

  await pimoe(['import', join(samples, 'raw', 'retired-A.csv.gz')], library)
  const { file, cells } = documentOf(await pimoe(['backup', outside, '--json'], library)) as LibraryBackup
  expect(cells).toBe(1)
  expect((await pimoe(['backup', join(library, 'x.sqlite')], library)).code).toBe(3)
  expect((await pimoe(['check'], library)).code).toBe(0)

  writeFileSync(join(library, 'library.sqlite'), 'ruined '.repeat(5000))
  const ruined = await pimoe(['check', '--json'], library)
  expect(ruined.code).toBe(3)
  expect(documentOf(ruined)).toMatchObject({ error: { code: 'library-damaged' } })
  const restored = documentOf(await pimoe(['restore', file, '--json'], library)) as LibraryRestored
  expect(restored).toMatchObject({ cells: 1, library })
  expect(existsSync(restored.aside!)).toBe(true)
  const again = documentOf(await pimoe(['cells', '--json'], library))
  expect(again).toMatchObject({ cells: [{ description: { name: 'retired-A' } }] })
  expect((await pimoe(['restore', join(samples, 'raw', 'retired-A.csv.gz')], library)).code).toBe(3)
  expect((await pimoe(['restore'], library)).code).toBe(2)

  const synchronised = join(folder, 'Dropbox', 'pimoe')
  await pimoe(['import', join(samples, 'raw', 'retired-A.csv.gz')], synchronised)
  expect((await pimoe(['check'], synchronised)).stdout).toContain('Dropbox')
}, 90_000)
