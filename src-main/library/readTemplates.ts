import { existsSync } from 'node:fs'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import type { MappingTemplate } from '../../src-shared/cell/mappingTemplate.ts'
import { libraryFileName } from './openLibrary.ts'
import { templateRepository } from './templates.ts'

/**
 * The templates of a folder's library, which is only looked at: none where there is no library, or one that this program
 * cannot read.
 */
export function readTemplates(folder: string): MappingTemplate[] {
  const file = join(folder, libraryFileName)
  if (!existsSync(file)) return []
  try {
    const database = new Sqlite(file, { readonly: true })
    try {
      return templateRepository(database).list()
    } finally {
      database.close()
    }
  } catch (error) {
    if (error instanceof Sqlite.SqliteError) return []
    throw error
  }
}
