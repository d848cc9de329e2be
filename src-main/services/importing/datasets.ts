import type { DatasetSummary } from '../../../src-shared/contract/datasets.ts'
import type { Application } from '../../../src-shared/contract/requests.ts'
import type { RecordOrigin } from '../../library/records.ts'
import type { TrainingPreset } from '../../training/presets/trainingPreset.ts'
import type { Parts } from '../parts.ts'

/** The published data sets that the presets name, and which of their cells the library holds. */
export function datasetRequests(parts: Parts): Pick<Application, 'datasets/list'> {
  return {
    'datasets/list': async () => {
      const { presets } = await parts.presets()
      const origins = (await parts.library()).records.origins()
      const listed = new Set(
        presets.flatMap(({ cells }) =>
          cells === 'splits.json' ? [] : cells.map(({ file }) => bareName(file)),
        ),
      )
      const held = new Set(origins.map((origin) => listedName(origin, listed)))
      return datasets.map((dataset) => summaryOf(dataset, presets, held))
    },
  }
}

type Dataset = Pick<DatasetSummary, 'name' | 'title' | 'publication' | 'doi' | 'licence'>

const datasets: readonly Dataset[] = [
  {
    name: 'UL',
    title: 'Commercial 18650 cells: NCA, NCM and NCM+NCA, 25 to 45 °C',
    publication: 'Zhu et al. 2022, Tongji University',
    doi: '10.5281/zenodo.6379165',
    licence: 'CC BY 4.0',
  },
  {
    name: 'LSD',
    title: 'Retired cells, assessed from late starts of charge',
    publication: 'Wang, Gao, Tian 2025, Shandong University',
    doi: '10.5281/zenodo.14859405',
    licence: null,
  },
  {
    name: 'TPSL',
    title: 'Cells under fixed and arbitrary use',
    publication: 'Lu et al. 2022, Mendeley Data',
    doi: '10.17632/kw34hhw7xg',
    licence: null,
  },
]

function summaryOf(
  dataset: Dataset,
  presets: readonly TrainingPreset[],
  held: ReadonlySet<string>,
): DatasetSummary {
  const named = presets.flatMap(({ name, cells }) => {
    const files = cells === 'splits.json' ? [] : cells.map(({ file }) => bareName(file))
    const own = [...new Set(files)].filter((file) => file.startsWith(dataset.name))
    return own.length === 0 ? [] : [{ name, own }]
  })
  const all = [...new Set(named.flatMap(({ own }) => own))]
  return {
    ...dataset,
    cells: all.length,
    found: all.filter((cell) => held.has(cell)).length,
    presets: named.map(({ name, own }) => ({
      name,
      cells: own.length,
      missing: own.filter((cell) => !held.has(cell)),
    })),
  }
}

/**
 * A record named as the lists name cells: the set's folder and the file's stem. LSD and TPSL are known by their layout;
 * a UL file outside its folder by the only set that lists such a name, else by the cell's chemistry.
 */
function listedName({ path, format, chemistry }: RecordOrigin, listed: ReadonlySet<string>): string {
  const steps = path.split(/[\\/]/)
  const folder = (steps.at(-2) ?? '').replace(/\.zip$/i, '')
  const sets: Readonly<Record<string, string>> = { 'per-cycle-lsd': 'LSD', 'per-cycle-tpsl': 'TPSL' }
  const stem = bareName(steps.at(-1) ?? '')
  if (format === 'per-cycle-ul' && !listed.has(`${folder}/${stem}`)) {
    const sets = ulSets.filter((set) => listed.has(`${set}/${stem}`))
    const own = `UL-${(chemistry ?? '').replace('+', '')}`
    return `${chemistry === null && sets.length === 1 ? sets[0] : own}/${stem}`
  }
  return `${Object.hasOwn(sets, format) ? (sets[format] ?? '') : folder}/${stem}`
}

const ulSets = ['UL-NCA', 'UL-NCM', 'UL-NCMNCA'] as const

function bareName(file: string): string {
  return file.replace(/\.gz$/i, '').replace(/\.csv$/i, '')
}
