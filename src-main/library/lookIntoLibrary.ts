import { existsSync } from 'node:fs'
import { join } from 'node:path'
import Sqlite, { type Database } from 'better-sqlite3'
import { libraryFileName } from './libraryFile.ts'

/**
 * What a folder's library says, which is only looked at, never made or changed: null where there is no library, or one that
 * this program cannot read.
 */
export function lookIntoLibrary<Found>(folder: string, look: (database: Database) => Found): Found | null {
  const file = join(folder, libraryFileName)
  if (!existsSync(file)) return null
  try {
    const database = new Sqlite(file, { readonly: true })
    try {
      return look(database)
    } finally {
      database.close()
    }
  } catch (error) {
    if (error instanceof Sqlite.SqliteError) return null
    throw error
  }
}
