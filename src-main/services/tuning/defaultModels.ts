import { randomUUID } from 'node:crypto'
import { cp, mkdir, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { DefaultModel, DefaultModels } from '../../../src-shared/contract/models.ts'
import type { Application } from '../../../src-shared/contract/requests.ts'
import { Failure } from '../../../src-shared/failure/failure.ts'
import type { ModelPackage } from '../../../src-shared/forecast/package.ts'
import type { Library } from '../../library/openLibrary.ts'
import { newPackageFolder } from '../modelShelf/modelFolder.ts'
import type { ModelShelf } from '../modelShelf/models.ts'
import type { Parts } from '../parts.ts'
import { tunableCells } from './tunableCells.ts'
import { tuneModel } from './tuning.ts'
import { weighModel } from './weighing.ts'
import { toWireError } from '../wireError.ts'

type DefaultRequests = Pick<
  Application,
  | 'models/defaults'
  | 'models/weigh'
  | 'models/tune'
  | 'models/tunable'
  | 'models/promote'
  | 'models/roll-back'
>

/** Which model answers where none is named: promoted and rolled back, with who and why, each an entry of the log. */
export function defaultModelRequests(parts: Parts, models: ModelShelf): DefaultRequests {
  return {
    'models/defaults': async () => defaults(await parts.library(), models),
    'models/weigh': (input, context) => weighModel(parts, models, input, context),
    'models/tune': async ({ model, cells, name }, context) => {
      const own = join(parts.libraryFolder, 'models')
      const target = name === undefined ? null : { name, folder: newPackageFolder(own, name, models.names()) }
      return tuneModel(parts, models, { model, cells, target }, context)
    },
    'models/tunable': (input, context) => tunableCells(parts, models, input, context),
    'models/promote': async ({ model, by, note }) => {
      const found = await models.find(model)
      const name = await nameInReach(parts, models, { model, found })
      return decide(await parts.library(), {
        action: 'promoted',
        model: { name, sha256: found.sha256 },
        by,
        note,
      })
    },
    'models/roll-back': async ({ to, by, note }) => {
      const library = await parts.library()
      const model = earlierDefault(library, to)
      if (model !== null) await requireAsItWas(models, model)
      return decide(library, { action: 'rolled-back', model, by, note })
    },
  }
}

async function defaults(library: Library, models: ModelShelf): Promise<DefaultModels> {
  const problem = await models.find().then(
    () => null,
    (error: unknown) => {
      if (error instanceof Failure) return toWireError(error)
      throw error
    },
  )
  return {
    schema: 'pimoe-default-models/1',
    current: await models.defaultName(),
    problem,
    history: library.defaultModels.list(),
  }
}

interface Decision extends Pick<DefaultModel, 'action' | 'model' | 'note'> {
  readonly by: string | undefined
}

/** The default and its entry in the log, or neither. */
function decide(library: Library, { action, model, note, by }: Decision): DefaultModel {
  return library.transaction(() => {
    const decided = library.defaultModels.add({
      at: new Date().toISOString(),
      action,
      model,
      by: by ?? library.releases.options().operator ?? '',
      note,
    })
    library.log.append({
      kind: 'default-model',
      subject: model?.name ?? 'the default of the program',
      detail: { sequence: decided.sequence, action, sha256: model?.sha256 ?? null, by: decided.by, note },
    })
    return decided
  })
}

/** What was the default as of an entry of the history; 0: what the program brings. Throws `no-such-default`. */
function earlierDefault(library: Library, to: number): DefaultModel['model'] {
  if (to === 0) return null
  const found = library.defaultModels.list().find(({ sequence }) => sequence === to)
  if (found !== undefined) return found.model
  throw new Failure('usage', 'no-such-default', `There is no entry ${to} in the history of defaults.`, {
    advice: "Name the number of an entry (models defaults lists them), or 0 for the program's own default.",
    found: String(to),
  })
}

/** Nobody rolls back to what cannot answer. Throws `no-such-model`, `default-model-changed` or what reading throws. */
async function requireAsItWas(
  models: ModelShelf,
  { name, sha256 }: { name: string; sha256: string },
): Promise<void> {
  const found = await models.find(name)
  if (found.sha256 === sha256) return
  throw new Failure('refused', 'default-model-changed', `${name} is not what it was as the default.`, {
    advice: 'Copy its folder again, or roll back to another entry.',
    found: found.sha256,
  })
}

/** The name it has among the models; a package from elsewhere is copied into the library, so that it stays in reach. */
async function nameInReach(
  parts: Parts,
  models: ModelShelf,
  { model, found }: { model: string; found: ModelPackage },
): Promise<string> {
  if (models.folders().has(model)) return model
  const { packages } = await models.list()
  const same = packages.find(({ sha256 }) => sha256 === found.sha256)
  if (same !== undefined) return same.name
  const name = basename(model)
  await copyPackage(model, newPackageFolder(join(parts.libraryFolder, 'models'), name, models.names()))
  return name
}

/** In one move, so that nobody meets half of it. */
async function copyPackage(from: string, to: string): Promise<void> {
  const temporary = join(dirname(to), `.${basename(to)}-${randomUUID()}`)
  try {
    await mkdir(dirname(to), { recursive: true })
    await cp(from, temporary, { recursive: true })
    await rename(temporary, to)
  } finally {
    await rm(temporary, { recursive: true, force: true })
  }
}
