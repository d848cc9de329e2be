import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  renameSync,
  writeSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import type { Database } from 'better-sqlite3'

/** Folders of the library that a backup carries beside the database. */
export const packedFolders = ['quarantine', 'models', 'keys', 'batches'] as const

/** SQLite holds no BLOB above 1 GB: files are kept in parts. */
const part_bytes = 8 * 1024 ** 2

/** Writes the files of the library's folder into a backup; returns how many. */
export function packFiles(database: Database, folder: string): number {
  database.exec(
    'CREATE TABLE packed_file (path TEXT, part INTEGER, bytes BLOB NOT NULL, PRIMARY KEY (path, part)) STRICT',
  )
  const insert = database.prepare('INSERT INTO packed_file (path, part, bytes) VALUES (?, ?, ?)')
  const paths = packedFolders.flatMap((name) => filesBelow(folder, name))
  const pack = database.transaction(() => paths.filter((path) => packFile(insert, folder, path)).length)
  return pack()
}

/** Paths relative to the folder, with `/`; links are not followed. */
function filesBelow(folder: string, path: string): string[] {
  const entries = readdirIfThere(join(folder, path))
  return entries.flatMap((entry) => {
    const below = `${path}/${entry.name}`
    if (entry.isDirectory()) return filesBelow(folder, below)
    return entry.isFile() ? [below] : []
  })
}

function readdirIfThere(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true })
  } catch (error) {
    if (isMissing(error)) return []
    throw error
  }
}

/** False where the file went away meanwhile. */
function packFile(insert: { run: (...values: unknown[]) => unknown }, folder: string, path: string): boolean {
  const file = openIfThere(join(folder, path))
  if (file === null) return false
  try {
    const buffer = Buffer.alloc(part_bytes)
    for (let part = 0; ; part++) {
      const length = readSync(file, buffer, 0, part_bytes, null)
      if (length === 0 && part > 0) return true
      insert.run(path, part, buffer.subarray(0, length))
      if (length < part_bytes) return true
    }
  } finally {
    closeSync(file)
  }
}

function openIfThere(path: string): number | null {
  try {
    return openSync(path, 'r')
  } catch (error) {
    if (isMissing(error)) return null
    throw error
  }
}

/** Writes the packed files into a folder, each whole or not at all. A path that leads elsewhere is left out. */
export function unpackFiles(database: Database, folder: string): void {
  const paths = database
    .prepare<[], { path: string }>('SELECT DISTINCT path FROM packed_file ORDER BY path')
    .all()
  const parts = database.prepare<[string], { bytes: Buffer }>(
    'SELECT bytes FROM packed_file WHERE path = ? ORDER BY part',
  )
  for (const { path } of paths.filter((row) => isOwnPath(row.path))) {
    const file = join(folder, ...path.split('/'))
    mkdirSync(dirname(file), { recursive: true })
    writeParts(file, parts.iterate(path))
  }
}

function writeParts(path: string, parts: Iterable<{ bytes: Buffer }>): void {
  const temporary = `${path}.restoring`
  const file = openSync(temporary, 'w')
  try {
    for (const { bytes } of parts) writeSync(file, bytes)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
  renameSync(temporary, path)
}

/** A backup may come from anywhere: only plain paths into the library's own folders are written. */
function isOwnPath(path: string): boolean {
  const [first, ...rest] = path.split('/')
  const isKnown = packedFolders.some((name) => name === first)
  return isKnown && rest.length > 0 && rest.every((part) => /^[^\\:\0]+$/.test(part) && !/^\.+$/.test(part))
}

export function hasPackedFiles(database: Database): boolean {
  const row = database
    .prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'packed_file'")
    .get()
  return row !== undefined
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT'
}
