import { describe, expect, it } from 'vitest'
import { signalOverview } from '../../../src-shared/cell/signalOverview.ts'

function overviewOf(rows: number, spikes: readonly number[] = []) {
  const overview = signalOverview()
  for (let i = 0; i < rows; i++) {
    const isSpike = spikes.includes(i)
    const row = { time: i * 2, voltage: isSpike ? 9 : 3 + i / rows, current: isSpike ? -50 : 1 }
    overview.add(row, i + 2)
  }
  return overview
}

describe('signalOverview', () => {
  it('keeps every row of a short record', () => {
    expect(overviewOf(300).signals().time).toHaveLength(300)
  })

  it.each([0, 1, 511, 512, 513, 100_003])('keeps first, last and order, %d rows', (rows) => {
    const { time, voltage, current } = overviewOf(rows).signals()
    expect(time.at(0)).toBe(rows === 0 ? undefined : 0)
    expect(time.at(-1)).toBe(rows === 0 ? undefined : 2 * (rows - 1))
    expect([...time].toSorted((a, b) => a - b)).toEqual(time)
    expect([voltage.length, current.length]).toEqual([time.length, time.length])
    expect(time.length).toBeLessThan(3000)
  })

  it('loses no spike of a long record', () => {
    const { time, voltage, current } = overviewOf(200_000, [77_777, 199_998]).signals()
    expect(time.filter((_, i) => voltage[i] === 9)).toEqual([155_554, 399_996])
    expect(time.filter((_, i) => current[i] === -50)).toEqual([155_554, 399_996])
  })

  it.each([2, 999, 50_000, 100_001])('knows when line %d was measured', (line) => {
    const time = overviewOf(100_000).timeOf(line)!
    expect(Math.abs(time - 2 * (line - 2))).toBeLessThanOrEqual(2)
  })

  it('knows no time where there is no row', () => {
    expect(overviewOf(0).timeOf(3)).toBeNull()
  })
})
