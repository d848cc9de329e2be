import type { MappingTemplate } from '../../src-shared/cell/mappingTemplate.ts'
import { lookIntoLibrary } from './lookIntoLibrary.ts'
import { templateRepository } from './templates.ts'

/** The templates of a folder's library; none where none can be read. */
export function readTemplates(folder: string): MappingTemplate[] {
  return lookIntoLibrary(folder, (database) => templateRepository(database).list()) ?? []
}
