import { readdirSync } from 'node:fs'
import { libraryFileName } from '../../library/libraryFile.ts'

/** What a folder is to a library: it holds one, could hold a new one, holds other files, or cannot be read. */
export type LibraryKind = 'library' | 'empty' | 'other' | 'missing'

/** Names that a system puts into folders which a person calls empty. */
const unseen = /^(\.|desktop\.ini$|thumbs\.db$)/i

export function libraryKind(folder: string): LibraryKind {
  const names = namesIn(folder)
  if (names === null) return 'missing'
  if (names.includes(libraryFileName)) return 'library'
  return names.every((name) => unseen.test(name)) ? 'empty' : 'other'
}

function namesIn(folder: string): string[] | null {
  try {
    return readdirSync(folder)
  } catch {
    return null
  }
}
