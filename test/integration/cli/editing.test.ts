import { join } from 'node:path'
import { beforeAll, expect, it } from 'vitest'
import type { CellsChanged, CellSummary } from '../../../src-shared/contract/cells.ts'
import { buildProgram } from '../../support/built.ts'
import { temporaryFolder } from '../../support/temporaryFolder.ts'
import { documentOf, pimoe, samples, type FailureDocument } from './pimoe.ts'

beforeAll(() => {
  buildProgram('main')
}, 120_000)

it('cells edit, undo and redo change what is known of cells, a stated capacity included', async () => {
  const library = join(temporaryFolder(), 'Bücherei')
  const json = async (...words: string[]) => documentOf(await pimoe([...words, '--json'], library))
  const listed = async () => ((await json('cells')) as { cells: CellSummary[] }).cells
  await pimoe(['import', join(samples, 'raw')], library)
  const names = (await listed()).map(({ description }) => description.name)
  expect(names).toContain('retired-B')

  const changed = (await json(
    'cells',
    'edit',
    'retired-A',
    'retired-B',
    '--lot',
    '2026-11',
    '--tag',
    'a',
    'b',
  )) as CellsChanged
  expect(changed).toMatchObject({ changed: 2, undo: { kind: 'edit', cells: 2 }, redo: null })
  const one = ['cells', 'edit', 'retired-A', '--serial', 'SN 1', '--nominal-capacity', '3.4', '--untag', 'b']
  expect((await pimoe(one, library)).stdout).toMatch(/retired-A; pimoe undo takes it back/)
  const [a] = (await listed()).filter(({ description }) => description.name === 'retired-A')
  expect(a).toMatchObject({
    description: { nominalCapacity_Ah: 3.4 },
    label: { serial: 'SN 1', lot: '2026-11', tags: ['a'] },
  })
  expect((await pimoe(['cells'], library)).stdout).toMatch(/retired-A.*2026-11 +a$/m)

  expect((await pimoe(['undo', '--dry'], library)).stdout).toMatch(/undo would concern: .*retired-A/)
  expect(await json('undo')).toMatchObject({ changed: 1, undo: { cells: 2 } })
  expect(await json('undo')).toMatchObject({ changed: 2, undo: null, redo: { cells: 2 } })
  expect((await listed()).every(({ label }) => label.lot === null && label.tags.length === 0)).toBe(true)
  expect(await json('redo')).toMatchObject({ changed: 2 })
  await json('cells', 'edit', 'retired-B', '--clear', 'lot')
  const nothing = await pimoe(['redo', '--json'], library)
  expect(nothing.code).toBe(3)
  expect((documentOf(nothing) as FailureDocument).error.code).toBe('nothing-to-redo')

  await json('measure', 'retired-A', '--capacity', '2.9')
  expect(await json('undo')).toMatchObject({ changed: 1, redo: { kind: 'measurement', name: 'retired-A' } })
  expect(await json('cell', 'retired-A')).toMatchObject({ stated: [] })
}, 120_000)
