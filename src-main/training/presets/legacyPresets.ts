import { legacySplits, type LegacySplit } from './legacySplits.ts'
import type { PresetCell, TrainingPreset } from './trainingPreset.ts'
import type { TrainingSettings } from '../problem/settings.ts'

/** Windows of a TPSL cell that the authors used. */
const tpslWindows = 19

/** What the authors did not use. */
const unusedThen = {
  weightDecay: 0,
  roughnessWeight: 0,
  riseWeight: 0,
  planChange: 0,
  averaging: 0,
  validationWindows: 0,
  curveGain: 0,
  curveNoise: 0,
  curveShift: 0,
  restNoise: 0,
  featureNoise: 0,
}

/** One preset per published network: the authors' settings, cells and stored numbers, mistakes included. */
export const legacyPresets: readonly TrainingPreset[] = legacySplits.map((split) => ({
  name: presetName(split.condition),
  title: `Published network of ${split.condition}, with the authors' settings and cell lists`,
  simulated: false,
  settings: settingsOf(split.condition),
  cells: cellsOf(split),
}))

/** `UL-NCA CY25-05_1` → `legacy-ul-nca-cy25-05`; the discharge rate stays where it tells conditions apart. */
function presetName(condition: string): string {
  const short = condition.startsWith('UL-NCMNCA') ? condition : condition.replace(/_1$/, '')
  return `legacy-${short.toLowerCase().replace(/[ _]/g, '-')}`
}

function settingsOf(condition: string): TrainingSettings {
  const isTpsl = condition.startsWith('TPSL')
  const F = isTpsl ? 6 : 12
  return {
    recipe: 'published',
    network: {
      T: condition === 'UL-NCA CY25-1_1' ? 10 : 50,
      V: 50,
      F,
      E: 5,
      U: condition === 'TPSL Arbitrary' ? 128 : 64,
      k: 2,
      alpha: 10,
    },
    input: {
      kind: 'legacy',
      features: F,
      curveUnit: condition.startsWith('UL-') ? 'mAh' : 'Ah',
      use: { mean: [0, 0, 0], scale: [1, 1, 1] },
    },
    epochs: 2000,
    patience: 0,
    windowsPerEpoch: 0,
    windowsPerCell: isTpsl ? tpslWindows : 0,
    batch: 32,
    learningRate: 1e-4,
    lastLearningRate: 1e-4,
    diversityWeight: 0.5,
    firstStepWeight: 1,
    huber: 0,
    ...unusedThen,
  }
}

function cellsOf({ condition, ...lists }: LegacySplit): PresetCell[] {
  const roles = ['train', 'validation', 'test'] as const
  return roles.flatMap((role) => lists[role].map((number) => ({ file: fileOf(condition, number), role })))
}

/** LSD has no conditions, and plain numbers as names. */
function fileOf(condition: string, number: number): string {
  if (condition === 'LSD') return `LSD/${number}.csv`
  return `${condition.replace(' ', '/')}-#${number}.csv`
}
