import type { Library } from '../library/openLibrary.ts'
import { unknownName } from './unknownName.ts'

/** A cell is an input like a file: where it is missing the input is refused, not the usage. */
export function unknownCell(library: Library, idOrName: string): Error {
  const known = library.cells.list().flatMap((cell) => [cell.id, cell.description.name])
  return unknownName('cell', idOrName, known, 'refused')
}
