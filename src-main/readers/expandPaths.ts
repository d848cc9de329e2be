import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { Failure } from '../../src-shared/failure/failure.ts'
import { sourceAt } from './source/sourceAt.ts'
import { archiveMembers } from './source/zipArchive.ts'

/**
 * Files named by `paths`, folders and zip archives walked to the bottom, sorted within each; hidden files and folders are left out.
 *
 * A folder that may not be looked into, and an archive that is damaged, stands for its files: whoever reads it is told why.
 */
export async function expandPaths(paths: readonly string[]): Promise<string[]> {
  const expanded: string[] = []
  for (const path of paths)
    expanded.push(...((await isFolder(path)) ? await filesBelow(path) : await filesIn(path)))
  return [...new Set(expanded)]
}

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => null)
  if (entries === null) return [folder]
  const visible = entries.filter(({ name }) => !name.startsWith('.')).sort((a, b) => byName(a.name, b.name))
  const files: string[] = []
  for (const entry of visible) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) files.push(...(await filesBelow(path)))
    else if (entry.isFile()) files.push(...(await filesIn(path)))
  }
  return files
}

/** The files of an archive, or the file itself. */
async function filesIn(path: string): Promise<string[]> {
  if (!/\.zip$/i.test(path)) return [path]
  try {
    const members = (await archiveMembers(await sourceAt(path))) ?? []
    const names = members.map(({ name }) => name).sort(byName)
    return names.length === 0 ? [path] : names.map((name) => join(path, ...name.split('/')))
  } catch (error) {
    if (error instanceof Failure) return [path]
    throw error
  }
}

/** Code-point order, the same on every machine and in every language. */
function byName(a: string, b: string): number {
  return a < b ? -1 : Number(a > b)
}

async function isFolder(path: string): Promise<boolean> {
  const status = await stat(path).catch(() => null)
  return status?.isDirectory() ?? false
}
