import { randomUUID } from 'node:crypto'
import { copyFileSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import Sqlite, { type Database } from 'better-sqlite3'
import type { BackupProgress } from '../../src-shared/contract/keeping.ts'
import type { CancelSignal } from '../../src-shared/contract/signal.ts'
import { cancelled, Failure } from '../../src-shared/failure/failure.ts'
import { pageProblems, referenceProblems } from './checkDatabase.ts'
import { migrate } from './migrate.ts'
import { libraryFileName } from './libraryFile.ts'
import type { Library } from './openLibrary.ts'
import { hasPackedFiles, packedFolders, unpackFiles } from './packedFiles.ts'
import { migrations } from './schema.ts'

export interface RestoreOrder {
  readonly folder: string
  /** A backup, or a library's own file. */
  readonly file: string
  /** The library as it is; null where there is none, or none that can be opened. */
  readonly present: Library | null
  readonly now: Date
  readonly signal: CancelSignal
  readonly progress: (progress: BackupProgress) => void
}

/**
 * Puts a backup in the library's place and returns where the library as it was is kept.
 *
 * The backup is copied, checked and migrated first. Other programs that have the library open see the old one until the
 * new one is whole: SQLite writes it as one transaction.
 *
 * Throws `no-such-file`, `not-a-backup`, `backup-damaged`, `library-newer`.
 */
export async function restoreLibrary(order: RestoreOrder): Promise<string | null> {
  const { folder, file, signal } = order
  requireBackup(file, folder)
  const staging = newStaging(folder)
  try {
    const staged = stageBackup(file, staging, order.now)
    if (signal.aborted) throw cancelled()
    const aside = await putAside(order)
    // What the new database needs comes before it, what the old one uses stays until it is replaced.
    placeFiles(staging, folder, existsSync)
    await replaceDatabase(staged, join(folder, libraryFileName), order)
    placeFiles(staging, folder, () => false)
    return aside
  } catch (error) {
    throw error instanceof Failure ? error : restoreFailed(error, folder)
  } finally {
    rmSync(staging, { recursive: true, force: true, maxRetries: 5 })
  }
}

/** What a restore that was killed left behind goes with it. */
function newStaging(folder: string): string {
  const prefix = '.restore-'
  mkdirSync(folder, { recursive: true })
  for (const name of readdirSync(folder).filter((one) => one.startsWith(prefix))) {
    rmSync(join(folder, name), { recursive: true, force: true })
  }
  const staging = join(folder, `${prefix}${randomUUID().slice(0, 8)}`)
  mkdirSync(staging)
  return staging
}

function requireBackup(file: string, folder: string): void {
  if (!existsSync(file) || !statSync(file).isFile()) {
    throw new Failure('refused', 'no-such-file', 'There is no such file.', {
      advice: 'Name the file that `backup` wrote.',
      file,
    })
  }
  if (resolve(file) !== resolve(folder, libraryFileName)) return
  throw new Failure('usage', 'library-itself', 'This is the library itself, not a backup of it.', {
    advice: 'Name the file that `backup` wrote.',
    file,
  })
}

/** A checked copy at the newest version, its packed files beside it. The backup itself is only read. */
function stageBackup(file: string, staging: string, now: Date): string {
  const staged = join(staging, libraryFileName)
  copyFileSync(file, staged)
  // What a library's own file has not taken in yet.
  if (existsSync(`${file}-wal`)) copyFileSync(`${file}-wal`, `${staged}-wal`)
  const database = new Sqlite(staged)
  try {
    requireLibrary(database, file)
    requireSound(database, file)
    const isPacked = hasPackedFiles(database)
    if (isPacked) {
      unpackFiles(database, staging)
      database.exec('DROP TABLE packed_file')
    }
    migrate(database, { migrations, backupFolder: staging, now })
    if (isPacked) database.exec('VACUUM')
  } catch (error) {
    throw withFile(error, file)
  } finally {
    database.close()
  }
  return staged
}

function requireLibrary(database: Database, file: string): void {
  const tables = database
    .prepare("SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name IN ('cell', 'record', 'log')")
    .pluck()
  const version = Number(database.pragma('user_version', { simple: true }))
  if (version > 0 && Number(tables.get()) === 3) return
  throw notABackup(file)
}

function requireSound(database: Database, file: string): void {
  const problems = [...pageProblems(database), ...referenceProblems(database)]
  if (problems.length === 0) return
  throw new Failure('refused', 'backup-damaged', `The backup is damaged: ${problems[0]}.`, {
    advice: 'The library is as it was; name another backup.',
    file,
  })
}

function notABackup(file: string): Failure {
  return new Failure('refused', 'not-a-backup', 'The file is no backup of a battery library.', {
    advice: 'Name the file that `backup` wrote.',
    file,
  })
}

function withFile(error: unknown, file: string): unknown {
  if (error instanceof Failure || !(error instanceof Error)) return error
  const code = 'code' in error ? String(error.code) : ''
  if (code.startsWith('SQLITE_NOTADB')) return notABackup(file)
  if (!code.startsWith('SQLITE_CORRUPT')) return error
  return new Failure('refused', 'backup-damaged', `The backup is damaged: ${error.message}.`, {
    advice: 'The library is as it was; name another backup.',
    file,
  })
}

/** Keeps the library as it is among the backups; one that cannot be opened as its bare files. */
async function putAside({ folder, present, now, signal }: RestoreOrder): Promise<string | null> {
  const library = join(folder, libraryFileName)
  if (!existsSync(library)) return null
  const backups = join(folder, 'backups')
  mkdirSync(backups, { recursive: true })
  const aside = freeName(backups, `before-restore-${now.toISOString().replaceAll(/[:.]/g, '-')}`)
  if (present !== null) {
    await present.writeBackup({ file: aside, signal, asItIs: true })
    return aside
  }
  for (const ending of ['-wal', '-shm', '']) {
    if (existsSync(`${library}${ending}`)) renameSync(`${library}${ending}`, `${aside}${ending}`)
  }
  return aside
}

function freeName(folder: string, name: string): string {
  for (let count = 1; ; count++) {
    const path = join(folder, `${name}${count === 1 ? '' : `-${count}`}.sqlite`)
    if (!existsSync(path)) return path
  }
}

/** Files that the library has already and the backup has not stay: nothing is lost, and what was kept aside has the rest. */
function placeFiles(staging: string, folder: string, isKept: (path: string) => boolean): void {
  for (const name of packedFolders) {
    if (existsSync(join(staging, name))) moveInto(join(staging, name), join(folder, name), isKept)
  }
}

function moveInto(from: string, to: string, isKept: (path: string) => boolean): void {
  mkdirSync(to, { recursive: true })
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)]
    if (entry.isDirectory()) moveInto(source, target, isKept)
    else if (!isKept(target)) renameSync(source, target)
  }
}

/** One transaction of SQLite's on the library's file, which others may have open. */
async function replaceDatabase(
  staged: string,
  library: string,
  { present, signal, progress }: Pick<RestoreOrder, 'present' | 'signal' | 'progress'>,
): Promise<void> {
  if (present === null) {
    renameSync(staged, library)
    return
  }
  const source = new Sqlite(staged, { readonly: true })
  try {
    await source.backup(library, {
      progress: ({ totalPages, remainingPages }) => {
        if (signal.aborted) throw cancelled()
        progress({ done: totalPages - remainingPages, total: totalPages })
        return 2000
      },
    })
  } finally {
    source.close()
  }
}

function restoreFailed(error: unknown, folder: string): Failure {
  const message = error instanceof Error ? error.message : String(error)
  return new Failure('refused', 'restore-failed', `The backup cannot be put back: ${message}`, {
    advice:
      'The library is as it was. Close other programs that use it and make room on the disk, then repeat.',
    file: folder,
  })
}
