import { excelDate } from './excelDate.ts'
import type { SourceCell, SourceTable } from './sourceTable.ts'

/** Units of an Arbin database's columns, which are those that Arbin's workbooks print behind the same names. */
const units: Readonly<Record<string, string>> = {
  Test_Time: 's',
  Step_Time: 's',
  Current: 'A',
  Voltage: 'V',
  Charge_Capacity: 'Ah',
  Discharge_Capacity: 'Ah',
  Charge_Energy: 'Wh',
  Discharge_Energy: 'Wh',
  'dV/dt': 'V/s',
  Internal_Resistance: 'Ohm',
  AC_Impedance: 'Ohm',
  ACI_Phase_Angle: 'Deg',
}

/**
 * The record of an Arbin database, headed as Arbin's workbooks head it; null where there is none.
 *
 * The first auxiliary temperature joins as `Aux_Temperature(C)`; serial dates become dates.
 */
export function arbinDatabaseTable(tables: readonly SourceTable[]): SourceTable | null {
  const source = tables.find(({ name }) => name === 'Channel_Normal_Table')
  if (source === undefined) return null
  const [columns = [], ...rows] = source.rows
  const dateAt = columns.indexOf('DateTime')
  const temperature = temperatureOf(tables)
  const keyOf = rowKey(columns)
  const body = rows.map((row) => {
    const cells = row.map((cell, i) => (i === dateAt && typeof cell === 'number' ? excelDate(cell) : cell))
    return temperature === null ? cells : [...cells, temperature.get(keyOf(row)) ?? null]
  })
  const headings = columns.map((name) => headingOf(String(name)))
  return {
    name: source.name,
    rows: [temperature === null ? headings : [...headings, 'Aux_Temperature(C)'], ...body],
  }
}

function headingOf(column: string): string {
  if (column === 'DateTime') return 'Date_Time'
  return Object.hasOwn(units, column) ? `${column}(${units[column] ?? ''})` : column
}

/** Data type 1 of the auxiliary table is temperature, in °C. */
function temperatureOf(tables: readonly SourceTable[]): ReadonlyMap<string, SourceCell> | null {
  const source = tables.find(({ name }) => name === 'Auxiliary_Table')
  const [columns = [], ...rows] = source?.rows ?? []
  const at = (name: string) => columns.indexOf(name)
  const readings = rows.filter((row) => row[at('Data_Type')] === 1)
  if (readings.length === 0) return null
  const sensor = readings[0][at('Auxiliary_Index')]
  const ofSensor = readings.filter((row) => row[at('Auxiliary_Index')] === sensor)
  const keyOf = rowKey(columns)
  return new Map(ofSensor.map((row) => [keyOf(row), row[at('X')] ?? null]))
}

function rowKey(columns: readonly SourceCell[]): (row: readonly SourceCell[]) => string {
  const test = columns.indexOf('Test_ID')
  const point = columns.indexOf('Data_Point')
  return (row) => `${String(row[test])}/${String(row[point])}`
}
