import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import type { DefaultModel } from '../../../src-shared/contract/models.ts'
import type { Application, ModelSummary } from '../../../src-shared/contract/requests.ts'
import { Failure } from '../../../src-shared/failure/failure.ts'
import type { ModelPackage } from '../../../src-shared/forecast/package.ts'
import type { CheckpointQuestion } from '../../checkpoints/importCheckpoint.ts'
import { newPackageFolder } from './modelFolder.ts'
import type { Parts } from '../parts.ts'
import { unknownName } from '../unknownName.ts'

/** The trained packages within reach, by name or by folder. */
export interface ModelShelf {
  /** Folder of each name. */
  readonly folders: () => ReadonlyMap<string, string>
  /** Names, each once; the user's own packages first. */
  readonly names: () => string[]
  /** The promoted one, else `pimoe` if there is one, else `demo`; null where neither is. */
  readonly defaultName: () => Promise<string | null>
  /** Whether simulated cells are answered by `demo`: unless a model of simulated cells was made the default. */
  readonly isDemoForSimulated: () => Promise<boolean>
  /** The package with this name or in this folder; without either the default. */
  readonly find: (nameOrFolder?: string) => Promise<ModelPackage>
  /** What can be read, and why the rest cannot: one damaged package hides no other. */
  readonly list: () => Promise<{ packages: ModelSummary[]; damaged: Failure[] }>
}

interface CachedPackage {
  readonly stamp: number
  readonly package: ModelPackage
}

/**
 * Throws Failure `no-such-model`, or `no-model` where nothing is named and there is no default; where a promoted default is
 * not as it was, `default-model-missing`, `default-model-changed` or `default-model-damaged`: no other answers in its stead.
 */
export function modelShelf(
  parts: Pick<Parts, 'modelFolders' | 'modelPackages' | 'kernels' | 'chosenDefault'>,
): ModelShelf {
  const cache = new Map<string, CachedPackage>()
  const folderNames = (): Map<string, string> => namedFolders(parts.modelFolders)
  async function load(folder: string): Promise<ModelPackage> {
    const stamp = statSync(join(folder, manifestName)).mtimeMs
    const kept = cache.get(folder)
    if (kept?.stamp === stamp) return kept.package
    const { readModelPackage } = await parts.modelPackages()
    const { kernelForward } = await parts.kernels()
    const loaded = { ...(await readModelPackage(folder)), forward: kernelForward }
    cache.set(folder, { stamp, package: loaded })
    return loaded
  }
  const ownDefault = (): string | null => preferredNames.find((name) => folderNames().has(name)) ?? null
  const defaultName = async (): Promise<string | null> =>
    (await parts.chosenDefault())?.model?.name ?? ownDefault()
  async function findDefault(): Promise<ModelPackage> {
    const chosen = await parts.chosenDefault()
    const model = chosen?.model ?? null
    if (chosen === null || model === null) return load(locate(ownDefault(), folderNames()))
    return promotedPackage(chosen, folderNames().get(model.name), load)
  }
  return {
    folders: folderNames,
    names: () => [...folderNames().keys()],
    defaultName,
    isDemoForSimulated: async () => {
      if (!folderNames().has('demo')) return false
      const isPromoted = ((await parts.chosenDefault())?.model ?? null) !== null
      return !isPromoted || !(await findDefault()).manifest.simulated
    },
    find: async (nameOrFolder) =>
      nameOrFolder === undefined ? findDefault() : load(locate(nameOrFolder, folderNames())),
    list: async () => {
      const usual = await defaultName()
      const packages: ModelSummary[] = []
      const damaged: Failure[] = []
      for (const [name, folder] of folderNames()) {
        try {
          packages.push(summary(name, { folder, loaded: await load(folder), usual }))
        } catch (error) {
          if (!(error instanceof Failure)) throw error
          damaged.push(error)
        }
      }
      return { packages, damaged }
    },
  }
}

export function modelRequests(
  parts: Parts,
  models: ModelShelf,
): Pick<Application, 'models/list' | 'models/import'> {
  return {
    'models/list': async () => (await models.list()).packages,
    'models/import': async ({ checkpoint, scaler, name }) => {
      const chosen = name ?? basename(checkpoint).replace(/\.(pth|safetensors)$/i, '')
      const own = join(parts.libraryFolder, 'models')
      const folder = newPackageFolder(own, chosen, models.names())
      await importCheckpointInto(parts, folder, {
        checkpoint,
        name: chosen,
        ...(scaler === undefined ? {} : { scaler }),
      })
      return summary(chosen, { folder, loaded: await models.find(folder), usual: await models.defaultName() })
    },
  }
}

/** The promoted default as it was promoted. */
async function promotedPackage(
  { model, at }: DefaultModel,
  folder: string | undefined,
  load: (folder: string) => Promise<ModelPackage>,
): Promise<ModelPackage> {
  const name = model?.name ?? ''
  const since = `the default model since ${at.slice(0, 10)}`
  if (folder === undefined) {
    throw new Failure('not-determinable', 'default-model-missing', `${name}, ${since}, is not there.`, {
      advice: `Put its folder back, ${rollBackAdvice}`,
      found: name,
    })
  }
  const loaded = await load(folder).catch((error: unknown) => {
    if (!(error instanceof Failure)) throw error
    throw new Failure('refused', 'default-model-damaged', `${name}, ${since}, is damaged: ${error.message}`, {
      advice: `Copy its folder again, ${rollBackAdvice}`,
      file: error.detail.file ?? folder,
    })
  })
  if (loaded.sha256 === model?.sha256) return loaded
  throw new Failure('refused', 'default-model-changed', `${name}, ${since}, is not what was promoted.`, {
    advice: `Copy its folder again, promote it as it is, ${rollBackAdvice}`,
    file: folder,
    found: loaded.sha256,
  })
}

const rollBackAdvice = 'or roll back to an earlier default (models roll-back).'

/** A published checkpoint as a package in a folder of its own. */
export async function importCheckpointInto(
  parts: Pick<Parts, 'modelPackages' | 'checkpointImport'>,
  folder: string,
  question: CheckpointQuestion,
): Promise<ModelPackage> {
  const { importCheckpoint } = await parts.checkpointImport()
  const { writeModelPackage } = await parts.modelPackages()
  const { draft } = await importCheckpoint(question)
  return writeModelPackage(folder, draft)
}

const manifestName = 'manifest.json'
const preferredNames = ['pimoe', 'demo']

/** A package copied under another folder name is known by the folder. */
function namedFolders(folders: readonly string[]): Map<string, string> {
  const found = new Map<string, string>()
  for (const parent of folders.filter((folder) => existsSync(folder))) {
    const names = readdirSync(parent).filter((name) => isPackage(join(parent, name)))
    for (const name of names.toSorted()) if (!found.has(name)) found.set(name, join(parent, name))
  }
  return found
}

function isPackage(folder: string): boolean {
  return existsSync(join(folder, manifestName))
}

function locate(nameOrFolder: string | null, known: ReadonlyMap<string, string>): string {
  if (nameOrFolder === null) {
    throw new Failure('not-determinable', 'no-model', 'There is no default model.', {
      advice: 'Train one, import one, or name a package with its folder.',
    })
  }
  const folder = known.get(nameOrFolder)
  if (folder !== undefined) return folder
  if (isPackage(nameOrFolder)) return resolve(nameOrFolder)
  throw unknownName('model', nameOrFolder, [...known.keys()])
}

function summary(
  name: string,
  { folder, loaded, usual }: { folder: string; loaded: ModelPackage; usual: string | null },
): ModelSummary {
  const card = join(folder, 'card.md')
  return {
    name,
    isDefault: name === usual,
    sha256: loaded.sha256,
    manifest: loaded.manifest,
    card: existsSync(card) ? readFileSync(card, 'utf8') : '',
  }
}
