import { createHash } from 'node:crypto'
import { createReadStream, existsSync, readdirSync, realpathSync, statSync } from 'node:fs'
import { basename, dirname, extname, isAbsolute, join, relative, resolve, sep } from 'node:path'
import type {
  BackupProgress,
  LibraryBackup,
  LibraryCheck,
  LibraryRestored,
} from '../../../src-shared/contract/keeping.ts'
import type { Application } from '../../../src-shared/contract/requests.ts'
import type { CancelSignal } from '../../../src-shared/contract/signal.ts'
import { cancelled, Failure } from '../../../src-shared/failure/failure.ts'
import { libraryFileName } from '../../library/libraryFile.ts'
import type { Library } from '../../library/openLibrary.ts'
import { endInterruptedRuns } from './interruptedRuns.ts'
import { placeFindings } from './libraryPlace.ts'
import { checkLog, fileNameOf } from './logging.ts'
import type { Parts } from '../parts.ts'
import { keptPath } from './quarantineFolder.ts'

interface KeepingContext {
  readonly signal: CancelSignal
  readonly progress: (progress: BackupProgress) => void
}

/** What keeps the library safe: a copy in one file, putting one back, and a check of everything in it. */
export function keepingRequests(
  parts: Parts,
): Pick<Application, 'library/backup' | 'library/restore' | 'library/check'> {
  return {
    'library/backup': ({ to }, context) => backUp(parts, to, context),
    'library/restore': ({ file }, context) => restore(parts, resolve(file), context),
    'library/check': (_, { signal }) => checkLibrary(parts, signal),
  }
}

async function backUp(parts: Parts, to: string, context: KeepingContext): Promise<LibraryBackup> {
  const library = await presentLibrary(parts)
  const file = backupFile(resolve(to), new Date())
  if (isWithin(file, library.folder)) throw insideLibrary(file)
  const written = await library.writeBackup({ ...context, file })
  return { schema: 'pimoe-backup/1', ...written, cells: library.cells.count() }
}

/** A name that ends in `.sqlite` is the file; anything else is the folder that it goes to. */
function backupFile(to: string, now: Date): string {
  if (!isFolder(to) && extname(to).toLowerCase() === '.sqlite') return to
  if (existsSync(to) && !isFolder(to)) {
    throw new Failure('refused', 'backup-exists', 'There is a file of this name already.', {
      advice: 'Name a folder, or a new file that ends in .sqlite.',
      file: to,
    })
  }
  return join(to, `pimoe-library-${now.toISOString().replaceAll(/[:.]/g, '-')}.sqlite`)
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false
}

/** Links and the spelling of names are looked through. */
function isWithin(path: string, folder: string): boolean {
  const way = relative(realpathSync.native(folder), realPath(path))
  return !isAbsolute(way) && way !== '..' && !way.startsWith(`..${sep}`)
}

/** Of the nearest folder above that is there, with the rest of the path. */
function realPath(path: string): string {
  if (existsSync(path)) return realpathSync.native(path)
  return dirname(path) === path ? path : join(realPath(dirname(path)), basename(path))
}

function insideLibrary(file: string): Failure {
  return new Failure('refused', 'backup-inside-library', 'A backup inside the library is lost with it.', {
    advice: 'Name a folder outside the library, best on another disk.',
    file,
  })
}

async function restore(parts: Parts, file: string, context: KeepingContext): Promise<LibraryRestored> {
  const present = await libraryToReplace(parts)
  if (present !== null && present.runs.active().length > 0) {
    throw new Failure('refused', 'training-runs', 'A training run goes on in this library.', {
      advice: 'Wait for it, or cancel it, then repeat.',
      file: present.folder,
    })
  }
  // What is still open of a library that was taken away has nothing to do with the one that comes.
  if (present === null) await parts.close()
  const { restoreLibrary } = await import('../../library/restore.ts')
  const folder = parts.libraryFolder
  const aside = await restoreLibrary({ ...context, folder, file, present, now: new Date() })
  const library = await parts.library()
  endInterruptedRuns(library)
  library.log.append({
    kind: 'restored-backup',
    subject: fileNameOf(file),
    detail: { cells: library.cells.count() },
  })
  return { schema: 'pimoe-restore/1', library: folder, file, aside, cells: library.cells.count() }
}

/** Null where there is none yet, or what is there cannot be opened any more. */
async function libraryToReplace(parts: Parts): Promise<Library | null> {
  if (!isThere(parts)) return null
  try {
    return await parts.library()
  } catch (error) {
    if (error instanceof Failure && error.code === 'library-damaged') return null
    throw error
  }
}

function isThere(parts: Parts): boolean {
  return existsSync(join(parts.libraryFolder, libraryFileName))
}

/** Asking after a library makes none. Throws `no-library`. */
async function presentLibrary(parts: Parts): Promise<Library> {
  if (isThere(parts)) return parts.library()
  throw new Failure('refused', 'no-library', 'There is no library in this folder.', {
    advice: 'Name its folder with --library.',
    file: parts.libraryFolder,
  })
}

type Check = LibraryCheck['checks'][number]

async function checkLibrary(parts: Parts, signal: CancelSignal): Promise<LibraryCheck> {
  const library = await presentLibrary(parts)
  const { integrity } = library
  const checks = [
    looked('database', () => ({ examined: integrity.pageCount(), problems: integrity.pages() })),
    looked('references', () => ({ examined: integrity.tableCount(), problems: integrity.references() })),
    looked('log', () => {
      const { entries, problems } = checkLog(library)
      return {
        examined: entries,
        problems: problems.map(({ sequence, message }) => `entry ${sequence}: ${message}`),
      }
    }),
    await checkQuarantine(library, signal),
    await checkModels(parts, signal),
  ]
  return {
    schema: 'pimoe-library-check/1',
    library: library.folder,
    cells: library.cells.count(),
    bytes: statSync(join(library.folder, libraryFileName)).size,
    isSound: checks.every(({ problems }) => problems.length === 0),
    checks,
    place: placeFindings(library.folder),
  }
}

/** A damaged page is found by whichever check reads it: that is its answer, the others go on. */
function looked(name: Check['name'], look: () => Omit<Check, 'name'>): Check {
  try {
    return { name, ...look() }
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    return { name, examined: 0, problems: [error.message] }
  }
}

/** Every held file's bytes against the hash under which it came. */
async function checkQuarantine(library: Library, signal: CancelSignal): Promise<Check> {
  const held = library.quarantine.list()
  const problems: string[] = []
  for (const file of held) {
    if (signal.aborted) throw cancelled()
    const hash = await hashOf(keptPath(library.folder, file))
    if (hash === null) problems.push(`${file.id}: the bytes of ${fileNameOf(file.path)} are gone`)
    else if (hash !== file.sha256)
      problems.push(`${file.id}: the bytes of ${fileNameOf(file.path)} were changed`)
  }
  return { name: 'quarantine', examined: held.length, problems }
}

async function hashOf(path: string): Promise<string | null> {
  if (!existsSync(path)) return null
  const hash = createHash('sha256')
  for await (const part of createReadStream(path)) hash.update(part as Buffer)
  return hash.digest('hex')
}

/** The library's own packages, each read and held against the hash in its manifest. */
async function checkModels(parts: Parts, signal: CancelSignal): Promise<Check> {
  const { readModelPackage } = await parts.modelPackages()
  const shelf = join(parts.libraryFolder, 'models')
  const names = existsSync(shelf)
    ? readdirSync(shelf).filter((name) => existsSync(join(shelf, name, 'manifest.json')))
    : []
  const problems: string[] = []
  for (const name of names) {
    if (signal.aborted) throw cancelled()
    await readModelPackage(join(shelf, name)).catch((error: unknown) => {
      if (!(error instanceof Failure)) throw error
      problems.push(`${name}: ${error.message}`)
    })
  }
  return { name: 'models', examined: names.length, problems }
}
