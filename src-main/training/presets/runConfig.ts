import { expertInputs } from '../../../src-shared/evidence/networkAxes.ts'
import { z } from 'zod'
import { Failure } from '../../../src-shared/failure/failure.ts'
import { presetNamed } from './presets.ts'
import { listedCells } from './presetFiles.ts'
import type { PresetCell } from './trainingPreset.ts'
import type { TrainingSettings } from '../problem/settings.ts'

/** Everything that decides a run but the bytes of its cells; written, kept and read as one JSON value. */
export interface RunConfig {
  readonly schema: 'pimoe-run-config/1'
  /** What the settings are called in manifest, card and history. */
  readonly preset: string
  /** Folder of the measurements. */
  readonly data: string
  readonly seed: number
  /** Threads that compute; null: one for each core. Their number changes no bit of the result. */
  readonly threads: number | null
  readonly settings: TrainingSettings
  /** Files of the data folder and what each serves. */
  readonly cells: readonly PresetCell[]
}

/** What a preset leaves open; absent: the preset's epochs, seed 1, all cores. */
export interface PresetChanges {
  readonly data: string
  readonly epochs?: number
  readonly seed?: number
  readonly threads?: number
}

/** A preset written out. Throws `no-such-preset`, or `split-invalid` where the data folder is to list the cells. */
export function presetConfig(name: string, { data, epochs, seed, threads }: PresetChanges): RunConfig {
  const preset = presetNamed(name)
  return {
    schema: 'pimoe-run-config/1',
    preset: preset.name,
    data,
    seed: seed ?? 1,
    threads: threads ?? null,
    settings: { ...preset.settings, epochs: epochs ?? preset.settings.epochs },
    cells: listedCells(preset, data),
  }
}

/** Throws `config-invalid` (refused) that names the field, what is wrong with it, and what was found there. */
export function parseRunConfig(value: unknown, file?: string): RunConfig {
  const parsed = runConfigSchema.safeParse(value)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues.at(0)
  const field = issue?.path.join('.') ?? ''
  const found = JSON.stringify(at(value, issue?.path ?? [])) as string | undefined
  throw new Failure('refused', 'config-invalid', `${field || 'The whole'}: ${issue?.message ?? ''}.`, {
    advice: 'Start from what `pimoe train --preset NAME --print-config` prints, and correct the field named.',
    column: field,
    ...(file === undefined ? {} : { file }),
    ...(found === undefined ? {} : { found: found.slice(0, 200) }),
  })
}

function at(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((part, key) => (part as Record<PropertyKey, unknown> | null)?.[key], value)
}

const text = z.string().min(1).max(4096)
const count = (most: number) => z.int().min(1).max(most)
const share = z.number().min(0).max(1)
const weight = z.number().min(0)
const rate = z.number().positive().max(1)

const networkSchema = z
  .strictObject({
    T: count(1000),
    V: z.int().min(2).max(1000),
    F: z.union([z.literal(12), z.literal(6)]),
    E: count(64),
    U: count(1024),
    k: count(64),
    alpha: z.number().positive(),
  })
  .refine(({ k, E }) => k <= E, { path: ['k'], error: 'Too big: at most E, the number of experts' })

const threeNumbers = z.array(z.number()).length(3)

const inputSchema = z.strictObject({
  kind: z.enum(['legacy', 'joint', 'evidence']),
  features: z.union([z.literal(12), z.literal(6)]),
  curveUnit: z.enum(['Ah', 'mAh']),
  use: z.strictObject({ mean: threeNumbers, scale: z.array(z.number().positive()).length(3) }),
})

const settingsSchema = z
  .strictObject({
    recipe: z.enum(['joint', 'published', 'evidence']),
    network: networkSchema,
    input: inputSchema,
    epochs: count(1_000_000),
    patience: z.int().min(0),
    windowsPerEpoch: z.int().min(0),
    windowsPerCell: z.int().min(0),
    batch: count(65_536),
    learningRate: rate,
    lastLearningRate: rate,
    weightDecay: share,
    diversityWeight: weight,
    roughnessWeight: weight,
    riseWeight: weight,
    huber: weight,
    firstStepWeight: weight,
    planChange: share,
    averaging: z.number().min(0).lt(1),
    validationWindows: z.int().min(0),
    curveGain: weight,
    curveNoise: weight,
    curveShift: weight,
    restNoise: weight,
    featureNoise: weight,
  } satisfies Record<keyof TrainingSettings, z.ZodType>)
  .refine(({ network, input }) => network.F === input.features, {
    path: ['network', 'F'],
    error: 'It is not input.features',
  })
  .refine(({ recipe, input }) => recipe !== 'published' || input.kind === 'legacy', {
    path: ['input', 'kind'],
    error: 'The published recipe reads the legacy input',
  })
  .refine(({ recipe, input }) => (recipe === 'evidence') === (input.kind === 'evidence'), {
    path: ['input', 'kind'],
    error: 'The evidence recipe, and it alone, reads evidence',
  })
  .refine(({ network, input }) => input.kind !== 'evidence' || network.V === expertInputs, {
    path: ['network', 'V'],
    error: `Evidence has ${expertInputs} numbers`,
  })

const runConfigSchema: z.ZodType<RunConfig> = z.strictObject({
  schema: z.literal('pimoe-run-config/1'),
  preset: z.string().trim().min(1).max(120),
  data: text,
  seed: z.int().min(0),
  threads: count(256).nullable(),
  settings: settingsSchema,
  cells: z
    .array(
      z.strictObject({
        file: text.refine((file) => !isOutside(file), 'A path within the data folder, with forward slashes'),
        role: z.enum(['train', 'validation', 'calibration', 'test']),
      }),
    )
    .min(1),
})

function isOutside(file: string): boolean {
  return /^([/\\]|[a-z]:)/i.test(file) || file.split(/[/\\]/).includes('..')
}
