import { damaged, unpacksTooLarge } from './refusals.ts'

/** Rows and columns of the largest sheet that the format allows. */
const [mostRows, mostColumns] = [1_048_576, 16_384]
/** Sheets are unpacked with every cell up to the farthest one, empty ones too. */
const mostCells = 2 ** 26

/** Refuses a sheet whose farthest cell lies where none can, or so far out that what lies before it fills the memory. */
export function refuseFarCells(sheetXml: Buffer): void {
  let rows = 0
  let columns = 0
  for (let at = sheetXml.indexOf(' r="'); at >= 0; at = sheetXml.indexOf(' r="', at + 4)) {
    const { row, column } = cellAt(sheetXml, at + 4)
    rows = Math.max(rows, row)
    columns = Math.max(columns, column)
    if (rows > mostRows || columns > mostColumns) throw damaged('workbook')
  }
  if (rows * columns > mostCells) throw unpacksTooLarge('workbook')
}

const [letterA, letterZ, digit0, digit9] = [65, 90, 48, 57]

/** Letters, then digits, as in `AB12`; a row is named by its digits alone. */
function cellAt(xml: Buffer, from: number): { row: number; column: number } {
  let at = from
  let column = 0
  for (; xml[at] >= letterA && xml[at] <= letterZ; at++) column = column * 26 + xml[at] - letterA + 1
  let row = 0
  for (; xml[at] >= digit0 && xml[at] <= digit9; at++) row = row * 10 + xml[at] - digit0
  return { row, column }
}
