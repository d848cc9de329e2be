import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { attachedFile } from '../../../../src-main/report/attachments.ts'
import { attachedNames } from '../../../../src-main/report/attaching.ts'
import { splitSignature, withSignature } from '../../../../src-main/report/signature.ts'
import { lotReport } from '../../../../src-main/report/lot/lotReport.ts'
import type { LotReportInput } from '../../../../src-main/report/lot/lotReportInput.ts'
import { wireParts, type Wired } from '../../../../src-main/services/application.ts'
import { importRequests } from '../../../../src-main/services/importing/importing.ts'
import { reportLot } from '../../../../src-main/services/reporting/lotReporting.ts'
import { programPlaces } from '../../../../src-main/services/places.ts'
import { verifyReport } from '../../../../src-main/services/reporting/verifying.ts'
import type { Difference } from '../../../../src-shared/contract/reports.ts'
import { writeTestModel } from '../../../support/testModel.ts'

let folder: string
let wired: Wired
let report: Buffer
let json: string

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'pimoe-verify-lot-'))
  await writeTestModel(folder, 'demo')
  wired = wireParts({ libraryFolder: join(folder, 'library'), host: 'cli', modelFolders: [folder] })
  const context = { signal: new AbortController().signal, progress: () => undefined }
  const paths = ['retired-A.csv.gz', 'retired-B.csv.gz'].map((name) =>
    join(programPlaces().samples, 'raw', name),
  )
  const stated = { chemistry: 'NCA', nominalCapacity_Ah: 3.5, temperature_degC: 25 }
  await importRequests(wired.parts)['files/import']({ paths, ...stated }, context)
  const question = { lot: 'Lot 7', groupSize: 2, laboratory: 'Halle 3' }
  report = Buffer.from((await reportLot(wired, question, context)).bytes)
  json = new TextDecoder().decode(attachedFile(report, attachedNames.lot) ?? new Uint8Array())
}, 240_000)

afterAll(() => {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
})

async function verify(bytes: Uint8Array): Promise<readonly Difference[]> {
  const path = join(folder, 'lot.pdf')
  writeFileSync(path, bytes)
  return (await verifyReport(wired.parts, wired.models, { path })).differences
}

function withText(found: string, put: string): Buffer {
  const at = report.indexOf(found)
  expect(at).toBeGreaterThan(0)
  const after = report.subarray(at + Buffer.byteLength(found))
  return Buffer.concat([report.subarray(0, at), Buffer.from(put), after])
}

describe('verifyReport of a lot', () => {
  it('finds it identical, and signed with the key of the library', async () => {
    const path = join(folder, 'whole.pdf')
    writeFileSync(path, report)
    const told = await verifyReport(wired.parts, wired.models, { path })
    expect(told).toMatchObject({
      outcome: 'identical',
      differences: [],
      report: { cell: 'Lot 7', model: null },
      signedBy: { isOwn: true },
    })
  })

  it('names a field that was changed, and tells what was cut or does not fit', async () => {
    const fields = async (changed: string): Promise<string[]> =>
      (await verify(withText(json, changed))).map(({ field }) => field)
    expect(await fields(json.replace('"Halle 3"', '"Halle 4"'))).toContain('laboratory')
    expect(await fields(json.replace('"retired-A"', '"retired-X"'))).toContain('batteries')
    expect(await fields(json.replace('"groupSize":2', '"groupSize":"2"'))).toEqual(['groupSize'])
    expect(await fields(`${json.slice(0, -1)} `)).toEqual(['lot.json'])
    expect(await verify(report.subarray(0, -1))).not.toEqual([])
  })

  it('tells a bit flipped anywhere in the file', async () => {
    for (let part = 0; part < 10; part++) {
      const flipped = Buffer.from(report)
      flipped[Math.floor(((part + 0.5) * report.length) / 10)] ^= 1
      const differs = await verify(flipped).then(
        (differences) => differences.length > 0,
        (error: unknown) => (error as { code: string }).code === 'not-a-report',
      )
      expect(differs).toBe(true)
    }
  })

  it('tells pages, record and digests that were changed alike', async () => {
    const forged = await lotReport({ ...(JSON.parse(json) as LotReportInput), lot: 'Lot 8' })
    const { signature } = splitSignature(report)
    expect(await verify(withSignature(forged, signature!))).toMatchObject([{ field: 'signature' }])
  })
})
