import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { Failure } from '../../../src-shared/failure/failure.ts'
import type { TrainingRole } from '../problem/trainingCell.ts'
import type { PresetCell, TrainingPreset } from './trainingPreset.ts'

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
