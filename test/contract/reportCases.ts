import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import type { RequestInput, RequestName, RequestOutput } from '../../src-shared/contract/requests.ts'
import type { WireError } from '../../src-shared/contract/wire.ts'
import { temporaryFolder } from '../support/temporaryFolder.ts'

interface Asking {
  readonly ask: <N extends RequestName>(name: N, input: RequestInput<N>) => Promise<RequestOutput<N>>
  readonly failure: (name: string, input: unknown) => Promise<WireError>
  /** Two cells of the library. */
  readonly cells: () => readonly string[]
}

function bytesOf({ base64 }: { base64: string }): Buffer {
  return Buffer.from(base64, 'base64')
}

/** The requests about reports and the log, in this order. */
export function reportCases({ ask, failure, cells }: Asking): void {
  it('reports/preview prints a draft and keeps nothing', async () => {
    const before = (await ask('cells/get', { id: cells()[0] })).assessments.length
    const file = await ask('reports/preview', { cell: cells()[0], print: { laboratory: 'Halle 3' } })
    expect(file).toMatchObject({ mediaType: 'application/pdf', fileName: 'Prüfling 1 (draft).pdf' })
    expect(bytesOf(file).subarray(0, 5).toString()).toBe('%PDF-')
    expect(bytesOf(file).toString('latin1')).not.toContain('%PIMOE-Ed25519')
    expect((await ask('cells/get', { id: cells()[0] })).assessments).toHaveLength(before)
    expect(await ask('reports/list', {})).toEqual([])
  })

  it('reports/release signs and keeps a report, and a correction is its next revision', async () => {
    const print = { laboratory: 'Halle 3', paper: 'Letter', battery: { maker: 'M' } } as const
    const first = await ask('reports/release', { cell: cells()[0], print })
    expect(first.released).toMatchObject({ revision: 1, cell: cells()[0], reason: null })
    expect(first.released.number).toMatch(/^\d{4}-00001$/)
    expect(bytesOf(first.file).toString('latin1', bytesOf(first.file).length - 104)).toMatch(
      /^%PIMOE-Ed25519 /,
    )
    const { number } = first.released
    const corrects = { number, reason: 'The rated capacity was mistyped.' }
    const second = await ask('reports/release', { cell: cells()[0], corrects })
    expect(second.released).toMatchObject({ number, revision: 2, reason: corrects.reason })
    expect(bytesOf(second.file).toString('latin1')).toContain(first.released.sha256)
    expect(await ask('reports/list', { cell: cells()[0] })).toEqual([second.released, first.released])
    expect(await ask('reports/get', { number, revision: 1 })).toEqual(first.file)
    const hash = createHash('sha256').update(bytesOf(first.file)).digest('hex')
    expect(hash).toBe(first.released.sha256)
    expect(await failure('reports/get', { number, revision: 3 })).toMatchObject({ code: 'no-such-report' })
    const other = { cell: cells()[1], corrects }
    expect(await failure('reports/release', other)).toMatchObject({ code: 'other-cell' })
  })

  it('reports/options remembers what holds for the next report too', async () => {
    await ask('reports/release', { cell: cells()[0], print: { operator: 'Ö', battery: { maker: 'M' } } })
    expect(await ask('reports/options', {})).toEqual({ operator: 'Ö' })
  })

  it('reports/plate tells what the library knows of the type plate, and a report prints it', async () => {
    const [id] = cells()
    await ask('cells/change', {
      ids: [id],
      changes: { maker: 'Werk 9', serial: 'SN-77', nominalVoltage_V: 3.6 },
    })
    const plate = await ask('reports/plate', { cell: id })
    expect(plate).toMatchObject({ maker: 'Werk 9', serial: 'SN-77', nominalVoltage_V: 3.6, model: null })
    const printed = await ask('reports/preview', { cell: id, print: { battery: { serial: '' } } })
    const text = bytesOf(printed).toString('latin1')
    expect(text).toContain('"maker": "Werk 9"')
    expect(text).toContain('"serial": null')
    expect(await failure('reports/plate', { cell: 'nobody' })).toMatchObject({ code: 'no-such-cell' })
  })

  it('reports/lot prints a lot of all or some batteries', async () => {
    const { file, ...counts } = await ask('reports/lot', { lot: 'Halle: 3', groupSize: 2, cells: cells() })
    expect(counts.batteries).toBe(cells().length)
    expect(file).toMatchObject({ mediaType: 'application/pdf', fileName: 'Halle_ 3.pdf' })
    expect(bytesOf(file).subarray(0, 5).toString()).toBe('%PDF-')
    expect(await failure('reports/lot', { lot: 'x', groupSize: 1 })).toMatchObject({ kind: 'usage' })
    const unknown = { lot: 'x', groupSize: 2, cells: ['nobody'] }
    expect(await failure('reports/lot', unknown)).toMatchObject({ code: 'no-such-cell' })
  })

  it('reports/verify finds a released report identical, and says what is none', async () => {
    const { file } = await ask('reports/release', { cell: cells()[0] })
    const path = join(temporaryFolder(), 'report.pdf')
    writeFileSync(path, bytesOf(file))
    expect(await ask('reports/verify', { file: path })).toMatchObject({
      outcome: 'identical',
      signedBy: { isOwn: true },
    })
    writeFileSync(path, 'no report')
    expect(await failure('reports/verify', { file: path })).toMatchObject({ code: 'not-a-report' })
  })

  it('log/list tells imports, changes and releases, and log/check finds them whole', async () => {
    const entries = await ask('log/list', { limit: 1000 })
    const kinds = new Set(entries.map(({ kind }) => kind))
    for (const kind of ['import', 'description', 'removal', 'restoration', 'rules', 'release'] as const) {
      expect(kinds).toContain(kind)
    }
    expect(entries[0].previous).toBe(entries[1].sha256)
    expect(await ask('log/check', {})).toEqual({
      schema: 'pimoe-log-check/1',
      entries: entries.length,
      head: entries[0].sha256,
      problems: [],
    })
  })
}
