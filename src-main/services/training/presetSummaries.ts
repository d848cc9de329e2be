import type { PresetSummary } from '../../../src-shared/contract/training.ts'
import { Failure } from '../../../src-shared/failure/failure.ts'
import type { presetCells, TrainingPreset } from '../../training/presets.ts'
import type { Parts } from '../parts.ts'

/** Every preset, and which of its cells a data folder lacks. */
export async function presetSummaries(parts: Parts, folder: string): Promise<PresetSummary[]> {
  const { presets, presetCells: cellsOf } = await parts.presets()
  return presets.map((preset) => {
    const { name, title, simulated, settings } = preset
    const { found, missing } = cellsOrNone(() => cellsOf(preset, folder))
    const cells = found.length + missing.length
    return { name, title, group: groupOf(preset), simulated, epochs: settings.epochs, cells, missing }
  })
}

function groupOf({ simulated, settings }: TrainingPreset): PresetSummary['group'] {
  if (settings.recipe === 'published') return 'legacy'
  return simulated ? 'sample' : 'product'
}

type PresetCells = ReturnType<typeof presetCells>

/** A folder without a list of cells has none of them. */
function cellsOrNone(look: () => PresetCells): PresetCells {
  try {
    return look()
  } catch (error) {
    if (error instanceof Failure) return { found: [], missing: ['splits.json'], notes: [] }
    throw error
  }
}
