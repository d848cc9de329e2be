import { z } from 'zod'
import { kernelName } from '../../src-shared/evidence/presentCapacity.ts'
import { Failure } from '../../src-shared/failure/failure.ts'
import type { Manifest } from '../../src-shared/forecast/package.ts'

/** Parses manifest.json; throws `manifest-invalid` saying which field is wrong. */
export function parseManifest(text: string, file: string): Manifest {
  const result = manifestSchema.safeParse(parseJson(text, file))
  if (result.success) return consistent(result.data, file)
  const issue = result.error.issues.at(0)
  const field = issue === undefined || issue.path.length === 0 ? 'the whole' : issue.path.join('.')
  throw invalid(file, `${field}: ${issue?.message ?? 'not as expected'}`)
}

function consistent(manifest: Manifest, file: string): Manifest {
  const { input, evidence } = manifest
  if ((input.kind === 'evidence') !== (evidence !== undefined))
    throw invalid(file, 'evidence: it belongs to that kind only')
  const wrong = lengthsOf(manifest).find(([, found, wanted]) => found !== undefined && found !== wanted)
  if (wrong === undefined) return manifest
  throw invalid(file, `${wrong[0]}: ${wrong[1]} instead of ${wrong[2]}`)
}

/** Lengths that one field prescribes to another: found, where the field is there, and wanted. */
function lengthsOf({
  network,
  input,
  scaler,
  domain,
  interval,
  modes,
}: Manifest): [string, number | undefined, number][] {
  return [
    ['network.F', network.F, input.features],
    ['scaler.mean', scaler?.mean.length, input.features],
    ['domain.features.low', domain?.features.low.length, input.features],
    ['domain.features.high', domain?.features.high.length, input.features],
    ['interval.score', interval?.score.length, network.T],
    ['modes', modes?.length, network.E],
  ]
}

const count = z.int().min(1)
const numbers = z.array(z.number())
const positive = z.number().positive()
/** Divides by `scale`. */
const scalerSchema = (width: number) =>
  z.object({ mean: numbers.length(width), scale: z.array(positive).length(width) })

const domainSchema = z.object({
  cellTypes: z.array(z.object({ label: z.string(), chemistry: z.string(), nominalCapacity_Ah: positive })),
  conditions: z.array(
    z.object({
      name: z.string(),
      type: z.string().optional(),
      charge_rate: z.number(),
      discharge_rate: z.number(),
      temperature_degC: z.number(),
      cells: z.int(),
      followedFrom: numbers.optional(),
    }),
  ),
  hasChangingUse: z.boolean().optional(),
  window: z.object({ from: z.number(), to: z.number() }).nullable(),
  features: z.object({ low: numbers, high: numbers }),
  stateOfHealth: z.object({ low: z.number(), high: z.number() }),
})

const intervalSchema = z.object({
  level: z.number().gt(0).lt(1),
  base: z.number().nonnegative(),
  slope: z.number().nonnegative(),
  score: z.array(z.number().nonnegative()),
  cells: z.int(),
  coverage: z.number(),
  coverageRange: z.tuple([z.number(), z.number()]).optional(),
  conditions: z
    .array(
      z.object({
        type: z.string(),
        charge_rate: z.number(),
        discharge_rate: z.number(),
        temperature_degC: z.number(),
        cells: z.int(),
        error: z.array(z.number().nonnegative()).min(1),
      }),
    )
    .optional(),
})

const share = z.number().min(0).max(1)
const perceptronSchema = z.object({
  units: count,
  outputs: z.int().min(2),
  steps: count,
  level: z.number(),
  spread: positive,
  presentShare: share,
  fadeShare: share,
})

const gridPoint = z.int().min(0).max(49)
const lossSchema = z
  .object({
    use: z.object({ chargeRate: positive, dischargeRate: positive, temperature: z.number() }),
    health: z.array(positive).min(1),
    rate: numbers,
  })
  .refine(({ health, rate }) => health.length === rate.length, 'as many rates as healths')
  .refine(({ health }) => health.every((one, i) => i === 0 || health[i - 1] < one), 'rising healths')

const evidenceSchema = z.object({
  sha256: z.string().length(64),
  kernel: z.literal(kernelName, 'trained with another kernel; train the package again'),
  types: z
    .array(
      z.object({
        label: z.string(),
        chemistry: z.string(),
        nominalCapacity_Ah: positive,
        grid: z.object({ from: positive, to: positive }),
        heads: z
          .array(
            z.object({
              window: z.object({ first: gridPoint, last: gridPoint, hasRest: z.boolean() }),
              level: z.number(),
              error: z.number().nonnegative(),
              surpriseLimit: positive,
            }),
          )
          .min(1),
        fades: z.array(z.object({ step: z.int().min(1), level: z.number() })),
        fadeShare: share,
        losses: z.array(lossSchema).optional(),
        hiddenBeforeError: z.number().nonnegative().optional(),
        features: z.object({ low: numbers.length(12), high: numbers.length(12) }),
        perceptron: perceptronSchema.optional(),
        own: count.optional(),
      }),
    )
    .min(1),
})

const tuningSchema = z.object({
  parent: z.object({ name: z.string(), sha256: z.string().length(64) }),
  type: z.string(),
  cells: count,
  prototypes: count,
  ridge: positive,
  data: z.array(z.string().length(64)),
  isBetter: z.boolean(),
})

const modeSchema = z.object({
  weight: z.number(),
  stability: z.number(),
  leastStability: z.number(),
  removalCost: z.number(),
  effect: z.number(),
  healthCorrelation: z.number(),
  healthP: z.number(),
  name: z.string().nullable(),
})

const trainingSchema = z.object({
  preset: z.string(),
  seed: z.int(),
  epochs: z.int(),
  settings: z.record(z.string(), z.union([z.number(), z.string()])),
  data: z.array(
    z.object({
      path: z.string(),
      sha256: z.string(),
      role: z.enum(['train', 'validation', 'calibration']),
    }),
  ),
})

const manifestSchema = z.object({
  schema: z.literal('pimoe-model/1'),
  name: z.string().min(1),
  created: z.string(),
  program: z.string(),
  simulated: z.boolean(),
  network: z.object({ T: count, V: count, F: count, E: count, U: count, k: count, alpha: z.number() }),
  input: z.object({
    kind: z.enum(['legacy', 'joint', 'evidence']),
    features: z.union([z.literal(12), z.literal(6)]),
    curveUnit: z.enum(['Ah', 'mAh']),
    use: scalerSchema(3),
  }),
  scaler: z.union([scalerSchema(12), scalerSchema(6)]).nullable(),
  domain: domainSchema.nullable(),
  interval: intervalSchema.nullable(),
  modes: z.array(modeSchema).optional(),
  training: trainingSchema.nullable(),
  metrics: z.record(z.string(), z.number()).nullable(),
  tuning: tuningSchema.optional(),
  evidence: evidenceSchema.optional(),
  weightsSha256: z.string().length(64),
})

function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw invalid(file, 'it is not JSON')
  }
}

function invalid(file: string, message: string): Failure {
  return new Failure('refused', 'manifest-invalid', `The model's manifest cannot be used: ${message}.`, {
    advice: 'Copy the model package again, or train it again.',
    file,
  })
}
