import { basename, dirname, resolve } from 'node:path'
import type { Finding } from '../../src-shared/cell/finding.ts'
import type { AmpereHour } from '../../src-shared/units/quantities.ts'
import type { DescriptionHints, RecordContent, RecordFormat } from './readResult.ts'

interface KnownFolder {
  readonly format: RecordFormat
  readonly chemistry: string | null
  readonly nominalCapacity_Ah: AmpereHour
}

// The published data sets and the simulated samples; a folder counts only when the file has the layout too.
const knownFolders = new Map<string, KnownFolder>([
  ['UL-NCA', { format: 'per-cycle-ul', chemistry: 'NCA', nominalCapacity_Ah: 3.5 }],
  ['UL-NCM', { format: 'per-cycle-ul', chemistry: 'NCM', nominalCapacity_Ah: 3.5 }],
  ['UL-NCMNCA', { format: 'per-cycle-ul', chemistry: 'NCM+NCA', nominalCapacity_Ah: 2.5 }],
  ['LSD', { format: 'per-cycle-lsd', chemistry: 'NCM', nominalCapacity_Ah: 2.4 }],
  ['TPSL', { format: 'per-cycle-tpsl', chemistry: null, nominalCapacity_Ah: 2.4 }],
  ['SIM-NCA', { format: 'per-cycle-ul', chemistry: 'NCA', nominalCapacity_Ah: 3.5 }],
  ['SIM-LSD', { format: 'per-cycle-lsd', chemistry: 'NCA', nominalCapacity_Ah: 2.4 }],
  ['SIM-TPSL', { format: 'per-cycle-tpsl', chemistry: 'NCA', nominalCapacity_Ah: 2.4 }],
])

export interface FolderHints {
  readonly description: DescriptionHints
  readonly findings: readonly Finding[]
}

/** What the file's folder says about the cell, each hint named as a finding. */
export function folderHints(path: string, { format, cycles, simulated }: RecordContent): FolderHints {
  const temperature_degC = cycles[0]?.use.temperature ?? null
  const folder = folderName(path)
  const known = knownFolders.get(folder)
  if (known?.format !== format) {
    return { description: { chemistry: null, nominalCapacity_Ah: null, temperature_degC }, findings: [] }
  }
  const { chemistry, nominalCapacity_Ah } = known
  const findings = [declared(`${folder} of the ${simulated ? 'simulated samples' : 'published data'}`, known)]
  if (format === 'per-cycle-lsd' && !simulated) findings.push(assumedCapacity(nominalCapacity_Ah))
  return { description: { chemistry, nominalCapacity_Ah, temperature_degC }, findings }
}

/** File name without `.gz` and the ending of a known kind; a cycler's numbered one (`.052`) tells files apart and stays. */
export function cellNameOf(path: string): string {
  return basename(path)
    .replace(/\.gz$/i, '')
    .replace(/\.(csv|txt|mpt|xlsx|res|accdb|parquet)$/i, '')
}

/** Test condition as results are grouped: folder and stem before `-#`, or the folder alone where the stem has no `-#`. */
export function conditionOf(path: string, { format, simulated }: RecordContent): string {
  if (format === 'per-cycle-lsd' && !simulated) return 'LSD'
  const [stem, ...number] = cellNameOf(path).split('-#')
  return number.length === 0 ? folderName(path) : `${folderName(path)} ${stem}`
}

function folderName(path: string): string {
  return basename(dirname(resolve(path))).replace(/\.zip$/i, '')
}

function declared(folder: string, { chemistry, nominalCapacity_Ah }: KnownFolder): Finding {
  const cell = chemistry === null ? '' : `${chemistry}, `
  return {
    code: 'declared-by-folder',
    message: `The folder ${folder} declares ${cell}${nominalCapacity_Ah} Ah nominal.`,
    proposal: 'State chemistry and nominal capacity if the file is of another cell.',
  }
}

function assumedCapacity(nominalCapacity_Ah: AmpereHour): Finding {
  return {
    code: 'assumed-nominal-capacity',
    message: `The nominal capacity ${nominalCapacity_Ah} Ah is assumed: the currents 1.2 and 2.4 A fit 0.5 C and 1 C.`,
    proposal: 'State the nominal capacity if you know it.',
  }
}
