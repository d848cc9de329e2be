import { createHash } from 'node:crypto'
import type { Correction, ReleasedReport, ReportOptions } from '../../../src-shared/contract/reports.ts'
import type { Application, AssessmentQuestion, FilePayload } from '../../../src-shared/contract/requests.ts'
import type { CancelSignal } from '../../../src-shared/contract/signal.ts'
import { Failure } from '../../../src-shared/failure/failure.ts'
import type { Library } from '../../library/openLibrary.ts'
import type { ReportIdentity, ReportRelease } from '../../report/reportRecord.ts'
import { storedCell } from '../library/assessedCell.ts'
import type { CellQuestion } from '../assessing/assessing.ts'
import { logRelease } from '../library/logging.ts'
import { reportLot } from './lotReporting.ts'
import type { ModelShelf } from '../modelShelf/models.ts'
import type { Parts } from '../parts.ts'
import { plateOf } from './plate.ts'
import { fileBasis, keptBasis, previewBasis, recordOf, type ReportBasis } from './reportBasis.ts'
import { signingKey, type SigningKey } from './signingKey.ts'
import { unknownName } from '../unknownName.ts'
import { verifyReport } from './verifying.ts'

export type ReleaseQuestion = AssessmentQuestion & { print?: ReportOptions; corrects?: Correction }

type ReportRequests = Pick<
  Application,
  | 'reports/preview'
  | 'reports/release'
  | 'reports/list'
  | 'reports/get'
  | 'reports/options'
  | 'reports/plate'
  | 'reports/lot'
  | 'reports/verify'
>

export function reportRequests(parts: Parts, models: ModelShelf): ReportRequests {
  return {
    'reports/preview': async (input) => {
      const { bytes, cell } = await draftStored(parts, models, input)
      return payload(`${cell} (draft)`, bytes)
    },
    'reports/release': async (input) => {
      const { bytes, released } = await releaseStored(parts, models, input)
      return { released, file: payload(nameOf(released), bytes) }
    },
    'reports/list': async ({ cell }) => {
      const library = await parts.library()
      const id = cell === undefined ? null : storedCell(library, cell).id
      return library.releases.list().filter((released) => id === null || released.cell === id)
    },
    'reports/get': async ({ number, revision }) => {
      const library = await parts.library()
      const released = library.releases.revisions(number).find((one) => one.revision === revision)
      const bytes = library.releases.pdf(number, revision)
      if (released === undefined || bytes === null) throw unknownReport(library, number)
      return payload(nameOf(released), bytes)
    },
    'reports/options': async () => (await parts.library()).releases.options(),
    'reports/plate': async ({ cell }) => {
      const library = await parts.library()
      return plateOf(library, storedCell(library, cell).id)
    },
    'reports/lot': async (question, context) => {
      const { bytes, ...counts } = await reportLot({ parts, models }, question, context)
      return { file: payload(question.lot, bytes), ...counts }
    },
    'reports/verify': ({ file }) => verifyReport(parts, models, { path: file }),
  }
}

/** A report of a cell of the library that is neither signed nor kept. */
export async function draftStored(
  parts: Parts,
  models: ModelShelf,
  { print = {}, corrects: _, ...question }: ReleaseQuestion,
): Promise<{ bytes: Uint8Array; cell: string }> {
  const basis = await previewBasis(parts, models, question)
  const bytes = await printed(parts, basis, { release: null, print })
  return { bytes, cell: basis.inputs.cell.name }
}

/** The report of a measurement file: signed, but no library keeps it; a draft where there is no key. */
export async function reportFile(
  parts: Parts,
  models: ModelShelf,
  input: {
    path: string
    question: CellQuestion
    print: ReportOptions
    isDraft: boolean
    signal: CancelSignal
  },
): Promise<Uint8Array> {
  const { print, isDraft, ...asked } = input
  const basis = await fileBasis(parts, models, asked)
  if (isDraft) return printed(parts, basis, { release: null, print })
  const key = await signingKey(parts.libraryFolder)
  const release = { number: null, revision: 1, corrects: null, publicKey: key.publicKey }
  return signed(parts, await printed(parts, basis, { release, print }), key)
}

/**
 * Prints, signs and keeps a report of a cell of the library, as the next number or as a further revision of one.
 *
 * Throws a usage Failure `no-such-report` or `other-cell` where there is nothing to correct.
 */
export async function releaseStored(
  parts: Parts,
  models: ModelShelf,
  { print = {}, corrects, ...question }: ReleaseQuestion,
): Promise<{ bytes: Uint8Array; released: ReleasedReport }> {
  const library = await parts.library()
  if (corrects !== undefined) requireSameCell(library, corrects.number, question.cell)
  const basis = await keptBasis(parts, models, question)
  const key = await signingKey(parts.libraryFolder)
  for (;;) {
    const release = nextRelease(library, corrects, key.publicKey)
    const createdAt = new Date().toISOString()
    const bytes = await signed(parts, await printed(parts, basis, { release, print, createdAt }), key)
    const released: ReleasedReport = {
      number: release.number,
      revision: release.revision,
      cell: basis.cellId,
      cellName: basis.inputs.cell.name,
      releasedAt: createdAt,
      sha256: sha256(bytes),
      reason: corrects?.reason ?? null,
    }
    if (keepRelease(library, { released, bytes, print })) return { bytes, released }
  }
}

interface Printing {
  readonly release: ReportRelease | null
  readonly print: ReportOptions
  readonly createdAt?: string
}

async function printed(
  parts: Parts,
  basis: ReportBasis,
  { release, print, createdAt = new Date().toISOString() }: Printing,
): Promise<Uint8Array> {
  const { cellReport } = await parts.report()
  const { assessmentId, model } = basis
  const report: ReportIdentity = {
    createdAt,
    programVersion: parts.places.version,
    assessmentId,
    release,
  }
  return cellReport(recordOf(basis, report, print), model.manifest)
}

async function signed(parts: Parts, body: Uint8Array, key: SigningKey): Promise<Uint8Array> {
  const { withSignature } = await parts.report()
  return withSignature(body, key.sign(body))
}

function nextRelease(
  library: Library,
  corrects: Correction | undefined,
  publicKey: string,
): ReportRelease & { number: string } {
  if (corrects === undefined) {
    const number = library.releases.nextNumber(new Date().getUTCFullYear())
    return { number, revision: 1, corrects: null, publicKey }
  }
  const [last] = library.releases.revisions(corrects.number)
  const { revision, releasedAt, sha256: hash } = last
  return {
    number: corrects.number,
    revision: revision + 1,
    corrects: { revision, releasedAt, sha256: hash, reason: corrects.reason },
    publicKey,
  }
}

/** False where another process took the number while this one printed. */
function keepRelease(
  library: Library,
  { released, bytes, print }: { released: ReleasedReport; bytes: Uint8Array; print: ReportOptions },
): boolean {
  return library.transaction(() => {
    const taken = library.releases.revisions(released.number).length
    if (taken !== released.revision - 1) return false
    library.releases.insert({ ...released, pdf: bytes })
    library.releases.keepOptions(lasting(print))
    logRelease(library, released)
    return true
  })
}

/** What holds for the next battery too. */
function lasting({ battery: _, ...options }: ReportOptions): ReportOptions {
  return options
}

function requireSameCell(library: Library, number: string, idOrName: string): void {
  const last = library.releases.revisions(number).at(0)
  if (last === undefined) throw unknownReport(library, number)
  if (last.cell === storedCell(library, idOrName).id) return
  throw new Failure('usage', 'other-cell', `Report ${number} is of another cell: ${last.cellName}.`, {
    advice: 'Name the number of a report of this cell, or release a new one.',
    found: number,
  })
}

function unknownReport(library: Library, number: string): Error {
  const known = library.releases.list().map((released) => released.number)
  return unknownName('report', number, [...new Set(known)])
}

function payload(name: string, bytes: Uint8Array): FilePayload {
  return {
    fileName: `${fileName(name)}.pdf`,
    mediaType: 'application/pdf',
    base64: Buffer.from(bytes).toString('base64'),
  }
}

function nameOf({ number, revision, cellName }: ReleasedReport): string {
  return `${number}${revision === 1 ? '' : ` revision ${revision}`} ${cellName}`
}

/** Names that every file system takes. */
function fileName(name: string): string {
  return name.replaceAll(/[\\/:*?"<>|\p{Cc}]/gu, '_').slice(0, 80)
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}
