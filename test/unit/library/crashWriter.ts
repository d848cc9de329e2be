import { openLibrary } from '../../../src-main/library/openLibrary.ts'
import { seededCycles, storeCell } from './storedCells.ts'

// Imports cells without end, until it is killed. Arguments: folder, first number, cycles per cell.
const [folder = '', first = '0', count = '1'] = process.argv.slice(2)
const library = openLibrary(folder)
const cycles = seededCycles(1, Number(count))
for (let seed = Number(first); ; seed++) {
  storeCell(library, seed, cycles)
  process.stdout.write('.')
}
