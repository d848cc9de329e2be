import { accessSync, constants } from 'node:fs'
import { join } from 'node:path'
import { Failure } from '../../src-shared/failure/failure.ts'
import { libraryFileName } from './libraryFile.ts'

/** What a user's machine can do to a sound program; anything else that SQLite says is a bug. */
export function isExpected(error: unknown): boolean {
  const code = codeOf(error)
  return ['SQLITE_BUSY', 'SQLITE_FULL', 'SQLITE_READONLY', 'SQLITE_IOERR', 'SQLITE_CORRUPT'].some((known) =>
    code.startsWith(known),
  )
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}

/** What another program, a full or write-protected disk did to the library of this folder, and what to do; a bug as it is. */
export function libraryFailure(error: unknown, folder: string): unknown {
  if (!(error instanceof Error) || error instanceof Failure) return error
  const file = join(folder, libraryFileName)
  const code = codeOf(error)
  if (code === 'SQLITE_NOTADB' || code === 'SQLITE_CORRUPT') {
    return new Failure('refused', 'library-damaged', 'The file is not a battery library.', {
      advice: 'Put a backup back with `pimoe restore FILE`, or name another folder with --library.',
      file,
    })
  }
  if (code.startsWith('SQLITE_FULL')) {
    return new Failure('refused', 'library-full', 'There is no room left for the library.', {
      advice: 'Make room on the disk, then repeat.',
      file,
    })
  }
  if (code.startsWith('SQLITE_BUSY')) {
    return new Failure('refused', 'library-busy', 'Another program holds the library.', {
      advice: 'Wait until the other program has finished, then repeat.',
      file,
    })
  }
  if (isReadOnly(code, folder)) {
    const message = 'The library cannot be written: its folder or its file is read-only.'
    return new Failure('refused', 'library-read-only', message, {
      advice:
        'Allow writing there, or copy the folder to where it can be written and name the copy with --library.',
      file: folder,
    })
  }
  return new Failure('refused', 'library-folder', `The library cannot be opened: ${error.message}`, {
    advice: 'Name a folder that can be written with --library.',
    file: folder,
  })
}

const forbidden = ['EROFS', 'EACCES', 'EPERM']

/** SQLite only says that it cannot open a file beside which it can make no other. */
function isReadOnly(code: string, folder: string): boolean {
  if (code.startsWith('SQLITE_READONLY') || forbidden.includes(code)) return true
  if (!code.startsWith('SQLITE_CANTOPEN')) return false
  try {
    accessSync(folder, constants.W_OK)
    return false
  } catch (error) {
    return forbidden.includes(codeOf(error))
  }
}
