/** The numbers behind a figure. */
export interface Table {
  readonly columns: readonly { readonly name: string; readonly unit: string | null }[]
  readonly rows: readonly (readonly (number | string | null)[])[]
}

/** RFC 4180: CRLF, quoted where needed, decimal point, the unit in the heading; an unknown value is an empty field. */
export function tableToCsv(table: Table): string {
  const heading = table.columns.map(({ name, unit }) => (unit === null ? name : `${name} (${unit})`))
  return [heading, ...table.rows].map((row) => `${row.map(field).join(',')}\r\n`).join('')
}

function field(value: number | string | null): string {
  if (value === null || (typeof value === 'number' && !Number.isFinite(value))) return ''
  const text = String(value)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
