import { accessSync, constants, existsSync, readdirSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { Failure } from '../../../src-shared/failure/failure.ts'

/** Holds the state of an unfinished run, in the folder its package is to take. */
export const stateFolder = '.run'

/**
 * Folder that a model package may be written to: new, empty but for an unfinished run, or a package that is to be replaced.
 *
 * Throws `folder-in-use` for anything else, because writing a package replaces the whole folder, and `not-writable`
 * before hours of training find it out.
 */
export function packageTarget(folder: string): string {
  const target = resolve(folder)
  requireWritable(dirname(target))
  if (!existsSync(target)) return target
  const isFree =
    statSync(target).isDirectory() && (existsSync(join(target, 'manifest.json')) || isEmpty(target))
  if (isFree) return target
  throw new Failure('usage', 'folder-in-use', 'The folder for the model holds something else.', {
    advice: 'Name a new folder.',
    file: target,
  })
}

/** Windows keeps these names for devices, with any extension. */
const deviceName = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i

/** The folder, or the nearest one above it that is there already. */
function requireWritable(folder: string): void {
  if (!existsSync(folder) && folder !== dirname(folder)) {
    requireWritable(dirname(folder))
    return
  }
  try {
    if (!statSync(folder).isDirectory()) throw new Error(`${folder} is no folder`)
    accessSync(folder, constants.W_OK)
  } catch (error) {
    throw new Failure('usage', 'not-writable', `The model cannot be written: ${(error as Error).message}`, {
      advice: 'Name a folder that can be written.',
      file: folder,
    })
  }
}

/** Folder of a new package of the user's own. Throws `bad-model-name`, `model-exists` or `folder-in-use`. */
export function newPackageFolder(parent: string, name: string, known: readonly string[]): string {
  const isPlain = /^[\p{L}\p{N}][\p{L}\p{N} ._+-]{0,79}$/u.test(name) && !/[. ]$/.test(name)
  if (!isPlain || deviceName.test(name)) {
    throw new Failure(
      'usage',
      'bad-model-name',
      'A model name has letters, digits, spaces, dots and dashes only, and is not a name that Windows reserves.',
      {
        advice: 'Choose another name.',
        found: name,
      },
    )
  }
  if (!known.some((taken) => taken.toLowerCase() === name.toLowerCase()))
    return packageTarget(join(parent, name))
  throw new Failure('usage', 'model-exists', `There is a model ${name} already.`, {
    advice: 'Choose another name.',
    found: name,
  })
}

function isEmpty(folder: string): boolean {
  return readdirSync(folder).every((name) => name === stateFolder)
}
