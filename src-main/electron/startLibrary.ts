import { type FolderQuestion, libraryFolder, platformFolder } from '../services/library/libraryFolder.ts'
import { libraryKind } from '../services/library/libraryKind.ts'
import { type LibraryList, readLibraryList, withOpened, writeLibraryList } from './libraryList.ts'

/** The library that this start of the program opens. */
export interface StartLibrary {
  readonly folder: string
  /** Named by PIMOE_LIBRARY. */
  readonly isNamed: boolean
  /** Chosen for this start, but not there. */
  readonly gone: string | null
}

/** As PIMOE_LIBRARY names it, else as chosen in the window, else the platform's. */
export function startLibrary(question: FolderQuestion = {}): StartLibrary {
  const { environment = process.env } = question
  const folder = libraryFolder(question)
  if ((environment['PIMOE_LIBRARY'] ?? '') !== '') return { folder, isNamed: true, gone: null }
  const list = readLibraryList(folder)
  const { next } = list
  if (next === null || next === folder) return { folder, isNamed: false, gone: null }
  return canOpen(list, next)
    ? { folder: next, isNamed: false, gone: null }
    : { folder, isNamed: false, gone: next }
}

/** A folder that held a library must not be taken for a new one: it may be the empty place of a disk that is not there. */
function canOpen({ opened }: LibraryList, folder: string): boolean {
  const kind = libraryKind(folder)
  return kind === 'library' || (kind === 'empty' && opened.every((entry) => entry.folder !== folder))
}

/** Puts the library that was opened first in the list; one named from outside stays out of it. */
export async function noteStart(
  { folder, isNamed }: StartLibrary,
  { home = platformFolder(), now = new Date() } = {},
): Promise<void> {
  if (isNamed) return
  const list = withOpened(readLibraryList(home), { folder, openedAt: now.toISOString() })
  // Where it cannot be written the window opens all the same; a choice made there says so.
  await writeLibraryList(home, list).catch(() => undefined)
}
