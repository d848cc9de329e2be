import type { Finding } from '../../../src-shared/cell/finding.ts'
import { conditionNames, type ConditionName } from '../../../src-shared/exchange/conditionNames.ts'
import type { DeclaredValue } from '../../../src-shared/exchange/declaration.ts'
import { passportPaths } from './passportPaths.ts'

export interface ReadValues {
  readonly format: string
  readonly values: readonly DeclaredValue[]
  readonly findings: readonly Finding[]
}

interface Found {
  readonly source: string
  readonly value: number | string
  readonly date: string | null
}

/** What a battery passport declares. A number that no battery has, or a day that no calendar has, becomes a finding. */
export function passportValues(passport: unknown): ReadValues {
  const nodes = [...walk(passport, '')]
  const values: DeclaredValue[] = []
  const findings: Finding[] = []
  for (const [name, ends] of Object.entries(passportPaths)) {
    const node = nodes.find(({ path }) => ends.some((end) => path === end || path.endsWith(`.${end}`)))
    const found = node === undefined ? null : foundIn(node.value, node.path)
    if (found === null) continue
    const field: ConditionName | undefined = conditionNames.find((one) => one.name === name)
    const doubt = doubtOf(found, { name, field })
    if (doubt === null) values.push({ name, ...found, unit: field?.unit ?? null })
    else findings.push(doubt)
  }
  return { format: 'battery-passport', values, findings }
}

const deepest = 12

function* walk(value: unknown, path: string, depth = 0): Generator<{ path: string; value: unknown }> {
  if (typeof value !== 'object' || value === null || depth > deepest) return
  for (const [key, child] of Object.entries(value)) {
    const at = path === '' ? key : `${path}.${key}`
    yield { path: at, value: child }
    yield* walk(child, at, depth + 1)
  }
}

/** A bare value; or the one beside its date; of several components, the cell's. Null where there is none. */
function foundIn(node: unknown, source: string): Found | null {
  if (typeof node === 'number' || typeof node === 'string') return { source, value: node, date: null }
  if (Array.isArray(node)) {
    const list = node as unknown[]
    const cell = list.find(
      (one) =>
        typeof one === 'object' &&
        one !== null &&
        'batteryComponent' in one &&
        one.batteryComponent === 'cell',
    )
    return foundIn(cell ?? list.at(0), source)
  }
  if (typeof node !== 'object' || node === null) return null
  const entries = Object.entries(node)
  const date = entries.find(([key, value]) => isDateKey(key) && typeof value === 'string')
  const value = entries.find(([key]) => !isDateKey(key) && !['batteryComponent', 'atSoC'].includes(key))
  const inner = value === undefined ? null : foundIn(value[1], source)
  return inner === null ? null : { ...inner, date: inner.date ?? (date?.[1] as string | undefined) ?? null }
}

function isDateKey(key: string): boolean {
  return key === 'time' || /last_?update/i.test(key)
}

function doubtOf(
  found: Found,
  { name, field }: { name: string; field: ConditionName | undefined },
): Finding | null {
  const { source, value, date } = found
  const isDate = name === 'manufacturingDate' || name === 'puttingIntoService'
  const day = date ?? (isDate ? String(value) : null)
  if (day !== null && Number.isNaN(Date.parse(day))) {
    return doubt('not-a-date', `${source} holds no date: ${day}.`, source)
  }
  const range = field?.range ?? null
  if (range === null || isWithin(value, range)) return null
  const span = `${range[0]} to ${range[1]} ${field?.unit ?? ''}`
  return doubt('unlikely-declared', `${source} declares ${String(value)}; a battery has ${span}.`, source)
}

function isWithin(value: number | string, [low, high]: readonly [number, number]): boolean {
  return typeof value === 'number' && value >= low && value <= high
}

function doubt(code: string, message: string, column: string): Finding {
  return { code, message, column, proposal: 'The value was left out: ask who issued the file.' }
}
