import { createHash } from 'node:crypto'
import type { Difference } from '../../src-shared/contract/reports.ts'

/** Path of a field -> what stands there; a list is one value. */
type Leaves = Map<string, unknown>

/**
 * SHA-256 of every field's JSON by its path, the fields in the record's order: tells which field of a record was changed
 * after it was printed.
 */
export function fieldDigests(record: unknown): Record<string, string> {
  return Object.fromEntries([...leavesOf(record)].map(([path, value]) => [path, digestOf(value)]))
}

/** Fields whose digest is not the one that was attached. */
export function changedFields(record: unknown, attached: Readonly<Record<string, unknown>>): Difference[] {
  const found: Readonly<Record<string, unknown>> = fieldDigests(record)
  const paths = new Set([...Object.keys(found), ...Object.keys(attached)])
  return [...paths].flatMap((field) => {
    const [now, then] = [found[field], attached[field]]
    if (now === then) return []
    if (then === undefined) return [{ field, message: 'It was not in the record when it was printed.' }]
    if (now === undefined) return [{ field, message: 'It was in the record when it was printed.' }]
    return [{ field, message: 'It is not what its digest was made of.' }]
  })
}

/** Fields, down to the entries of lists, in which the stated value is not the computed one. */
export function differingFields(stated: unknown, computed: unknown, field: string): Difference[] {
  if (isParent(stated) && isParent(computed) && Array.isArray(stated) === Array.isArray(computed)) {
    const keys = [...new Set([...Object.keys(stated), ...Object.keys(computed)])]
    return keys.flatMap((key) =>
      differingFields(
        stated[key],
        computed[key],
        Array.isArray(stated) ? `${field}[${key}]` : `${field}.${key}`,
      ),
    )
  }
  if (JSON.stringify(stated) === JSON.stringify(computed)) return []
  return [{ field, message: `It states ${brief(stated)}, computed again it is ${brief(computed)}.` }]
}

type Parent = Readonly<Record<string, unknown>>

function isParent(value: unknown): value is Parent {
  return typeof value === 'object' && value !== null
}

function brief(value: unknown): string {
  const text = value === undefined ? 'nothing' : JSON.stringify(value)
  return text.length > 80 ? `${text.slice(0, 79)}…` : text
}

function leavesOf(value: unknown, path = '', leaves: Leaves = new Map()): Leaves {
  const isBranch = isParent(value) && !Array.isArray(value) && Object.keys(value).length > 0
  if (!isBranch) return leaves.set(path, value ?? null)
  for (const [key, part] of Object.entries(value))
    leavesOf(part, path === '' ? key : `${path}.${key}`, leaves)
  return leaves
}

function digestOf(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex')
}
