import { z } from 'zod'
import { isRepair, type Repair } from '../../src-shared/cell/repair.ts'
import { mostFollowers } from '../../src-shared/contract/following.ts'
import { isPlainLine, isPlainText } from '../../src-shared/contract/plainText.ts'
import { reportSections } from '../../src-shared/contract/reports.ts'
import type { RequestInput, RequestName } from '../../src-shared/contract/requests.ts'
import { mostDeletedRuns } from '../../src-shared/contract/runDeletion.ts'
import { mostTunedCells } from '../../src-shared/contract/tuning.ts'
import { gradingRulesSchema } from './grading/gradingRulesSchema.ts'
import { mappingSchema } from './importing/mappingSchema.ts'

// Compiled validators would need `eval`, which the content security policy forbids.
z.config({ jitless: true })

const line = z.string().refine(isPlainLine, 'holds a character that cannot be seen')
const lines = z.string().refine(isPlainText, 'holds a character that cannot be seen')
const text = line.min(1).max(1000)
const name = line.trim().min(1).max(120)
const path = z.string().min(1).max(4096)
const id = z.string().min(1).max(200)
/** Ah of anything that is one cell. */
const capacity = z.number().min(0.001).max(10_000)
const celsius = z.number().gt(-100).lt(200)
const row = z.int().nonnegative()
const fraction = z.number().gt(0).lt(1)
const rate = z.number().positive().max(20)
const count = z.int().positive()

const scenarioBlock = z.strictObject({
  cycles: count.max(100_000),
  charge_rate: rate,
  discharge_rate: rate,
  temperature_degC: celsius,
})

/** A plan of use as edited or as read from a file. */
export const scenarioSchema = z.strictObject({ name, blocks: z.array(scenarioBlock).min(1).max(1000) })

const scenario = z.union([id, scenarioSchema])

const stated = {
  nominalCapacity_Ah: capacity.exactOptional(),
  chemistry: name.exactOptional(),
  temperature_degC: celsius.exactOptional(),
}

/** Who decided, and why. */
const decided = { by: line.trim().max(120).exactOptional(), note: lines.trim().max(10_000) }

const question = {
  cell: id,
  cycle: z.int().exactOptional(),
  scenario: scenario.exactOptional(),
  horizon: count.max(10_000).exactOptional(),
  threshold: fraction.exactOptional(),
  model: path.exactOptional(),
  measuredCapacity_Ah: capacity.exactOptional(),
  ...stated,
}

const description = {
  name: name.exactOptional(),
  chemistry: name.nullable().exactOptional(),
  nominalCapacity_Ah: capacity.nullable().exactOptional(),
  temperature_degC: celsius.nullable().exactOptional(),
}

const label = {
  serial: line.max(120).nullable().exactOptional(),
  maker: line.max(120).nullable().exactOptional(),
  nominalVoltage_V: z.number().gt(0).max(1000).nullable().exactOptional(),
  lot: line.max(120).nullable().exactOptional(),
  history: lines.max(10_000).nullable().exactOptional(),
  notes: lines.max(10_000).nullable().exactOptional(),
}
const tags = z.array(line.trim().min(1).max(60)).max(50)

const repair = z.custom<Repair>((value) => typeof value === 'string' && isRepair(value), 'is no known repair')
const repairs = z.array(repair).max(10)

/** Empty is not stated. */
const plateText = line.max(1000).exactOptional()

const paper = z.enum(['A4', 'Letter']).exactOptional()
const logo = z
  .string()
  .max(1_000_000)
  .regex(/^data:image\/(png|jpeg);base64,[A-Za-z0-9+/]+=*$/, 'a logo is a PNG or JPEG as a data URL')
  .exactOptional()

/** How a report is printed; texts are printed as given. */
const print = z.strictObject({
  paper,
  sections: z.array(z.enum(reportSections)).exactOptional(),
  laboratory: text.exactOptional(),
  address: text.exactOptional(),
  logo,
  operator: text.exactOptional(),
  reviewer: text.exactOptional(),
  battery: z
    .strictObject({
      maker: plateText,
      model: plateText,
      serial: plateText,
      manufactured: plateText,
      priorUse: plateText,
      status: plateText,
      nominalVoltage_V: z.number().gt(0).max(1000).exactOptional(),
    })
    .exactOptional(),
})

const target = z.union([
  z.strictObject({ path }),
  z.strictObject({ quarantine: id }),
  z.strictObject({ cell: id }),
])

const nothing = z.strictObject({})
const one = z.strictObject({ id })
const many = z.strictObject({ ids: z.array(id).min(1) })

/** One schema a request; what does not fit never reaches a service. */
export const requestSchemas: { readonly [N in RequestName]: z.ZodType<RequestInput<N>> } = {
  'app/info': nothing,
  'files/inspect': z.strictObject({
    target,
    mapping: mappingSchema.exactOptional(),
    nominalCapacity_Ah: capacity.exactOptional(),
  }),
  'files/import': z.strictObject({
    paths: z.array(path).min(1),
    mapping: mappingSchema.exactOptional(),
    again: z.boolean().exactOptional(),
    accept: z.array(z.union([repair, z.literal('proposed')])).exactOptional(),
    cell: id.exactOptional(),
    cyclesSince: count.max(100_000).exactOptional(),
    ...stated,
  }),
  'samples/import': nothing,
  'quarantine/list': nothing,
  'quarantine/preview': z.strictObject({ id, repairs }),
  'quarantine/accept': z.strictObject({ id, repairs: repairs.min(1) }),
  'quarantine/reject': many,
  'quarantine/retry': z.strictObject({
    id,
    mapping: mappingSchema.exactOptional(),
    again: z.boolean().exactOptional(),
    ...stated,
  }),
  'datasets/list': nothing,
  'templates/list': nothing,
  'templates/save': z.strictObject({ name, file: target, mapping: mappingSchema }),
  'templates/remove': z.strictObject({ name }),
  'cells/list': nothing,
  'cells/rows': nothing,
  'cells/get': one,
  'cells/cycle': z.strictObject({ id, row }),
  'cells/record': z.strictObject({ id, row }),
  'cells/describe': z.strictObject({ id, changes: z.strictObject(description) }),
  'cells/label': one,
  'cells/change': z
    .strictObject({
      ids: many.shape.ids,
      changes: z.strictObject({ ...description, ...label }).exactOptional(),
      addTags: tags.exactOptional(),
      removeTags: tags.exactOptional(),
    })
    .refine(({ ids, changes }) => ids.length === 1 || changes?.name === undefined, {
      path: ['name'],
      message: 'is of one cell only',
    }),
  'cells/remove': many,
  'cells/restore': many,
  'cells/measure': z.strictObject({ id, row: row.max(1_000_000), capacity_Ah: capacity.nullable() }),
  'cells/declare': z.strictObject({ id, path }),
  'changes/list': nothing,
  'changes/undo': z.strictObject({ id: count.exactOptional() }),
  'changes/redo': z.strictObject({ id: count.exactOptional() }),
  'assessments/preview': z.strictObject({ ...question, upTo: question.horizon }),
  'assessments/follow': z.strictObject({
    cells: z.array(id).min(1).max(mostFollowers),
    scenario,
    upTo: question.horizon,
    model: question.model,
  }),
  'assessments/run': z.strictObject(question),
  'assessments/get': one,
  'assessments/advice': z.strictObject(question),
  'scores/cell': one,
  'scores/models': nothing,
  'grading/rules': nothing,
  'grading/dry-run': z.strictObject({ rules: gradingRulesSchema }),
  'grading/save': z.strictObject({ rules: gradingRulesSchema, note: lines.max(1000).exactOptional() }),
  'grading/list': z.strictObject({ cells: z.array(id).exactOptional() }),
  'results/export': z.strictObject({
    format: z.enum(['json', 'csv', 'parquet']),
    cells: z.array(id).exactOptional(),
  }),
  'scenarios/list': nothing,
  'scenarios/save': z.strictObject({
    id: id.exactOptional(),
    scenario: scenarioSchema,
    amends: count.exactOptional(),
  }),
  'scenarios/import': z.strictObject({ path }),
  'scenarios/versions': one,
  'scenarios/remove': one,
  'scenarios/restore': one,
  'scenarios/presets': nothing,
  'comparisons/run': z.strictObject({
    cells: z.array(id).min(1),
    scenarios: z.array(scenario),
    model: path.exactOptional(),
    horizon: question.horizon,
    threshold: question.threshold,
    confidence: z.enum(['p10', 'p20', 'p50', 'p90']).exactOptional(),
    rankedBy: z.enum(['cycles', 'health']).exactOptional(),
    thresholds: z.array(fraction).max(20).exactOptional(),
  }),
  'comparisons/match': z.strictObject({
    cells: z.array(id).min(1),
    scenario: scenario.exactOptional(),
    size: z.int().min(2).max(1000),
    model: path.exactOptional(),
    horizon: question.horizon,
  }),
  'batches/run': z.strictObject({
    cells: z.array(id),
    scenarios: z.array(scenario),
    model: path.exactOptional(),
    horizon: question.horizon,
    threshold: question.threshold,
  }),
  'models/list': nothing,
  'models/import': z.strictObject({
    checkpoint: path,
    scaler: path.exactOptional(),
    name: name.exactOptional(),
  }),
  'models/export': z.strictObject({ model: path, format: z.enum(['safetensors', 'onnx']) }),
  'models/defaults': nothing,
  'models/weigh': z.strictObject({ model: path, data: path.exactOptional() }),
  'models/tune': z.strictObject({
    model: path.exactOptional(),
    cells: z.array(id).min(1).max(1000),
    name: name.exactOptional(),
  }),
  'models/tunable': z.strictObject({ model: path.exactOptional(), cells: z.array(id).max(mostTunedCells) }),
  'models/promote': z.strictObject({ model: path, ...decided }),
  'models/roll-back': z.strictObject({ to: z.int().nonnegative(), ...decided }),
  'training/presets': z.strictObject({ data: path.exactOptional() }),
  'training/start': z.strictObject({
    preset: name,
    name,
    data: path.exactOptional(),
    epochs: count.max(1_000_000).exactOptional(),
    seed: z.int().nonnegative().exactOptional(),
  }),
  'training/list': nothing,
  'training/watch': one,
  'training/pause': one,
  'training/continue': one,
  'training/resume': one,
  'training/cancel': one,
  'training/compare': z.strictObject({ ids: z.array(id).min(2).max(8) }),
  'training/deletion': z.strictObject({ ids: z.array(id).min(1).max(mostDeletedRuns) }),
  'training/delete': z.strictObject({ ids: z.array(id).min(1).max(mostDeletedRuns) }),
  'training/note': z.strictObject({ id, notes: lines.max(10_000) }),
  'reports/preview': z.strictObject({ ...question, print: print.exactOptional() }),
  'reports/release': z.strictObject({
    ...question,
    print: print.exactOptional(),
    corrects: z.strictObject({ number: id, reason: text }).exactOptional(),
  }),
  'reports/list': z.strictObject({ cell: id.exactOptional() }),
  'reports/get': z.strictObject({ number: id, revision: count }),
  'reports/options': nothing,
  'reports/plate': z.strictObject({ cell: id }),
  'reports/lot': z.strictObject({
    cells: z.array(id).exactOptional(),
    lot: name,
    groupSize: z.int().min(2).max(100),
    paper,
    laboratory: text.exactOptional(),
    address: text.exactOptional(),
    logo,
    operator: text.exactOptional(),
  }),
  'reports/verify': z.strictObject({ file: path }),
  'library/backup': z.strictObject({ to: path }),
  'library/restore': z.strictObject({ file: path }),
  'library/check': nothing,
  'log/list': z.strictObject({ limit: count.max(10_000).exactOptional() }),
  'log/check': nothing,
}
