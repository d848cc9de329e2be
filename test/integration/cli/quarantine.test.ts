import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, it } from 'vitest'
import type { ImportedFile, QuarantinedFile, RepairEffect } from '../../../src-shared/contract/requests.ts'
import { signalRows, signalText } from '../../fixtures/signalTable.ts'
import { buildProgram } from '../../support/built.ts'
import { temporaryFolder } from '../../support/temporaryFolder.ts'
import { documentOf, pimoe, type FailureDocument } from './pimoe.ts'

beforeAll(() => buildProgram('main'), 120_000)

it('holds a file in doubt, shows the effect, and imports it with the accepted repair', async () => {
  const folder = temporaryFolder()
  const library = join(folder, 'library')
  const file = join(folder, 'millivolt.csv')
  const rows = signalRows().map((row) => ({ ...row, voltage: row.voltage * 1000 }))
  writeFileSync(file, signalText(rows))

  const assessed = await pimoe(['assess', file, '--json'], library)
  expect(assessed.code).toBe(3)
  const { error } = documentOf(assessed) as FailureDocument
  expect(error).toMatchObject({ code: 'voltage-range', line: 2, column: 'Voltage (V)', file })

  const imported = await pimoe(['import', file, '--json'], library)
  expect(imported.code).toBe(3)
  const { files } = documentOf(imported) as { files: ImportedFile[] }
  const id = files[0].quarantine!

  const shown = await pimoe(['quarantine', id, '--json'], library)
  const { file: held, effect } = documentOf(shown) as { file: QuarantinedFile; effect: RepairEffect }
  expect(held).toMatchObject({ id, path: file, proposals: [{ repair: 'voltage-times-0.001' }] })
  expect([effect.before.usableCycles, effect.after.usableCycles]).toEqual([0, 1])

  expect((await pimoe(['quarantine', id, '--accept', 'guess', '--json'], library)).code).toBe(2)
  const accepted = await pimoe(['quarantine', id, '--accept', 'proposed', '--json'], library)
  expect(accepted.code).toBe(0)
  expect(documentOf(accepted)).toMatchObject({
    schema: 'pimoe-import/1',
    files: [{ status: 'imported', repairs: ['voltage-times-0.001'], cells: [id] }],
  })
  const listed = await pimoe(['quarantine', '--json'], library)
  expect(documentOf(listed)).toEqual({ schema: 'pimoe-quarantine/1', files: [] })
}, 60_000)
