import { randomUUID } from 'node:crypto'
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import Sqlite, { type Database } from 'better-sqlite3'
import type { BackupProgress, LibraryBackup } from '../../src-shared/contract/keeping.ts'
import type { CancelSignal } from '../../src-shared/contract/signal.ts'
import { cancelled, Failure } from '../../src-shared/failure/failure.ts'
import { pageProblems } from './checkDatabase.ts'
import { packFiles } from './packedFiles.ts'

export interface BackupOrder {
  /** A file that is not there yet. */
  readonly file: string
  readonly signal?: CancelSignal
  readonly progress?: (progress: BackupProgress) => void
  /** True for the library that a restore puts aside: it is kept whatever state it is in. */
  readonly asItIs?: boolean
}

export type WrittenBackup = Pick<LibraryBackup, 'file' | 'bytes' | 'files'>

/**
 * Copies the library in use, by SQLite's online backup, and the files of its folder into one file; all of it or nothing.
 *
 * Throws `backup-exists`, `library-damaged` or `not-writable`.
 */
export async function writeBackup(
  database: Database,
  folder: string,
  order: BackupOrder,
): Promise<WrittenBackup> {
  const { file, asItIs = false } = order
  if (existsSync(file)) throw backupExists(file)
  const temporary = join(dirname(file), `.${basename(file)}.${randomUUID().slice(0, 8)}`)
  try {
    mkdirSync(dirname(file), { recursive: true })
    await copyPages(database, temporary, order)
    const files = completeCopy(temporary, folder, asItIs)
    flush(temporary)
    if (existsSync(file)) throw backupExists(file)
    renameSync(temporary, file)
    return { file, files, bytes: statSync(file).size }
  } catch (error) {
    for (const ending of ['', '-journal', '-wal', '-shm']) rmSync(`${temporary}${ending}`, { force: true })
    throw error instanceof Failure ? error : notWritable(file, error)
  }
}

async function copyPages(database: Database, file: string, { signal, progress }: BackupOrder): Promise<void> {
  const pages = 2000
  await database.backup(file, {
    progress: ({ totalPages, remainingPages }) => {
      if (signal?.aborted === true) throw cancelled()
      progress?.({ done: totalPages - remainingPages, total: totalPages })
      return pages
    },
  })
  if (signal?.aborted === true) throw cancelled()
}

function completeCopy(file: string, folder: string, asItIs: boolean): number {
  const copy = new Sqlite(file)
  try {
    // One file that can be carried anywhere: no log beside it.
    copy.pragma('journal_mode = DELETE')
    const files = packFiles(copy, folder)
    const problems = asItIs ? [] : pageProblems(copy)
    if (problems.length > 0) throw damaged(folder, problems)
    return files
  } finally {
    copy.close()
  }
}

function flush(path: string): void {
  const file = openSync(path, 'r+')
  try {
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}

function backupExists(file: string): Failure {
  return new Failure('refused', 'backup-exists', 'There is a file of this name already.', {
    advice: 'Name another file, or a folder: the backup then gets a name of its own.',
    file,
  })
}

function damaged(folder: string, problems: readonly string[]): Failure {
  return new Failure('refused', 'library-damaged', `The library is damaged: ${problems[0] ?? ''}.`, {
    advice: 'A backup of it would be no use: restore an earlier one.',
    file: folder,
  })
}

function notWritable(file: string, error: unknown): Failure {
  const message = error instanceof Error ? error.message : String(error)
  return new Failure('usage', 'not-writable', `The backup cannot be written: ${message}`, {
    advice: 'Name a folder that can be written and has room.',
    file,
  })
}
