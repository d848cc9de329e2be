import { describe, expect, it } from 'vitest'
import { previewCollector, type RecordPreview } from '../../../src-shared/cell/recordPreview.ts'
import { seededRandom } from '../../../src-shared/network/seededRandom.ts'

interface Row {
  readonly time: number
  readonly voltage: number
  readonly current: number
  readonly cycle: number
}

function thinned(rows: readonly Row[], celsius: (row: Row) => number | null = () => null): RecordPreview {
  const collector = previewCollector()
  for (const row of rows) collector.push(row, celsius(row))
  return collector.end()
}

function record(length: number): Row[] {
  const random = seededRandom(7)
  return Array.from({ length }, (_, i) => ({
    time: 10 * i,
    voltage: 3 + random.uniform(),
    current: random.uniform() - 0.5,
    cycle: 1 + Math.floor((5 * i) / length),
  }))
}

describe('the preview of a record', () => {
  it.each([1, 499, 500, 501, 1999, 20_000, 123_457])('keeps its ends and its peaks, of %i rows', (length) => {
    const rows = record(length)
    const at = Math.floor(length / 3)
    rows[at] = { ...rows[at], voltage: 9, current: -40 }
    const preview = thinned(rows)
    expect(preview.rows).toBe(length)
    expect(preview.time.length).toBeLessThanOrEqual(Math.min(length, 3002))
    expect([preview.time[0], preview.time.at(-1)]).toEqual([0, 10 * (length - 1)])
    const spike = preview.time.indexOf(10 * at)
    expect([preview.voltage[spike], preview.current[spike]]).toEqual([9, -40])
    for (const field of ['voltage', 'current'] as const) {
      const values = rows.map((row) => row[field])
      const most = values.reduce((a, b) => Math.max(a, b))
      const least = values.reduce((a, b) => Math.min(a, b))
      expect(Math.max(...preview[field])).toBe(Math.fround(most))
      expect(Math.min(...preview[field])).toBe(Math.fround(least))
    }
    expect([...preview.time]).toEqual([...preview.time].toSorted((a, b) => a - b))
  })

  it('keeps steps steep', () => {
    const rows = record(50_000).map((row, i) => ({ ...row, current: i < 33_333 ? 0 : -3.5 }))
    const { time, current } = thinned(rows)
    const step = current.findIndex((value) => value < 0)
    expect([time[step - 1], time[step]]).toEqual([333_320, 333_330])
  })

  it('keeps every row of a short record', () => {
    expect([...thinned(record(400)).time]).toEqual(record(400).map(({ time }) => time))
  })

  it('knows a temperature only where the file tells one', () => {
    const rows = record(30)
    expect(thinned(rows).temperature).toBeNull()
    const { temperature } = thinned(rows, ({ time }) => (time < 100 ? null : 25))
    expect([temperature?.[0], temperature?.at(-1)]).toEqual([Number.NaN, 25])
  })

  it('is empty for no rows', () => {
    expect(thinned([])).toMatchObject({ rows: 0, time: new Float32Array() })
  })
})
