import { join } from 'node:path'
import { expect, it } from 'vitest'
import { expandPaths } from '../../../src-main/readers/expandPaths.ts'
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
