import { statSync } from 'node:fs'
import { setImmediate } from 'node:timers/promises'
import type { CancelSignal } from '../../../src-shared/contract/signal.ts'
import { cancelled, Failure } from '../../../src-shared/failure/failure.ts'
import type { Evaluation } from '../../training/judging/evaluate.ts'
import type { TrainingCell } from '../../training/problem/trainingCell.ts'
import type { ModelShelf } from '../modelShelf/models.ts'
import type { Parts } from '../parts.ts'
import { readTrainingCell, splitFiles, type CellFile } from './trainingCells.ts'

export interface EvaluationOrder {
  readonly model: string
  /** Data folders and files. */
  readonly data: readonly string[]
  /** A splits.json: only its test cells are judged, found in the data folders. */
  readonly split?: string
  readonly horizon?: number
  /** V */
  readonly startVoltage?: number
}

export interface EvaluationContext {
  readonly signal: CancelSignal
  readonly note: (line: string) => void
}

/** Judges a model on cells, one condition after the other so that it can be cancelled. Throws `no-cells` (refused). */
export async function evaluateModel(
  parts: Parts,
  models: ModelShelf,
  order: EvaluationOrder,
  { signal, note }: EvaluationContext,
): Promise<Evaluation> {
  const model = await models.find(order.model)
  const cells = await judgedCells(parts, order, { signal, note })
  if (cells.length === 0) throw noCells(order)
  const { evaluate } = await parts.evaluation()
  const { horizon, startVoltage } = order
  const options = {
    ...(horizon === undefined ? {} : { horizon }),
    ...(startVoltage === undefined ? {} : { startVoltage }),
  }
  const parted: Evaluation[] = []
  for (const condition of new Set(cells.map((cell) => cell.condition))) {
    await setImmediate()
    if (signal.aborted) throw cancelled()
    note(condition)
    parted.push(
      evaluate({ ...options, package: model, cells: cells.filter((cell) => cell.condition === condition) }),
    )
  }
  return {
    schema: 'pimoe-evaluation/1',
    model: { name: model.manifest.name, sha256: model.sha256 },
    conditions: parted.flatMap(({ conditions }) => conditions),
  }
}

async function judgedCells(
  parts: Parts,
  order: EvaluationOrder,
  context: EvaluationContext,
): Promise<TrainingCell[]> {
  if (order.split === undefined) return allCells(parts, order.data, context)
  const { files, missing } = await splitFiles(parts, {
    split: order.split,
    folders: order.data,
    role: 'test',
  })
  for (const file of missing) context.note(`not there: ${file}`)
  return readAll(parts, files, context)
}

/** A file that is named must be readable; a folder may hold other things, which are told and left out. */
async function allCells(
  parts: Parts,
  paths: readonly string[],
  context: EvaluationContext,
): Promise<TrainingCell[]> {
  const cells: TrainingCell[] = []
  for (const path of paths) {
    const isFolder = statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false
    const files = (await parts.expandPaths([path])).map((file) => ({ path: file, role: 'test' as const }))
    cells.push(
      ...(isFolder ? await readMeasurements(parts, files, context) : await readAll(parts, files, context)),
    )
  }
  return cells
}

async function readAll(
  parts: Parts,
  files: readonly CellFile[],
  { signal }: EvaluationContext,
): Promise<TrainingCell[]> {
  const cells: TrainingCell[] = []
  for (const file of files) cells.push(await readTrainingCell(parts, file, signal))
  return cells
}

async function readMeasurements(
  parts: Parts,
  files: readonly CellFile[],
  { signal, note }: EvaluationContext,
): Promise<TrainingCell[]> {
  const cells: TrainingCell[] = []
  for (const file of files) {
    try {
      cells.push(await readTrainingCell(parts, file, signal))
    } catch (error) {
      if (!(error instanceof Failure) || error.kind === 'cancelled') throw error
      note(`left out: ${file.path}: ${error.message}`)
    }
  }
  return cells
}

function noCells({ data, split }: EvaluationOrder): Failure {
  return new Failure('refused', 'no-cells', 'There is no cell to judge.', {
    advice:
      split === undefined
        ? 'Name a folder or files with measurements.'
        : 'Name the data folder that the split lists its files in.',
    file: data.join(', '),
  })
}
