import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readFile } from '../../../src-main/readers/readFile.ts'
import type { TrainingCell } from '../../../src-main/training/problem/trainingCell.ts'

const folders = ['UL-NCA', 'UL-NCM', 'UL-NCMNCA', 'LSD']

export interface JudgedCells {
  readonly trained: readonly TrainingCell[]
  /** The public test cells, which no training saw. */
  readonly test: readonly TrainingCell[]
}

/** Every published per-cycle file of a data folder, split by its splits.json. */
export async function readCells(data: string): Promise<JudgedCells> {
  const splits = JSON.parse(readFileSync(join(data, 'splits.json'), 'utf8')) as Record<
    string,
    { test: string[] }
  >
  const test = new Set(Object.values(splits).flatMap((split) => split.test))
  const cells: TrainingCell[] = []
  for (const folder of folders) {
    if (!existsSync(join(data, folder))) continue
    for (const name of readdirSync(join(data, folder)).filter((file) => /\.csv(\.gz)?$/.test(file))) {
      const path = `${folder}/${name}`
      const { sha256, cellName, condition, description, simulated, cycles } = await readFile(join(data, path))
      const role = test.has(path) ? 'test' : 'train'
      cells.push({ path, sha256, cell: cellName, condition, description, simulated, cycles, role })
    }
  }
  return {
    trained: cells.filter(({ role }) => role === 'train'),
    test: cells.filter(({ role }) => role === 'test'),
  }
}
