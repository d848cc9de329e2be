import { Failure } from '../../../src-shared/failure/failure.ts'
import { damaged, holdsNothing, wrongSignature } from './refusals.ts'
import { refuseFarCells } from './sheetExtent.ts'
import type { SourceCell, SourceTable } from './sourceTable.ts'
import { verifyEntries, zipEntries } from './zipDirectory.ts'

/**
 * Every sheet of an xlsx workbook, in the workbook's order; sheets without rows are left out.
 *
 * Rows are counted from the cells, not from the sheet's `dimension`, which some makers' programs declare wrongly.
 */
export async function xlsxTables(bytes: Uint8Array): Promise<readonly SourceTable[]> {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (buffer.toString('latin1', 0, 2) !== 'PK') throw wrongSignature('workbook (xlsx)')
  const entries = zipEntries(buffer)
  if (!entries.some(({ name }) => name === 'xl/workbook.xml')) throw wrongSignature('workbook (xlsx)')
  await verifyEntries(buffer, entries, ({ name }, content) => {
    if (name.startsWith('xl/worksheets/')) refuseFarCells(content)
  })
  const tables = (await sheetsOf(buffer)).filter(({ rows }) => rows.length > 0)
  if (tables.length === 0) throw holdsNothing('workbook')
  return tables
}

async function sheetsOf(bytes: Buffer): Promise<SourceTable[]> {
  const { default: readSheets } = await import('read-excel-file/node')
  try {
    const sheets = await readSheets(bytes)
    return sheets.map(({ sheet, data }) => ({ name: sheet, rows: data.map((row) => row.map(cellOf)) }))
  } catch (error) {
    throw error instanceof Failure ? error : damaged('workbook')
  }
}

// The library declares dates as `typeof Date`, yet delivers them as Date.
function cellOf(value: unknown): SourceCell {
  if (typeof value === 'string') return value === '' ? null : value
  if (typeof value === 'number' || typeof value === 'boolean' || value instanceof Date) return value
  return null
}
