import { describe, expect, it } from 'vitest'
import { changedFields, differingFields, fieldDigests } from '../../../src-main/report/differences.ts'
import { sampleReport } from '../../fixtures/report.ts'

type Path = readonly (string | number)[]

const { record } = sampleReport({ extrapolatedFrom: 30 })
const digests = fieldDigests(record)

/** Every field of the record, entries of lists too. */
function pathsOf(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path]
  const parts = Array.isArray(value) ? [...value.entries()] : Object.entries(value)
  return parts.length === 0 ? [path] : parts.flatMap(([key, part]) => pathsOf(part, [...path, key]))
}

function changedAt(path: Path): unknown {
  const copy = JSON.parse(JSON.stringify(record)) as Record<string, unknown>
  const parent = path.slice(0, -1).reduce((at, key) => at[key] as Record<string, unknown>, copy)
  parent[path.at(-1) ?? ''] = 'another'
  return copy
}

/** The path as a digest's name: a list is one field. */
function fieldOf(path: Path): string {
  const end = path.findIndex((key) => typeof key === 'number')
  return (end === -1 ? path : path.slice(0, end)).join('.')
}

describe('changedFields', () => {
  it('is empty for the record itself', () => {
    expect(changedFields(structuredClone(record), digests)).toEqual([])
  })

  it('names each field of the record, changed in turn', () => {
    const paths = pathsOf(record)
    expect(paths.length).toBeGreaterThan(400)
    for (const path of paths) {
      expect(changedFields(changedAt(path), digests).map(({ field }) => field)).toEqual([fieldOf(path)])
    }
  })

  it('names a field that came or went', () => {
    const { settings, ...without } = record
    const gone = changedFields(without, digests).map(({ field }) => field)
    expect(gone).toContain('settings.paper')
    expect(changedFields({ ...record, settings: { ...settings, more: 1 } }, digests)).toMatchObject([
      { field: 'settings.more' },
    ])
    expect(changedFields(null, digests).length).toBeGreaterThan(10)
  })
})

describe('differingFields', () => {
  it('names entries of lists and says both values', () => {
    const [stated, computed] = [{ a: [{ b: 1 }, { b: 2 }] }, { a: [{ b: 1 }, { b: 3 }] }]
    expect(differingFields(stated, computed, 'results')).toEqual([
      { field: 'results.a[1].b', message: 'It states 2, computed again it is 3.' },
    ])
    expect(differingFields(stated, stated, 'results')).toEqual([])
    expect(differingFields({}, { a: null }, 'results')).toMatchObject([{ field: 'results.a' }])
  })
})
