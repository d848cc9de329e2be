import { Failure } from '../../../src-shared/failure/failure.ts'
import type { ReadValues } from './passportValues.ts'

interface ResultBattery {
  battery: { name: string }
  condition: { name: string; value: number | string | null; unit: string | null; date: string | null }[]
}

/**
 * What a results file of this program says of the battery of that name, or of its only battery: to the one who takes it,
 * it is declared.
 */
export function resultValues(file: object, name: string, path: string): ReadValues {
  const batteries = batteriesOf(file)
  const named = batteries.find(({ battery }) => battery.name === name)
  const found = named ?? (batteries.length === 1 ? batteries.at(0) : undefined)
  if (found === undefined) throw noSuchBattery(name, path)
  const values = found.condition.flatMap(({ name: field, value, unit, date }, i) =>
    value === null ? [] : [{ name: field, value, unit, date, source: `condition.${i}` }],
  )
  return { format: 'pimoe-results', values, findings: [] }
}

function batteriesOf(file: object): ResultBattery[] {
  if (!('batteries' in file) || !Array.isArray(file.batteries)) return []
  return (file.batteries as unknown[]).filter(isBattery)
}

function isBattery(value: unknown): value is ResultBattery {
  if (typeof value !== 'object' || value === null) return false
  const { battery, condition } = value as Record<string, unknown>
  const isNamed = typeof battery === 'object' && battery !== null && 'name' in battery
  return isNamed && typeof battery.name === 'string' && Array.isArray(condition) && condition.every(isField)
}

function isField(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  const { name, value: stated, unit, date } = value as Record<string, unknown>
  const isText = (text: unknown): boolean => text === null || typeof text === 'string'
  return (
    typeof name === 'string' && (isText(stated) || typeof stated === 'number') && isText(unit) && isText(date)
  )
}

function noSuchBattery(name: string, file: string): Failure {
  return new Failure('refused', 'no-such-battery', `The file holds no results of ${name}.`, {
    advice: 'Name the battery as in the file, or give a file with one battery.',
    file,
  })
}
