import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import type { Difference, Verification } from '../../../src-shared/contract/reports.ts'
import { Failure } from '../../../src-shared/failure/failure.ts'
import type { ModelPackage } from '../../../src-shared/forecast/package.ts'
import { fingerprintOf } from '../../report/signature.ts'
import type { ReportRecord, ReportResults } from '../../report/reportRecord.ts'
import { gradingRulesSchema } from '../grading/gradingRulesSchema.ts'
import type { ModelShelf } from '../modelShelf/models.ts'
import type { Parts } from '../parts.ts'
import { lotVerification, readLot } from './verifyingLot.ts'
import { recompute } from '../assessing/recomputing.ts'
import { isSignedBy, ownPublicKey } from './signingKey.ts'

const storedRules = z.strictObject({ version: z.int(), sha256: z.string(), rules: gradingRulesSchema })

interface Attached {
  /** Null where it cannot be read. */
  readonly record: ReportRecord | null
  readonly differences: readonly Difference[]
}

/**
 * Computes a report again from what is attached to it, prints it again and compares every byte.
 *
 * Throws a refused Failure `not-found`, `not-a-report` where there is nothing to compare.
 */
export async function verifyReport(
  parts: Parts,
  models: ModelShelf,
  { path, model: named, fingerprint }: { path: string; model?: string; fingerprint?: string },
): Promise<Verification> {
  const { splitSignature } = await parts.report()
  const { body, signature } = splitSignature(await readReport(path))
  const lot = await readLot(parts, body)
  if (lot !== null) {
    const publicKey = lot.record?.publicKey ?? null
    const signing =
      lot.record === null ? [] : signatureDifferences({ body, signature, publicKey, fingerprint })
    return lotVerification(path, await ownPublicKey(parts.libraryFolder), {
      ...lot,
      differences: [...lot.differences, ...signing],
    })
  }
  const attached = await readAttached(parts, body, path)
  if (attached.record === null) return verification(path, null, attached)
  const { record, differences } = attached
  const found = await findModel(models, record, named)
  const again = 'field' in found ? [found] : await differencesAgain(parts, { body, record, model: found })
  const publicKey = record.report.release?.publicKey ?? null
  const signing = signatureDifferences({ body, signature, publicKey, fingerprint })
  return verification(path, await ownPublicKey(parts.libraryFolder), {
    record,
    differences: [...differences, ...again, ...signing],
  })
}

interface Signing {
  readonly body: Uint8Array
  readonly signature: Uint8Array | null
  /** Null for a draft. */
  readonly publicKey: string | null
  /** Of the key that is expected. */
  readonly fingerprint: string | undefined
}

/** Page, record and digests can be changed together; only the holder of the key can sign what comes of it. */
function signatureDifferences({ body, signature, publicKey, fingerprint }: Signing): Difference[] {
  const field = 'signature'
  const wrongKey =
    fingerprint !== undefined &&
    (publicKey === null || fingerprintOf(publicKey) !== fingerprint.toLowerCase())
      ? [{ field, message: 'It is not of the key whose fingerprint was named.' }]
      : []
  if (publicKey === null) {
    return signature === null ? wrongKey : [{ field, message: 'A draft carries none.' }, ...wrongKey]
  }
  if (signature === null) return [{ field, message: 'It is missing or damaged.' }, ...wrongKey]
  if (isSignedBy(publicKey, body, signature)) return wrongKey
  return [{ field, message: 'It was not made over these bytes with the key of page 1.' }, ...wrongKey]
}

function verification(file: string, ownKey: string | null, { record, differences }: Attached): Verification {
  const release = record?.report.release ?? null
  return {
    schema: 'pimoe-verification/1',
    file,
    outcome: differences.length === 0 ? 'identical' : 'differs',
    differences,
    report:
      record === null
        ? null
        : {
            number: release?.number ?? null,
            revision: release?.revision ?? null,
            cell: record.inputs.cell.name,
            createdAt: record.report.createdAt,
            programVersion: record.report.programVersion,
            model: record.inputs.model,
          },
    signedBy:
      release === null
        ? null
        : { fingerprint: fingerprintOf(release.publicKey), isOwn: release.publicKey === ownKey },
  }
}

async function readReport(path: string): Promise<Uint8Array> {
  const bytes = await readFile(path).catch(() => null)
  if (bytes !== null) return bytes
  throw new Failure('refused', 'not-found', 'The report cannot be read.', {
    advice: 'Check the path; it must be an ordinary file.',
    file: path,
  })
}

/** The attached record, with the fields that are not what they were when it was printed. */
async function readAttached(parts: Parts, bytes: Uint8Array, file: string): Promise<Attached> {
  const { attachedFile, attachedNames, changedFields, reportRecordSchema } = await parts.report()
  const attached = attachedFile(bytes, attachedNames.record)
  if (attached === null) throw notAReport(file)
  const value = parseJson(attached)
  if (value === undefined) return { record: null, differences: [unreadable(attachedNames.record)] }
  const digests = parseJson(attachedFile(bytes, attachedNames.digests) ?? new Uint8Array())
  const differences = isObject(digests) ? changedFields(value, digests) : [unreadable(attachedNames.digests)]
  const parsed = reportRecordSchema
    .extend({ inputs: reportRecordSchema.shape.inputs.extend({ rules: storedRules.nullable() }) })
    .safeParse(value)
  // The order of keys is part of the bytes, so the value itself goes on, not what the schema made of it.
  if (parsed.success) return { record: value as ReportRecord, differences }
  const issue = parsed.error.issues.at(0)
  const field = issue?.path.join('.') ?? ''
  const wrong = unreadable(field === '' ? attachedNames.record : field, issue?.message)
  return { record: null, differences: [wrong, ...differences] }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}

function unreadable(field: string, reason?: string): Difference {
  return { field, message: reason === undefined ? 'It cannot be read.' : `It cannot be read: ${reason}.` }
}

function notAReport(file: string): Failure {
  return new Failure('refused', 'not-a-report', 'No record of a report is attached to this file.', {
    advice: 'Name a PDF as this program wrote it; a printed or converted copy cannot be verified.',
    file,
  })
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    return undefined
  }
}

/** The model by its hash, wherever it lies and whatever it is called. */
async function findModel(
  models: ModelShelf,
  { inputs }: ReportRecord,
  named: string | undefined,
): Promise<ModelPackage | Difference> {
  const { name, sha256 } = inputs.model
  const packages = named === undefined ? (await models.list()).packages : []
  const known = packages.find((one) => one.sha256 === sha256)
  if (known !== undefined) return models.find(known.name)
  const other = named === undefined ? packages.find((one) => one.name === name) : await models.find(named)
  if (other?.sha256 === sha256 && named !== undefined) return models.find(named)
  return {
    field: 'inputs.model.sha256',
    message:
      other === undefined
        ? `No model here has the hash ${sha256}: bring the package ${name}, or name its folder.`
        : `The model here has the hash ${other.sha256}, the report rests on ${sha256}.`,
  }
}

interface Again {
  readonly body: Uint8Array
  readonly record: ReportRecord
  readonly model: ModelPackage
}

async function differencesAgain(parts: Parts, { body, record, model }: Again): Promise<Difference[]> {
  const { cellReport, differingFields, differingParts, reportRecordSchema } = await parts.report()
  // Only signals are taken as the schema read them, where null is NaN: anything else keeps its order of keys.
  const { cycle } = reportRecordSchema.parse(record).inputs
  try {
    const results = inJson(recompute({ ...record.inputs, cycle }, model))
    const fields = differingFields(record.results, results, 'results')
    const printed = await cellReport({ ...record, results }, model.manifest)
    const changed = differingParts(body, printed).map((field) => ({
      field,
      message: 'Its bytes are others.',
    }))
    return [...fields, ...changed]
  } catch (error) {
    // Whatever a foreign file makes fail is a difference, not a fault of this program.
    const reason = error instanceof Error ? error.message : String(error)
    return [{ field: 'results', message: `They cannot be computed again: ${reason}` }]
  }
}

function inJson(results: ReportResults): ReportResults {
  return JSON.parse(JSON.stringify(results)) as ReportResults
}
