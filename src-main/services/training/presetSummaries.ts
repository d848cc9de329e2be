import type { PresetSummary } from '../../../src-shared/contract/training.ts'
import { Failure } from '../../../src-shared/failure/failure.ts'
import type { presetCells } from '../../training/presets/presetFiles.ts'
import type { PresetCell, TrainingPreset } from '../../training/presets/trainingPreset.ts'
import type { Parts } from '../parts.ts'

/** Every preset, which cells it needs in which role, and which of them a data folder lacks. */
export async function presetSummaries(parts: Parts, folder: string): Promise<PresetSummary[]> {
  const { presets } = await parts.presets()
  const { presetCells: cellsOf, listedCells } = await parts.presetFiles()
  return presets.map((preset) => {
    const { name, title, simulated, settings } = preset
    const { found, missing, notes } = cellsOrNone(() => cellsOf(preset, folder))
    const listed = missing.includes(listName) ? [] : listedCells(preset, folder)
    return {
      name,
      title,
      group: groupOf(preset),
      simulated,
      epochs: settings.epochs,
      cells: found.length + missing.length,
      missing,
      split: splitOf(listed),
      notes,
    }
  })
}

/** The cells of each role that has some, in the order in which training uses them. */
function splitOf(cells: readonly PresetCell[]): PresetSummary['split'] {
  return (['train', 'validation', 'calibration', 'test'] as const)
    .map((role) => ({ role, files: cells.filter((cell) => cell.role === role).map(({ file }) => file) }))
    .filter(({ files }) => files.length > 0)
}

function groupOf({ simulated, settings }: TrainingPreset): PresetSummary['group'] {
  if (settings.recipe === 'published') return 'legacy'
  return simulated ? 'sample' : 'product'
}

const listName = 'splits.json'

type PresetCells = ReturnType<typeof presetCells>

/** A folder without a list of cells has none of them. */
function cellsOrNone(look: () => PresetCells): PresetCells {
  try {
    return look()
  } catch (error) {
    if (error instanceof Failure) return { found: [], missing: [listName], notes: [] }
    throw error
  }
}
