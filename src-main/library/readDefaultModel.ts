import { existsSync } from 'node:fs'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import type { DefaultModel } from '../../src-shared/contract/models.ts'
import { defaultModelRepository } from './defaultModels.ts'
import { libraryFileName } from './openLibrary.ts'

/**
 * The newest choice of a default model in a folder's library, which is only looked at: null where none was made, where
 * there is no library, or one that this program cannot read.
 */
export function readDefaultModel(folder: string): DefaultModel | null {
  const file = join(folder, libraryFileName)
  if (!existsSync(file)) return null
  try {
    const database = new Sqlite(file, { readonly: true })
    try {
      return defaultModelRepository(database).newest()
    } finally {
      database.close()
    }
  } catch (error) {
    if (error instanceof Sqlite.SqliteError) return null
    throw error
  }
}
