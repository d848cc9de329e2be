import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { expertInputs } from '../../../src-shared/evidence/networkAxes.ts'
import { Failure } from '../../../src-shared/failure/failure.ts'
import { legacyPresets } from './legacyPresets.ts'
import type { TrainingSettings } from '../problem/settings.ts'
import type { TrainingRole } from '../problem/trainingCell.ts'

/** A named way to train: settings, and which files of the data folder serve what. */
export interface TrainingPreset {
  readonly name: string
  readonly title: string
  /** True when it rests on simulated cells. */
  readonly simulated: boolean
  readonly settings: TrainingSettings
  readonly cells: PresetCellSource
}

export interface PresetCell {
  /** Path relative to the data folder, with forward slashes. */
  readonly file: string
  readonly role: TrainingRole
}

/** Files named here, or those of the data folder's own splits.json. */
type PresetCellSource = readonly PresetCell[] | 'splits.json'

/** The preset of that name; throws `no-such-preset`. */
export function presetNamed(name: string): TrainingPreset {
  const preset = presets.find((candidate) => candidate.name === name)
  if (preset !== undefined) return preset
  throw new Failure('usage', 'no-such-preset', `There is no preset ${name}.`, {
    advice: `Choose one of: ${presets.map((candidate) => candidate.name).join(', ')}.`,
    found: name,
  })
}

export interface PresetFiles {
  readonly found: PresetCell[]
  /** Files that training needs and the folder lacks. */
  readonly missing: string[]
  /** What the run and the card must say of the cells: those in two roles, and test cells that are not there. */
  readonly notes: string[]
}

/** The files that a preset names, or that the data folder's list names for it. Throws `split-invalid`. */
export function listedCells({ cells }: Pick<TrainingPreset, 'cells'>, folder: string): readonly PresetCell[] {
  return cells === 'splits.json' ? splitCells(join(folder, 'splits.json')) : cells
}

/** The named files in a data folder, gzipped or not. */
export function presetCells(named: Pick<TrainingPreset, 'cells'>, folder: string): PresetFiles {
  const cells = listedCells(named, folder)
  const located = cells.map((cell) => ({ ...cell, there: fileThere(folder, cell.file) }))
  const absent = located.filter(({ there }) => there === null)
  const untested = absent.filter(({ role }) => role === 'test').map(({ file }) => file)
  return {
    found: located.flatMap(({ there, role }) => (there === null ? [] : [{ file: there, role }])),
    missing: [...new Set(absent.filter(({ role }) => role !== 'test').map(({ file }) => file))],
    notes: [
      ...overlapNotes(cells),
      ...(untested.length === 0 ? [] : [`Test cells that are not there: ${untested.join(', ')}.`]),
    ],
  }
}

function fileThere(folder: string, file: string): string | null {
  const names = [file, file.endsWith('.gz') ? file.slice(0, -3) : `${file}.gz`]
  return names.find((name) => existsSync(join(folder, ...name.split('/')))) ?? null
}

/** One sentence for each cell that the list names in more than one role. */
function overlapNotes(cells: readonly PresetCell[]): string[] {
  const roles = new Map<string, TrainingRole[]>()
  for (const { file, role } of cells) roles.set(file, [...(roles.get(file) ?? []), role])
  return [...roles]
    .filter(([, named]) => named.length > 1)
    .map(([file, named]) => `${file} stands in ${named.join(' and ')}: the scores are flattered.`)
}

const splitFile = z.record(
  z.string(),
  z.object({
    train: z.array(z.string()),
    validation: z.array(z.string()),
    calibration: z.array(z.string()).optional(),
    test: z.array(z.string()),
  }),
)

/** Cells of a splits.json `{condition: {train, validation, calibration?, test}}`; throws `split-invalid`. */
export function splitCells(path: string): PresetCell[] {
  const roles = ['train', 'validation', 'calibration', 'test'] as const
  return Object.values(parseSplits(path)).flatMap((lists) =>
    roles.flatMap((role) => (lists[role] ?? []).map((file) => ({ file, role }))),
  )
}

function parseSplits(path: string): z.infer<typeof splitFile> {
  try {
    return splitFile.parse(JSON.parse(readFileSync(path, 'utf8')))
  } catch {
    throw new Failure('refused', 'split-invalid', 'The list of cells cannot be read.', {
      advice:
        'Give a folder with a splits.json that lists train, validation and test files for each condition.',
      file: path,
    })
  }
}

const jointSettings: TrainingSettings = {
  recipe: 'joint',
  network: { T: 50, V: 50, F: 12, E: 5, U: 32, k: 2, alpha: 10 },
  input: {
    kind: 'joint',
    features: 12,
    curveUnit: 'mAh',
    // Round numbers near the middle of laboratory use, so that a rare condition is not many deviations away.
    use: { mean: [0.5, 1, 35], scale: [0.25, 1, 10] },
  },
  epochs: 80,
  patience: 0,
  windowsPerEpoch: 4096,
  windowsPerCell: 0,
  batch: 64,
  learningRate: 3e-3,
  lastLearningRate: 2e-5,
  weightDecay: 0.02,
  diversityWeight: 0.01,
  roughnessWeight: 100,
  riseWeight: 100,
  firstStepWeight: 3,
  huber: 0,
  planChange: 0.2,
  averaging: 0.99,
  validationWindows: 80,
  curveGain: 0.002,
  curveNoise: 0.00015,
  curveShift: 0.1,
  restNoise: 0,
  featureNoise: 0.05,
}

/** One network for every cell type, on top of regressions on the evidence. */
const evidenceSettings: TrainingSettings = {
  ...jointSettings,
  recipe: 'evidence',
  network: { ...jointSettings.network, V: expertInputs, U: 48 },
  input: { ...jointSettings.input, kind: 'evidence', curveUnit: 'Ah' },
  // Shared by five trainings with cells left out and the last one.
  epochs: 480,
  windowsPerEpoch: 8192,
  weightDecay: 0.03,
  diversityWeight: 0.001,
  roughnessWeight: 0,
  riseWeight: 5,
  huber: 0.003,
  firstStepWeight: 1,
  planChange: 0,
  restNoise: 0.0015,
}

function trainCells(folder: string, condition: string, numbers: readonly number[]): PresetCell[] {
  return numbers.map((number) => ({ file: `${folder}/${condition}-#${number}.csv`, role: 'train' }))
}

/** Numbers from first to last without some. */
function numbers(first: number, last: number, without: readonly number[] = []): number[] {
  return Array.from({ length: last - first + 1 }, (_, i) => first + i).filter((n) => !without.includes(n))
}

/** Every cell but those that are kept for the test, and numbers that were never published with the others. */
const lsdCells: PresetCell[] = numbers(
  1,
  87,
  [8, 9, 24, 25, 26, 27, 43, 44, 45, 61, 62, 75, 76, 77, 79, 84, 85],
).map((number) => ({
  file: `LSD/${number}.csv`,
  role: 'train',
}))

export const presets: readonly TrainingPreset[] = [
  {
    name: 'default',
    title: 'NCA, NCM, NCM+NCA and retired NCM cells, one model',
    simulated: false,
    settings: evidenceSettings,
    cells: [
      ...trainCells('UL-NCA', 'CY45-05_1', [...numbers(1, 19), 25, 28]),
      ...trainCells('UL-NCA', 'CY25-05_1', [...numbers(2, 11), 13, 18, 19]),
      ...trainCells('UL-NCA', 'CY25-025_1', [1, 2, 3, 7]),
      ...trainCells('UL-NCA', 'CY25-1_1', numbers(1, 6)),
      ...trainCells('UL-NCA', 'CY35-05_1', [1, 3]),
      ...trainCells('UL-NCM', 'CY25-05_1', [1]),
      ...trainCells('UL-NCM', 'CY35-05_1', [1]),
      ...trainCells('UL-NCM', 'CY45-05_1', [1]),
      ...trainCells('UL-NCMNCA', 'CY25-05_1', [1]),
      ...trainCells('UL-NCMNCA', 'CY25-05_4', [1]),
      ...lsdCells,
    ],
  },
  {
    name: 'demo',
    title: 'Simulated sample cells, for trying the program',
    simulated: true,
    settings: {
      ...jointSettings,
      network: { ...jointSettings.network, U: 24 },
      epochs: 40,
      windowsPerEpoch: 2560,
      learningRate: 4e-3,
    },
    cells: 'splits.json',
  },
  ...legacyPresets,
]
