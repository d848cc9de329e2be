import { z } from 'zod'
import type { Difference, Verification } from '../../../src-shared/contract/reports.ts'
import type { LotReportInput } from '../../report/lot/lotReportInput.ts'
import { fingerprintOf } from '../../report/signature.ts'
import type { Parts } from '../parts.ts'

const text = z.string()
/** What is no number cannot be said in JSON. */
const number = z.number().nullable()
const textOrNull = text.nullable()
const evidence = z.enum(['measured', 'estimated', 'extrapolated', 'not-determinable'])

const answer = z.strictObject({
  stateOfHealth: z.looseObject({ value: number, low: number, high: number, evidence }),
  capacity_Ah: number,
  endOfLife: z.looseObject({ threshold: z.number(), p10: number, p50: number, p90: number }),
  trajectory_Ah: z.array(number),
  scenario: text,
  grade: z.looseObject({
    verdict: z.enum(['graded', 'hold', 'reject']),
    grade: textOrNull,
    reasons: z.array(z.looseObject({ code: text, message: text })),
  }),
})

const lotRecordSchema = z.strictObject({
  schema: z.literal('pimoe-lot-record/1'),
  lot: text,
  groupSize: z.int().min(2),
  paper: z.enum(['A4', 'Letter']),
  laboratory: textOrNull,
  address: textOrNull,
  logo: textOrNull,
  operator: textOrNull,
  batteries: z.array(
    z.strictObject({
      name: text,
      chemistry: textOrNull,
      nominalCapacity_Ah: number,
      simulated: z.boolean(),
      status: z.enum(['assessed', 'quarantined', 'refused']),
      reason: textOrNull,
      answer: answer.nullable(),
    }),
  ),
  rules: z.strictObject({ name: text, version: z.number(), grades: z.array(text) }),
  programVersion: text,
  createdAt: text,
  publicKey: textOrNull,
})

interface LotAttached {
  /** Null where it cannot be read. */
  readonly record: LotReportInput | null
  readonly differences: readonly Difference[]
}

/** Prints the report of a lot again from what is attached to it, and compares; null where it is none of a lot. */
export async function readLot(parts: Parts, body: Uint8Array): Promise<LotAttached | null> {
  const { attachedFile, attachedNames, changedFields } = await parts.report()
  const attached = attachedFile(body, attachedNames.lot)
  if (attached === null) return null
  const value = parsedJson(attached)
  const parsed = lotRecordSchema.safeParse(value)
  if (!parsed.success) {
    const issue = parsed.error.issues.at(0)
    const field = issue?.path.join('.') ?? ''
    const message = `It cannot be read: ${issue?.message ?? 'it is no record of a lot'}.`
    return { record: null, differences: [{ field: field === '' ? attachedNames.lot : field, message }] }
  }
  // The order of keys is part of the bytes, so the value itself goes on, not what the schema made of it.
  const record = value as LotReportInput
  const digests = parsedJson(attachedFile(body, attachedNames.digests) ?? new Uint8Array())
  const changed = changedFields(record, isObject(digests) ? digests : {})
  return { record, differences: [...changed, ...(await printedAgain(parts, record, body))] }
}

export function lotVerification(
  file: string,
  ownKey: string | null,
  { record, differences }: LotAttached,
): Verification {
  const publicKey = record?.publicKey ?? null
  return {
    schema: 'pimoe-verification/1',
    file,
    outcome: differences.length === 0 ? 'identical' : 'differs',
    differences,
    report:
      record === null
        ? null
        : {
            number: null,
            revision: null,
            cell: record.lot,
            createdAt: record.createdAt,
            programVersion: record.programVersion,
            model: null,
          },
    signedBy:
      publicKey === null ? null : { fingerprint: fingerprintOf(publicKey), isOwn: publicKey === ownKey },
  }
}

async function printedAgain(parts: Parts, record: LotReportInput, body: Uint8Array): Promise<Difference[]> {
  const [{ differingParts }, { lotReport }] = await Promise.all([parts.report(), parts.lotReport()])
  try {
    const printed = await lotReport(record)
    return differingParts(body, printed).map((field) => ({ field, message: 'Its bytes are others.' }))
  } catch (error) {
    // Whatever a foreign file makes fail is a difference, not a fault of this program.
    const reason = error instanceof Error ? error.message : String(error)
    return [{ field: 'lot.json', message: `It cannot be printed again: ${reason}` }]
  }
}

function parsedJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    return undefined
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}
