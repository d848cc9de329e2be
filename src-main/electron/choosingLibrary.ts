import { resolve } from 'node:path'
import type { Libraries, ListedLibrary } from '../../src-shared/contract/libraries.ts'
import type { WireError } from '../../src-shared/contract/wire.ts'
import { Failure } from '../../src-shared/failure/failure.ts'
import { platformFolder } from '../services/library/libraryFolder.ts'
import { libraryKind } from '../services/library/libraryKind.ts'
import { type LibraryList, readLibraryList, withoutLibrary, writeLibraryList } from './libraryList.ts'
import { refusalOf } from './refusal.ts'
import { askForFolder, startAgain } from './shell.ts'
import type { StartLibrary } from './startLibrary.ts'

/** The default library is always among them, and what was chosen for the next start. */
export function librariesNow(start: StartLibrary, home = platformFolder()): Libraries {
  const { next, opened } = readLibraryList(home)
  const listed = (folder: string): ListedLibrary => {
    const kind = libraryKind(folder)
    const openedAt = opened.find((entry) => entry.folder === folder)?.openedAt ?? null
    const isThere = kind === 'library' || folder === home || (kind === 'empty' && openedAt === null)
    return { folder, openedAt, isDefault: folder === home, isThere }
  }
  const folders = new Set([...opened.map(({ folder }) => folder), ...(next === null ? [] : [next]), home])
  return {
    open: { ...listed(start.folder), isThere: true },
    others: [...folders].filter((folder) => folder !== start.folder).map(listed),
    isNamed: start.isNamed,
    gone: next === start.gone ? start.gone : null,
  }
}

/** One of the list: the page can name no other folder. */
export function openLibrary(start: StartLibrary, folder: string): Promise<WireError | null> {
  return refusalOf(async () => {
    requireUnnamed(start)
    const { others } = librariesNow(start)
    const found = others.find((library) => library.folder === folder)
    if (found === undefined) throw notListed(folder)
    if (!found.isThere) throw notThere(folder)
    await openNext({ ...readLibraryList(platformFolder()), next: folder }, start)
  })
}

/** One that the user chooses in a dialog: an empty folder becomes a new library. */
export function openOtherLibrary(start: StartLibrary): Promise<WireError | null> {
  return refusalOf(async () => {
    requireUnnamed(start)
    const chosen = await askForFolder()
    if (chosen === null) return
    const folder = resolve(chosen)
    const kind = libraryKind(folder)
    if (kind === 'missing') throw notThere(folder)
    if (kind === 'other' && folder !== platformFolder()) throw noLibrary(folder)
    const list = readLibraryList(platformFolder())
    // Chosen by hand, an empty folder is a new library even where there was one before.
    await openNext({ ...(kind === 'empty' ? withoutLibrary(list, folder) : list), next: folder }, start)
  })
}

/** Leaves the folder as it is. */
export function forgetLibrary(folder: string): Promise<WireError | null> {
  return refusalOf(() =>
    writeLibraryList(platformFolder(), withoutLibrary(readLibraryList(platformFolder()), folder)),
  )
}

async function openNext(list: LibraryList, start: StartLibrary): Promise<void> {
  await writeLibraryList(platformFolder(), list)
  if (list.next !== start.folder) startAgain()
}

function requireUnnamed({ isNamed, folder }: StartLibrary): void {
  if (!isNamed) return
  throw new Failure('refused', 'library-named', 'PIMOE_LIBRARY names the library of this window.', {
    advice: 'Start the program without PIMOE_LIBRARY to choose another library here.',
    file: folder,
  })
}

function notListed(file: string): Failure {
  return new Failure('usage', 'library-not-listed', 'This library is not in the list any more.', {
    advice: 'Choose its folder with “Another folder…”.',
    file,
  })
}

function notThere(file: string): Failure {
  return new Failure('refused', 'library-missing', 'There is no library in this folder now.', {
    advice: 'Connect its disk or put the folder back, then open it again.',
    file,
  })
}

function noLibrary(file: string): Failure {
  return new Failure('refused', 'not-a-library', 'This folder holds other files and no library.', {
    advice: 'Choose the folder of a library (library.sqlite lies in it) or an empty one for a new library.',
    file,
  })
}
