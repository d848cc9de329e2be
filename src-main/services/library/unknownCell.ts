import type { Library } from '../../library/openLibrary.ts'
import { unknownName } from '../unknownName.ts'

/** A cell is an input like a file: where it is missing the input is refused, not the usage. */
export function unknownCell(library: Library, idOrName: string): Error {
  return unknownName('cell', idOrName, library.cells.names(), 'refused')
}
