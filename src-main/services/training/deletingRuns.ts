import type { RunDeletion } from '../../../src-shared/contract/runDeletion.ts'
import { Failure } from '../../../src-shared/failure/failure.ts'
import type { ModelPackage } from '../../../src-shared/forecast/package.ts'
import type { Library } from '../../library/openLibrary.ts'
import type { StoredRun } from '../../library/runs.ts'
import type { ModelShelf } from '../modelShelf/models.ts'
import { unknownName } from '../unknownName.ts'
import { removeRunState } from './recordedRun.ts'

interface Named {
  readonly name: string
  readonly sha256: string
}

/**
 * Which of these runs can be deleted, and why the others stay: those that go on, and those that a promoted model rests on,
 * also one that was tuned from theirs, for any earlier default can be rolled back to.
 *
 * Throws `no-such-run`.
 */
export async function runDeletion(
  library: Library,
  models: ModelShelf,
  ids: readonly string[],
): Promise<RunDeletion> {
  const promoted = await promotedModels(library, models)
  const runs: RunDeletion['runs'] = []
  for (const id of new Set(ids)) {
    const run = library.runs.find(id)
    if (run === null) throw unknownName('run', id, [])
    const written = await writtenModel(library, models, run)
    const { name, startedAt, state } = run
    const keptBecause = reasonToKeep(run, written, promoted)
    runs.push({ id, name, startedAt, state, keptBecause, model: written?.manifest.name ?? null })
  }
  return { schema: 'pimoe-run-deletion/1', runs }
}

/**
 * Deletes runs with their epochs, notes and what was stored to resume them, each an entry of the log; models stay.
 *
 * Throws `no-such-run`, and then deletes none.
 */
export async function deleteRuns(
  library: Library,
  models: ModelShelf,
  ids: readonly string[],
): Promise<RunDeletion> {
  const deletion = await runDeletion(library, models, ids)
  const runs: RunDeletion['runs'] = []
  for (const run of deletion.runs) {
    if (run.keptBecause !== null) {
      runs.push(run)
      continue
    }
    const folder = unfinishedFolder(library, run.id)
    // Another program may have taken it up since: then its state stays too.
    const isGone = remove(library, run)
    if (isGone && folder !== null) await removeRunState(folder)
    runs.push(isGone ? run : { ...run, keptBecause: goesOn })
  }
  return { ...deletion, runs }
}

const goesOn = 'It goes on; cancel it first'

function reasonToKeep(
  { name, state }: StoredRun,
  written: ModelPackage | null,
  promoted: readonly Named[],
): string | null {
  if (state === 'running' || state === 'paused') return goesOn
  if (state !== 'finished') return null
  // Without the package in hand its name decides: rather one run too many is kept.
  const found = promoted.find((one) => (written === null ? one.name === name : one.sha256 === written.sha256))
  return found === undefined ? null : `${found.name}, which was or is the default, rests on it`
}

/** The package that a finished run wrote, if it is still there. */
async function writtenModel(
  library: Library,
  models: ModelShelf,
  { id, modelFolder }: StoredRun,
): Promise<ModelPackage | null> {
  if (modelFolder === null || library.runs.inFolder(modelFolder)?.id !== id) return null
  return found(models, modelFolder)
}

/** Every model that was ever the default, and what it was tuned from. */
async function promotedModels(library: Library, models: ModelShelf): Promise<Named[]> {
  const known = new Map<string, Named>()
  const waiting = library.defaultModels.list().flatMap(({ model }) => (model === null ? [] : [model]))
  for (let one = waiting.pop(); one !== undefined; one = waiting.pop()) {
    if (known.has(one.sha256)) continue
    known.set(one.sha256, one)
    const parent = (await found(models, one.name))?.manifest.tuning?.parent
    if (parent !== undefined) waiting.push(parent)
  }
  return [...known.values()]
}

async function found(models: ModelShelf, nameOrFolder: string): Promise<ModelPackage | null> {
  try {
    return await models.find(nameOrFolder)
  } catch (error) {
    if (error instanceof Failure) return null
    throw error
  }
}

/** Where the state of a run lies that could be resumed; it goes with the run, else its folder would stay taken. */
function unfinishedFolder(library: Library, id: string): string | null {
  const folder = library.runs.request(id)?.folder
  const newest = folder === undefined ? null : library.runs.inFolder(folder)
  if (folder === undefined || newest?.id !== id) return null
  return newest.state === 'interrupted' || newest.state === 'failed' ? folder : null
}

/** False where it goes on. */
function remove(library: Library, { id, name, model }: RunDeletion['runs'][number]): boolean {
  return library.transaction(() => {
    const run = library.runs.find(id)
    if (run === null) return true
    if (!library.runs.remove(id)) return false
    const { preset, seed, state, startedAt, settings, notes } = run
    library.log.append({
      kind: 'run-deletion',
      subject: name,
      detail: { id, preset, seed, state, startedAt, epochs: run.history.length, settings, notes, model },
    })
    return true
  })
}
