import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ModelPackage } from '../../../../src-shared/forecast/package.ts'
import type { Difference } from '../../../../src-shared/contract/reports.ts'
import { Failure } from '../../../../src-shared/failure/failure.ts'
import { attachedFile } from '../../../../src-main/report/attachments.ts'
import { attachedNames } from '../../../../src-main/report/attaching.ts'
import { cellReport } from '../../../../src-main/report/cellReport.ts'
import type { ReportRecord } from '../../../../src-main/report/reportRecord.ts'
import { splitSignature, withSignature } from '../../../../src-main/report/signature.ts'
import { wireParts, type Wired } from '../../../../src-main/services/application.ts'
import { importRequests } from '../../../../src-main/services/importing/importing.ts'
import { programPlaces } from '../../../../src-main/services/places.ts'
import { releaseStored, reportFile } from '../../../../src-main/services/reporting/reporting.ts'
import { recompute } from '../../../../src-main/services/assessing/recomputing.ts'
import { signingKey } from '../../../../src-main/services/reporting/signingKey.ts'
import { verifyReport } from '../../../../src-main/services/reporting/verifying.ts'
import { writeTestModel } from '../../../support/testModel.ts'

let folder: string
let wired: Wired
let report: Buffer
let record: Record<string, unknown>

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'pimoe-verify-'))
  await writeTestModel(folder, 'demo')
  wired = wireParts({ libraryFolder: join(folder, 'library'), host: 'cli', modelFolders: [folder] })
  report = Buffer.from(
    await reportFile(wired.parts, wired.models, {
      path: join(programPlaces().samples, 'raw', 'retired-A.csv.gz'),
      question: { nominalCapacity_Ah: 3.5, chemistry: 'NCA', scenario: plan },
      print: { laboratory: 'Halle 3' },
      isDraft: false,
      signal: new AbortController().signal,
    }),
  )
  record = JSON.parse(textOf(attachedFile(report, attachedNames.record))) as Record<string, unknown>
}, 240_000)

afterAll(() => {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
})

const plan = {
  name: 'Store',
  blocks: [{ cycles: 20, charge_rate: 0.5, discharge_rate: 1, temperature_degC: 25 }],
}

function textOf(bytes: Uint8Array | null): string {
  return new TextDecoder().decode(bytes ?? new Uint8Array())
}

async function verify(bytes: Uint8Array): Promise<readonly Difference[]> {
  const path = join(folder, 'report.pdf')
  writeFileSync(path, bytes)
  const { outcome, differences } = await verifyReport(wired.parts, wired.models, { path })
  expect(outcome).toBe(differences.length === 0 ? 'identical' : 'differs')
  return differences
}

/** The report with one attached text replaced by another; the rest of the file stays as it was. */
function withText(found: string, put: string): Buffer {
  const at = report.indexOf(found)
  expect(at).toBeGreaterThan(0)
  return Buffer.concat([
    report.subarray(0, at),
    Buffer.from(put),
    report.subarray(at + Buffer.byteLength(found)),
  ])
}

function withRecord(changed: unknown): Buffer {
  return withText(JSON.stringify(record, null, 1), JSON.stringify(changed, null, 1))
}

/** A forger's print: results computed for the changed inputs, so that nothing but the signature can tell. */
function printed(forged: ReportRecord, model: ModelPackage): Promise<Uint8Array> {
  return cellReport({ ...forged, results: recompute(forged.inputs, model) }, model.manifest)
}

function changedAt(path: readonly string[]): unknown {
  const copy = structuredClone(record)
  const parent = path.slice(0, -1).reduce((at, key) => at[key] as Record<string, unknown>, copy)
  const key = path.at(-1) ?? ''
  const value = parent[key]
  parent[key] = typeof value === 'number' ? value + 0.001 : `${String(value)}x`
  return copy
}

describe('verifyReport', () => {
  it('finds a report identical', async () => {
    expect(await verify(report)).toEqual([])
  })

  it.each([
    ['settings', 'laboratory', 'name'],
    ['inputs', 'record', 'sha256'],
    ['inputs', 'question', 'scenario', 'name'],
    ['inputs', 'model', 'sha256'],
    ['results', 'assessment', 'stateOfHealth', 'value'],
  ])('names a field that was changed: %s.%s', async (...path) => {
    const fields = (await verify(withRecord(changedAt(path)))).map(({ field }) => field)
    expect(fields).toContain(path.join('.'))
  })

  it('verifies a record that knows nothing of the discharge before the charge', async () => {
    const older = structuredClone(record) as unknown as ReportRecord
    const { before: _, ...use } = older.inputs.cycle.use
    expect(older.inputs.cycle.use).toHaveProperty('before')
    const inputs = { ...older.inputs, cycle: { ...older.inputs.cycle, use } }
    const again = await printed({ ...older, inputs }, await wired.models.find('demo'))
    expect(await verify(again)).toMatchObject([{ field: 'signature' }])
  })

  it('names a field of another kind, and one that is not there', async () => {
    const { inputs } = record as { inputs: object }
    const [first] = await verify(withRecord({ ...record, inputs: { ...inputs, cell: 5 } }))
    expect(first.field).toBe('inputs.cell')
    expect(await verify(withRecord({ ...record, extra: 1 }))).toMatchObject([
      { field: 'report.json' },
      { field: 'extra' },
    ])
    expect(await verify(withText('"schema"', 'schema""'))).toMatchObject([{ field: 'report.json' }])
  })

  it('tells a bit flipped anywhere in the file', async () => {
    const told: boolean[] = []
    for (let part = 0; part < 12; part++) {
      const flipped = Buffer.from(report)
      flipped[Math.floor(((part + 0.5) * report.length) / 12)] ^= 1
      const differs = await verify(flipped).then(
        (differences) => differences.length > 0,
        (error: unknown) => error instanceof Failure,
      )
      told.push(differs)
    }
    expect(told).not.toContain(false)
  })

  it('names the page whose text was changed', async () => {
    const lastText = report.lastIndexOf('] TJ')
    const digit = report.lastIndexOf('> ', lastText) - 1
    const changed = Buffer.from(report)
    changed[digit] = changed[digit] === 0x30 ? 0x31 : 0x30
    expect(await verify(changed)).toMatchObject([
      { field: expect.stringMatching(/^page \d+$/) as string },
      { field: 'signature' },
    ])
  })

  it('tells bytes that were added or cut off', async () => {
    expect(await verify(Buffer.concat([report, Buffer.from('\n')]))).not.toEqual([])
    expect(await verify(report.subarray(0, -1))).not.toEqual([])
  })

  it('tells what was changed in page, record and digests alike', async () => {
    const { inputs } = record as { inputs: { cell: object } }
    const forged = { ...record, inputs: { ...inputs, cell: { ...inputs.cell, name: 'Forged' } } } as unknown
    const model = await wired.models.find('demo')
    const body = await printed(forged as ReportRecord, model)
    const { signature } = splitSignature(report)
    expect(await verify(withSignature(body, signature!))).toMatchObject([{ field: 'signature' }])
    const mine = await signingKey(mkdtempSync(join(folder, 'forger-')))
    expect(await verify(withSignature(body, mine.sign(body)))).toMatchObject([{ field: 'signature' }])
    expect(await verify(body)).toMatchObject([{ field: 'signature' }])
  })

  it('tells a signer other than the one that is expected', async () => {
    const path = join(folder, 'report.pdf')
    writeFileSync(path, report)
    const own = await verifyReport(wired.parts, wired.models, { path })
    expect(own.signedBy).toMatchObject({ isOwn: true })
    const named = { path, fingerprint: own.signedBy!.fingerprint.toUpperCase() }
    expect((await verifyReport(wired.parts, wired.models, named)).outcome).toBe('identical')
    const other = await verifyReport(wired.parts, wired.models, { path, fingerprint: 'ab'.repeat(32) })
    expect(other.differences).toMatchObject([{ field: 'signature' }])
  })

  it('names a model that is another', async () => {
    const shelf = mkdtempSync(join(folder, 'other-'))
    await writeTestModel(shelf, 'demo', { seed: 99 })
    const path = join(folder, 'report.pdf')
    writeFileSync(path, report)
    const other = wireParts({ libraryFolder: join(folder, 'library'), host: 'cli', modelFolders: [shelf] })
    const told = await verifyReport(other.parts, other.models, { path })
    expect(told.differences.map(({ field }) => field)).toEqual(['inputs.model.sha256'])
    expect(told.differences[0]?.message).toMatch(/The model here has the hash/)
  })

  it('names a record that was replaced, and what follows from it', async () => {
    const inputs = record['inputs'] as Record<string, Record<string, unknown>>
    const cycle = structuredClone(inputs['cycle'])
    const curve = cycle['chargeCurve'] as { charge_Ah: number[] }
    curve.charge_Ah = curve.charge_Ah.map((charge) => charge * 1.02)
    const differences = await verify(withRecord({ ...record, inputs: { ...inputs, cycle } }))
    const fields = differences.map(({ field }) => field)
    expect(fields).toContain('inputs.cycle.chargeCurve.charge_Ah')
    expect(fields).toContain('results.assessment.presentCapacity.value_Ah')
  })

  it('names a plan that was replaced, and what follows from it', async () => {
    const inputs = record['inputs'] as Record<string, Record<string, unknown>>
    const [block] = plan.blocks
    const scenario = { ...plan, blocks: [{ ...block, charge_rate: 2, temperature_degC: 45 }] }
    const question = { ...inputs['question'], scenario }
    const fields = (await verify(withRecord({ ...record, inputs: { ...inputs, question } }))).map(
      ({ field }) => field,
    )
    expect(fields).toContain('inputs.question.scenario.blocks')
    expect(fields.some((field) => field.startsWith('results.assessment.scenario.blocks[0]'))).toBe(true)
    expect(fields.some((field) => field.startsWith('results.assessment.trajectory'))).toBe(true)
    expect(fields).not.toContain('results.assessment.presentCapacity.value_Ah')
  })

  it('names grading rules that were replaced, and what follows from them', async () => {
    const path = join(programPlaces().samples, 'raw', 'retired-A.csv.gz')
    const context = { signal: new AbortController().signal, progress: () => undefined }
    await importRequests(wired.parts)['files/import'](
      { paths: [path], chemistry: 'NCA', nominalCapacity_Ah: 3.5 },
      context,
    )
    const { bytes } = await releaseStored(wired.parts, wired.models, { cell: 'retired-A' })
    const released = Buffer.from(bytes)
    expect(await verify(released)).toEqual([])
    const text = textOf(attachedFile(released, attachedNames.record))
    const lenient = text.replace(/("leastStateOfHealth": )[\d.]+/g, '$10.001')
    expect(lenient).not.toBe(text)
    const at = released.indexOf(text)
    const forged = Buffer.concat([
      released.subarray(0, at),
      Buffer.from(lenient),
      released.subarray(at + Buffer.byteLength(text)),
    ])
    const fields = (await verify(forged)).map(({ field }) => field)
    expect(fields.some((field) => field.startsWith('inputs.rules'))).toBe(true)
    expect(fields).toContain('signature')
  })

  it('refuses what is no report', async () => {
    await expect(verify(Buffer.from('%PDF-1.7\n%%EOF\n'))).rejects.toMatchObject({
      kind: 'refused',
      code: 'not-a-report',
    })
  })
})
