import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, it } from 'vitest'
import { buildProgram } from '../../support/built.ts'
import { temporaryFolder } from '../../support/temporaryFolder.ts'
import { documentOf, pimoe, samples } from './pimoe.ts'

beforeAll(() => buildProgram('main'), 120_000)

it('writes a record of the library as csv and as Parquet, which read as the same', async () => {
  const folder = temporaryFolder()
  const library = join(folder, 'library')
  const source = join(samples, 'raw', 'quick-test.csv.gz')
  await pimoe(['import', source, '--json'], library)
  const inspected = documentOf(await pimoe(['inspect', source, '--json'], library)) as { rows: number }
  for (const name of ['ä.csv', 'b.parquet']) {
    const file = join(folder, name)
    const exported = documentOf(await pimoe(['record', 'quick-test', '--out', file, '--json'], library))
    expect(exported).toMatchObject({
      schema: 'pimoe-record/1',
      file,
      rows: inspected.rows,
      simulated: true,
      source: { path: source },
    })
    const again = documentOf(await pimoe(['inspect', file, '--json'], library))
    expect(again).toMatchObject({ format: 'bdf', rows: inspected.rows, simulated: true })
  }
  expect(readFileSync(join(folder, 'ä.csv'), 'utf8')).toMatch(
    /^test_time_second,voltage_volt,current_ampere,/,
  )
}, 120_000)

it('leaves nothing behind of a file that it refuses', async () => {
  const folder = temporaryFolder()
  const source = join(samples, 'SIM-LSD', '1.csv.gz')
  const refused = await pimoe(['record', source, '--out', join(folder, 'a.csv'), '--json'], folder)
  expect(refused.code).toBe(3)
  expect(documentOf(refused)).toMatchObject({ error: { code: 'no-time-series' } })
  expect((await pimoe(['record', source, '--out', join(folder, 'a.txt')], folder)).code).toBe(2)
  expect(existsSync(join(folder, 'a.csv'))).toBe(false)
}, 120_000)
