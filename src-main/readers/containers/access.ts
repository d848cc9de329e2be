import { damaged, encrypted, holdsNothing, wrongSignature } from './refusals.ts'
import type { SourceCell, SourceTable } from './sourceTable.ts'

type AccessRow = Readonly<Record<string, unknown>>

/**
 * Every table with rows of an Access database, such as Arbin's .res; the first row of each holds the column names.
 *
 * Rows with `Test_ID` and `Data_Point` come sorted by both: the database keeps them in no order.
 */
export async function accessTables(bytes: Uint8Array): Promise<readonly SourceTable[]> {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (!/^Standard (Jet|ACE) DB/.test(buffer.toString('latin1', 4, 20))) throw wrongSignature('database (res)')
  const { default: Database } = await import('mdb-reader')
  const tables = withDamageNamed(() => {
    const database = new Database(buffer)
    return database.getTableNames().map((name) => tableOf(name, database.getTable(name)))
  }).filter(({ rows }) => rows.length > 1)
  if (tables.length === 0) throw holdsNothing('database')
  return tables
}

function withDamageNamed<Result>(read: () => Result): Result {
  try {
    return read()
  } catch (error) {
    const isProtected = error instanceof Error && /password|encrypt/i.test(error.message)
    throw isProtected ? encrypted('database') : damaged('database')
  }
}

function tableOf(
  name: string,
  table: { getColumnNames(): string[]; getData(): readonly AccessRow[] },
): SourceTable {
  const columns = table.getColumnNames()
  const rows = inOrder(columns, table.getData())
  return { name, rows: [columns, ...rows.map((row) => columns.map((column) => cellOf(row[column])))] }
}

function inOrder(columns: readonly string[], rows: readonly AccessRow[]): readonly AccessRow[] {
  const keys = ['Test_ID', 'Data_Point'].filter((key) => columns.includes(key))
  return [...rows].sort((a, b) => {
    const key = keys.find((name) => a[name] !== b[name])
    return key === undefined ? 0 : Number(a[key]) - Number(b[key])
  })
}

function cellOf(value: unknown): SourceCell {
  if (typeof value === 'bigint') return Number(value)
  if (typeof value === 'string') return value === '' ? null : value
  if (typeof value === 'number' || typeof value === 'boolean' || value instanceof Date) return value
  return null
}
