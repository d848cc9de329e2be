import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { expandPaths } from '../../../src-main/readers/expandPaths.ts'
import { readFile } from '../../../src-main/readers/readFile.ts'
import { temporaryFolder } from '../../fixtures/temporaryFolder.ts'

const folder = temporaryFolder()
for (const name of ['ö/b.csv', 'ö/a.csv', 'ö/deep/c.csv', 'ö/.hidden', 'ö/B.csv', 'single.csv'])
  folder.write(name, 'x')

it('walks folders in one order, keeps files as named and each once', async () => {
  const single = folder.path('single.csv')
  const missing = folder.path('missing.csv')
  const expanded = await expandPaths([single, folder.path('ö'), single, missing])
  const inside = ['B.csv', 'a.csv', 'b.csv', join('deep', 'c.csv')].map((name) =>
    join(folder.path('ö'), name),
  )
  expect(expanded).toEqual([single, ...inside, missing])
})

const mayReadAll = process.platform === 'win32' || process.getuid?.() === 0

it.skipIf(mayReadAll)('leaves a locked folder standing, which is then refused by itself', async () => {
  const outer = temporaryFolder()
  outer.write('open.csv', 'x')
  const locked = outer.path('locked')
  mkdirSync(locked, { mode: 0 })
  expect(await expandPaths([outer.path('.')])).toEqual([locked, outer.path('open.csv')])
  await expect(readFile(locked)).rejects.toMatchObject({ kind: 'refused', code: 'not-readable' })
})
