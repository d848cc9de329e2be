/** The columns of Bitrode's comma-separated export, which has no heading; energies and charges count within a step. */
const names = [
  'Flag',
  'Total Time (s)',
  'Cycle',
  'Loop 1',
  'Loop 2',
  'Loop 3',
  'Step',
  'Step Time (s)',
  'Current (A)',
  'Voltage (V)',
  'Power (W)',
  'Capacity (Ah)',
  'Energy (Wh)',
  'State',
  'Event',
] as const

const states = /^(REST|CHRG|CHG|DCHG|DISC?|PAUS|STOP|END)$/i

/** The headings of a file that opens with a row of Bitrode's; null where the row is another's. */
export function bitrodeNames(cells: readonly string[]): readonly string[] | null {
  if (cells.length < names.length || !/^(yes|no)$/i.test(cells[0].trim())) return null
  const numbers = cells.slice(1, names.indexOf('State'))
  if (numbers.some((text) => text.trim() === '' || !Number.isFinite(Number(text)))) return null
  if (!states.test(cells[names.indexOf('State')].trim())) return null
  const [current, voltage, power] = numbers.slice(7, 10).map(Number)
  const isPower = Math.abs(current * voltage - power) <= 0.02 * Math.abs(power) + 0.1
  const isInStep = Number(numbers[6]) <= Number(numbers[0])
  return isPower && isInStep ? names : null
}
