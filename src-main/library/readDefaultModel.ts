import type { DefaultModel } from '../../src-shared/contract/models.ts'
import { defaultModelRepository } from './defaultModels.ts'
import { lookIntoLibrary } from './lookIntoLibrary.ts'

/** The newest choice of a default model in a folder's library; null where none was made or none can be read. */
export function readDefaultModel(folder: string): DefaultModel | null {
  return lookIntoLibrary(folder, (database) => defaultModelRepository(database).newest())
}
