import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** Where the program's own files lie: the same answer from source, from the build and from an installed program. */
export interface Places {
  /** Folder of the model packages that come with the program. */
  readonly models: string
  /** Folder of the simulated sample cells. */
  readonly samples: string
  /** Folder of the built window. */
  readonly page: string
  readonly version: string
}

export function programPlaces(start: string = import.meta.dirname): Places {
  const root = nearestParent(start, (folder) => existsSync(join(folder, 'models'))) ?? packageFolder(start)
  return {
    models: join(root, 'models'),
    samples: join(root, 'assets', 'samples'),
    page: join(packageFolder(start), 'dist', 'renderer'),
    version: version(start),
  }
}

function packageFolder(start: string): string {
  return nearestParent(start, (folder) => existsSync(join(folder, 'package.json'))) ?? start
}

function version(start: string): string {
  const file = join(packageFolder(start), 'package.json')
  if (!existsSync(file)) return 'unknown'
  const content = JSON.parse(readFileSync(file, 'utf8')) as { version?: string }
  return content.version ?? 'unknown'
}

function nearestParent(start: string, fits: (folder: string) => boolean): string | null {
  for (let folder = start; ; folder = dirname(folder)) {
    if (fits(folder)) return folder
    if (folder === dirname(folder)) return null
  }
}
