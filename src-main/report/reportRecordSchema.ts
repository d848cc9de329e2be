import { z } from 'zod'
import { reportSections } from '../../src-shared/contract/reports.ts'
import type { GradingRules } from '../../src-shared/grading/rules.ts'
import type { ReportInputs, ReportRecord, ReportResults } from './reportRecord.ts'

z.config({ jitless: true })

const text = z.string()
const number = z.number()
const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null
const orNull = <T extends z.ZodType>(schema: T) => schema.nullable()

const finding = z.strictObject({
  code: text,
  message: text,
  isNote: z.boolean().exactOptional(),
  line: number.exactOptional(),
  column: text.exactOptional(),
  proposal: text.exactOptional(),
})

const drive = orNull(z.union([z.strictObject({ ampere: number }), z.strictObject({ rate: number })]))

const scenario = z.strictObject({
  name: text,
  blocks: z
    .array(
      z.strictObject({
        cycles: number,
        charge_rate: number,
        discharge_rate: number,
        temperature_degC: number,
      }),
    )
    .min(1),
})

/** Signals may hold what a number cannot say in JSON: NaN is null there. */
const signal = z.array(number.nullable().transform((value) => value ?? Number.NaN))

const cycle = z.strictObject({
  row: number,
  number,
  chargeCurve: orNull(z.strictObject({ from_V: orNull(number), to_V: orNull(number), charge_Ah: signal })),
  relaxation: orNull(z.strictObject({ time_s: orNull(signal), voltage_V: signal })),
  record: orNull(z.strictObject({ time_s: signal, voltage_V: signal, current_A: signal })),
  dischargeCapacity_Ah: orNull(number),
  use: z.strictObject({
    charge: drive,
    discharge: drive,
    // Records of before it was known lack it.
    before: drive.default(null),
    temperature: orNull(number),
  }),
  stored: orNull(z.tuple([number, number, number])),
})

const inputs = z.strictObject({
  cell: z.strictObject({
    name: text,
    chemistry: orNull(text),
    nominalCapacity_Ah: orNull(number),
    temperature_degC: orNull(number),
    simulated: z.boolean(),
  }),
  battery: z.strictObject({
    maker: orNull(text),
    model: orNull(text),
    serial: orNull(text),
    manufactured: orNull(text),
    priorUse: orNull(text),
    status: orNull(text),
    nominalVoltage_V: orNull(number),
  }),
  record: orNull(
    z.strictObject({
      fileName: text,
      sha256: text,
      bytes: number,
      format: text,
      findings: z.array(finding),
    }),
  ),
  cycle,
  measured: z.array(z.strictObject({ cycle: number, capacity_Ah: number })),
  question: z.strictObject({
    scenario: orNull(scenario),
    horizon: orNull(number),
    threshold: orNull(number),
    measuredCapacity_Ah: orNull(number),
  }),
  model: z.strictObject({ name: text, sha256: text }),
  remarks: z.strictObject({ before: z.array(finding), after: z.array(finding) }),
  rules: orNull(z.strictObject({ version: number, sha256: text, rules: z.custom<GradingRules>(isObject) })),
}) satisfies z.ZodType<ReportInputs>

const release = z.strictObject({
  number: orNull(text),
  revision: number,
  corrects: orNull(z.strictObject({ revision: number, releasedAt: text, sha256: text, reason: text })),
  publicKey: text,
})

/** The record as it stands in a file. Results are taken as they are: they are computed again and compared. */
export const reportRecordSchema = z.strictObject({
  schema: z.literal('pimoe-report-record/1'),
  report: z.strictObject({
    createdAt: text,
    programVersion: text,
    assessmentId: orNull(text),
    release: orNull(release),
  }),
  settings: z.strictObject({
    paper: z.enum(['A4', 'Letter']),
    sections: z.array(z.enum(reportSections)),
    laboratory: z.strictObject({ name: orNull(text), address: orNull(text), logo: orNull(text) }),
    operator: orNull(text),
    reviewer: orNull(text),
  }),
  inputs,
  results: z.custom<ReportResults>(isObject),
}) satisfies z.ZodType<ReportRecord>
