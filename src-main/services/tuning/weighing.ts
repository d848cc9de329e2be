import { setImmediate } from 'node:timers/promises'
import type { Weighing, WeighedScore } from '../../../src-shared/contract/models.ts'
import type { CallContext, RequestInput } from '../../../src-shared/contract/requests.ts'
import { cancelled, Failure } from '../../../src-shared/failure/failure.ts'
import type { ModelPackage, PackageTuning } from '../../../src-shared/forecast/package.ts'
import type { Library } from '../../library/openLibrary.ts'
import type { Evaluation } from '../../training/judging/evaluate.ts'
import type { TrainingCell } from '../../training/problem/trainingCell.ts'
import type { ModelShelf } from '../modelShelf/models.ts'
import type { Parts } from '../parts.ts'
import { readTrainingCells, runFiles, type CellFile } from '../training/trainingCells.ts'

/** Judges a model beside the present default on the validation cells of its run, one condition after the other. */
export async function weighModel(
  parts: Parts,
  models: ModelShelf,
  { model: named, data }: RequestInput<'models/weigh'>,
  { signal, progress }: CallContext<'models/weigh'>,
): Promise<Weighing> {
  const candidate = await models.find(named)
  const present = await presentDefault(models)
  const { files, notes } = await validationFiles(parts, models, { named, data })
  const cells = await readTrainingCells(parts, files, signal)
  const names = [...new Set(cells.map(({ condition }) => condition))]
  const conditions: Weighing['conditions'] = []
  for (const condition of names) {
    await setImmediate()
    if (signal.aborted) throw cancelled()
    const judged = cells.filter((cell) => cell.condition === condition)
    conditions.push(await weighed(parts, judged, { candidate, present }))
    progress({ done: conditions.length, total: names.length })
  }
  return {
    schema: 'pimoe-weighing/1',
    candidate: { name: candidate.manifest.name, sha256: candidate.sha256 },
    present: present === null ? null : { name: present.manifest.name, sha256: present.sha256 },
    conditions,
    notes: [
      ...notes,
      ...(present?.sha256 === candidate.sha256 ? ['This model is the default already.'] : []),
    ],
    simulated: cells.some(({ simulated }) => simulated),
  }
}

/** Null where none answers: then there is nothing to compare with, and a new one is all the more wanted. */
async function presentDefault(models: ModelShelf): Promise<ModelPackage | null> {
  try {
    return await models.find()
  } catch (error) {
    if (error instanceof Failure) return null
    throw error
  }
}

/** Cells that the model's run never trained on, in the folder it found them in; a note where there are none. */
async function validationFiles(
  parts: Parts,
  models: ModelShelf,
  { named, data }: { named: string; data: string | undefined },
): Promise<{ files: CellFile[]; notes: string[] }> {
  const library = await parts.library()
  const folder = models.folders().get(named) ?? named
  const run = library.runs.inFolder(folder)
  const asked = run === null ? null : library.runs.request(run.id)
  if (asked === null) {
    const { tuning } = (await models.find(named)).manifest
    if (tuning !== undefined) return { files: [], notes: tuningNotes(library, tuning) }
  }
  if (asked === null)
    return { files: [], notes: ['The library holds no run of this model: no cells to judge by.'] }
  const { parseRunConfig } = await parts.runConfigs()
  const config = parseRunConfig(asked.request)
  try {
    const { files } = await runFiles(parts, { ...config, ...(data === undefined ? {} : { data }) })
    const held = files.filter(({ role }) => role === 'validation' || role === 'calibration')
    if (held.length > 0) return { files: held, notes: [] }
    return {
      files: [],
      notes: ['The run of this model left no cells out of its training for good: see its card.'],
    }
  } catch (error) {
    if (error instanceof Failure && error.code === 'cells-missing') {
      return { files: [], notes: [`${error.message} They are needed to judge the model.`] }
    }
    throw error
  }
}

/** A tuned model was judged when it was tuned, by models tuned without the cell in question. */
function tuningNotes(library: Library, tuning: PackageTuning): string[] {
  const { parent, type, cells, data, isBetter } = tuning
  const names = data.slice(-cells).map((sha256) => {
    const id = library.records.findByHash(sha256)?.cellId
    return id === undefined ? null : (library.cells.find(id)?.description.name ?? null)
  })
  const known = names.filter((name) => name !== null)
  const shown = known.slice(0, 12).join(', ')
  const more = known.length > 12 ? ` and ${known.length - 12} more` : ''
  const which = known.length === 0 ? ', none of which is in this library' : `: ${shown}${more}`
  return [
    `It was tuned from ${parent.name} (${parent.sha256.slice(0, 12)}), its present capacity of ${type}, on ${cells} own cells${which}.`,
    `Its card below says how each of them is met by a model tuned on the others; ${isBetter ? 'tuning helped there' : `tuning did not help there: ${parent.name} is the better choice`}.`,
  ]
}

async function weighed(
  parts: Parts,
  cells: readonly TrainingCell[],
  { candidate, present }: { candidate: ModelPackage; present: ModelPackage | null },
): Promise<Weighing['conditions'][number]> {
  const { evaluate } = await parts.evaluation()
  const horizon = commonHorizon(cells, [candidate, ...(present === null ? [] : [present])])
  const scoreOf = (model: ModelPackage): WeighedScore =>
    score(evaluate({ package: model, cells, ...horizon }).conditions[0])
  return {
    condition: cells[0].condition,
    cells: cells.length,
    trainedOn: {
      candidate: trainedOn(candidate, cells),
      present: present === null ? 0 : trainedOn(present, cells),
    },
    candidate: scoreOf(candidate),
    present: present === null ? null : scoreOf(present),
  }
}

/** Both are asked for as many steps as the shorter answers and the cells last. */
function commonHorizon(
  cells: readonly TrainingCell[],
  models: readonly ModelPackage[],
): { horizon?: number } {
  const limits = models
    .filter(({ manifest }) => manifest.input.kind !== 'evidence')
    .map(({ manifest }) => manifest.network.T)
  const rows = Math.min(...cells.map(({ cycles }) => cycles.length))
  const least = Math.min(...limits, Math.max(1, rows - 1))
  return least < 50 ? { horizon: least } : {}
}

function trainedOn({ manifest }: ModelPackage, cells: readonly TrainingCell[]): number {
  const files = manifest.training?.data.filter(({ role }) => role === 'train') ?? []
  const trained = new Set([...files.map(({ sha256 }) => sha256), ...(manifest.tuning?.data ?? [])])
  return cells.filter(({ sha256 }) => trained.has(sha256)).length
}

/** Percent in, fractions out. */
function score(judged: Evaluation['conditions'][number]): WeighedScore {
  const share = (percent: number | null): number | null => (percent === null ? null : percent / 100)
  return {
    trajectory: share(judged.mape),
    present: share(judged.step1Mape),
    coverage: judged.coverage90,
    width: share(judged.width90),
    windows: judged.windows,
    refused: judged.refused,
  }
}
