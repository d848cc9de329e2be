import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { writeFileAtomically } from '../services/exporting/writeFileAtomically.ts'

const entrySchema = z.object({ folder: z.string().min(1), openedAt: z.iso.datetime() })
const listSchema = z.object({
  next: z.string().min(1).nullable().catch(null),
  opened: z.array(z.unknown()).catch([]),
})

/** Beside the default library, and in no backup: folders are those of this machine. */
const fileName = 'libraries.json'
const mostOpened = 8

export type OpenedLibrary = z.infer<typeof entrySchema>

export interface LibraryList {
  /** Folder that the next start opens; null: the default one. */
  readonly next: string | null
  /** Newest first. */
  readonly opened: readonly OpenedLibrary[]
}

/** What can be read of the list in this folder; an empty one where there is none, or a damaged one. */
export function readLibraryList(home: string): LibraryList {
  const { next, opened } = listSchema.safeParse(readJson(join(home, fileName))).data ?? {
    next: null,
    opened: [],
  }
  return { next, opened: opened.flatMap((entry) => entrySchema.safeParse(entry).data ?? []) }
}

/** Throws `not-writable`. */
export function writeLibraryList(home: string, list: LibraryList): Promise<void> {
  return writeFileAtomically(join(home, fileName), Buffer.from(`${JSON.stringify(list, null, 2)}\n`))
}

export function withOpened({ next, opened }: LibraryList, entry: OpenedLibrary): LibraryList {
  const others = opened.filter(({ folder }) => folder !== entry.folder)
  return { next, opened: [entry, ...others].slice(0, mostOpened) }
}

export function withoutLibrary({ next, opened }: LibraryList, gone: string): LibraryList {
  return { next: next === gone ? null : next, opened: opened.filter(({ folder }) => folder !== gone) }
}

function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    // A program that opens its default library is worth more than this list.
    return null
  }
}
