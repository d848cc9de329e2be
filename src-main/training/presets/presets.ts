import { expertInputs } from '../../../src-shared/evidence/networkAxes.ts'
import { Failure } from '../../../src-shared/failure/failure.ts'
import { legacyPresets } from './legacyPresets.ts'
import type { TrainingSettings } from '../problem/settings.ts'
import type { PresetCell, TrainingPreset } from './trainingPreset.ts'

/** The preset of that name; throws `no-such-preset`. */
export function presetNamed(name: string): TrainingPreset {
  const preset = presets.find((candidate) => candidate.name === name)
  if (preset !== undefined) return preset
  throw new Failure('usage', 'no-such-preset', `There is no preset ${name}.`, {
    advice: `Choose one of: ${presets.map((candidate) => candidate.name).join(', ')}.`,
    found: name,
  })
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
