import { existsSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { CancelSignal } from '../../../src-shared/contract/signal.ts'
import { cancelled, Failure } from '../../../src-shared/failure/failure.ts'
import type { PresetCell } from '../../training/presets/trainingPreset.ts'
import type { RunConfig } from '../../training/presets/runConfig.ts'
import type { TrainingCell, TrainingRole } from '../../training/problem/trainingCell.ts'
import { requireTrusted } from '../assessing/cellFile.ts'
import type { Parts } from '../parts.ts'

export interface CellFile {
  readonly path: string
  readonly role: TrainingRole
}

/**
 * Files of a run in its data folder, and what must be said of them. Test cells may be missing: a note says so.
 *
 * Throws `cells-missing` (refused): fewer cells than were named would make another model under the same name.
 */
export async function runFiles(
  parts: Pick<Parts, 'presetFiles'>,
  config: Pick<RunConfig, 'cells' | 'data'>,
): Promise<{ files: CellFile[]; notes: string[] }> {
  const { presetCells } = await parts.presetFiles()
  const { found, missing, notes } = presetCells(config, config.data)
  if (missing.length > 0) throw cellsMissing(config.data, missing)
  return { files: found.map((cell) => fileIn(config.data, cell)), notes }
}

/** The cells of a splits.json in one role, found in the first of the folders that has them; with those found nowhere. */
export async function splitFiles(
  parts: Parts,
  { split, folders, role }: { split: string; folders: readonly string[]; role: TrainingRole },
): Promise<{ files: CellFile[]; missing: string[] }> {
  const { splitCells } = await parts.presetFiles()
  const cells = splitCells(split).filter((cell) => cell.role === role)
  const located = cells.map((cell) => ({ cell, path: locate(folders, cell.file) }))
  return {
    files: located.flatMap(({ path }) => (path === null ? [] : [{ path, role }])),
    missing: located.filter(({ path }) => path === null).map(({ cell }) => cell.file),
  }
}

/** Reads the measurements of training or evaluation. Throws what the reader throws, or `cancelled`. */
export async function readTrainingCells(
  parts: Parts,
  files: readonly CellFile[],
  signal: CancelSignal,
): Promise<TrainingCell[]> {
  const cells: TrainingCell[] = []
  for (const file of files) {
    if (signal.aborted) throw cancelled()
    cells.push(await readTrainingCell(parts, file, signal))
  }
  return cells
}

export async function readTrainingCell(
  parts: Parts,
  { path, role }: CellFile,
  signal: CancelSignal,
): Promise<TrainingCell> {
  const result = await parts.readFile(path, signal)
  requireTrusted(result, path)
  const { sha256, cellName, condition, description, simulated } = result
  const usable = result.cycles.filter(({ chargeCurve }) => chargeCurve !== null)
  const cycles = usable.map((cycle, row) => ({ ...cycle, row }))
  // The manifest names its data by folder and file: where a data folder lay on one machine helps nobody.
  const named = `${basename(dirname(path))}/${basename(path)}`
  return { path: named, sha256, cell: cellName, condition, description, simulated, cycles, role }
}

function fileIn(folder: string, { file, role }: PresetCell): CellFile {
  return { path: join(folder, ...file.split('/')), role }
}

/** Lists name `.csv`; the file may be gzipped, or the other way round. */
function locate(folders: readonly string[], file: string): string | null {
  const plain = file.replace(/\.gz$/, '')
  const candidates = folders.flatMap((folder) =>
    [file, plain, `${plain}.gz`].map((name) => join(folder, ...name.split('/'))),
  )
  return candidates.find((path) => existsSync(path)) ?? null
}

function cellsMissing(folder: string, missing: readonly string[]): Failure {
  return new Failure(
    'refused',
    'cells-missing',
    `${missing.length} ${missing.length === 1 ? 'cell' : 'cells'} of the run ${missing.length === 1 ? 'is' : 'are'} not there: ${missing.join(', ')}.`,
    {
      advice: 'Name the data folder that holds them, or choose another preset.',
      file: folder,
    },
  )
}
