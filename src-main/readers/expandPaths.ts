import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'

/**
 * Files named by `paths`, folders walked to the bottom, sorted within each; hidden files and folders are left out.
 *
 * A folder that may not be looked into stands for its files: whoever reads it is told why.
 */
export async function expandPaths(paths: readonly string[]): Promise<string[]> {
  const expanded: string[] = []
  for (const path of paths) expanded.push(...((await isFolder(path)) ? await filesBelow(path) : [path]))
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
    else if (entry.isFile()) files.push(path)
  }
  return files
}

/** Code-point order, the same on every machine and in every language. */
function byName(a: string, b: string): number {
  return a < b ? -1 : Number(a > b)
}

async function isFolder(path: string): Promise<boolean> {
  const status = await stat(path).catch(() => null)
  return status?.isDirectory() ?? false
}
