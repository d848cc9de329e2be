import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { accessTables } from '../../../../src-main/readers/containers/access.ts'
import { needsShared, sharedData } from '../../../support/shared.ts'

const database = sharedData('cycler-exports/arbin/20160805_test001_45_cc_01.res')

it('refuses text', async () => {
  await expect(accessTables(Buffer.from('Time,Voltage'))).rejects.toMatchObject({
    code: 'unsupported-format',
  })
})

it('refuses a signature without pages', async () => {
  const bytes = Buffer.alloc(8192)
  bytes.write('\0\x01\0\0Standard Jet DB', 'latin1')
  await expect(accessTables(bytes)).rejects.toMatchObject({ kind: 'refused', code: 'damaged' })
})

it.skipIf(database === null)(`refuses a database cut short${needsShared}`, async () => {
  const bytes = readFileSync(database!)
  for (const share of [0.05, 0.3, 0.5, 0.9]) {
    await expect(accessTables(bytes.subarray(0, bytes.length * share))).rejects.toMatchObject({
      kind: 'refused',
      code: 'damaged',
    })
  }
})
