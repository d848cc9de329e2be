import { describe, expect, it } from 'vitest'
import { cycleTraces } from '../../../src-main/services/cycleTrace.ts'
import type { CyclerRecord } from '../../../src-shared/cell/record.ts'
import { seededRandom } from '../../../src-shared/network/seededRandom.ts'

function recordOf(cycle: Int32Array): CyclerRecord {
  const random = seededRandom(3)
  const rows = cycle.length
  const values = () => Float64Array.from({ length: rows }, () => random.uniform())
  return {
    time: Float64Array.from({ length: rows }, (_, i) => 100 + i),
    voltage: values(),
    current: values(),
    chargeCapacity: values(),
    dischargeCapacity: values(),
    cycle,
    mode: new Uint8Array(rows),
  }
}

describe('cycle traces', () => {
  const record = recordOf(Int32Array.from({ length: 6000 }, (_, i) => 1 + Math.floor(i / 2000)))

  it('keeps first, last, least and greatest of every cycle in some 300 points', () => {
    for (const [number, trace] of cycleTraces(record)) {
      const voltage = record.voltage.slice((number - 1) * 2000, number * 2000)
      expect(trace.voltage.length).toBeLessThanOrEqual(302)
      expect(Math.max(...trace.voltage)).toBe(Math.fround(Math.max(...voltage)))
      expect(Math.min(...trace.voltage)).toBe(Math.fround(Math.min(...voltage)))
      expect(trace.time[0]).toBe(0)
      expect(trace.time.at(-1)).toBe(1999)
      expect([...trace.time]).toEqual([...trace.time].toSorted((a, b) => a - b))
    }
  })

  it('keeps every sample of a short cycle', () => {
    const traces = cycleTraces(recordOf(Int32Array.of(7, 7, 7, 8)))
    expect([...traces.keys()]).toEqual([7, 8])
    expect([...traces.get(7)!.time]).toEqual([0, 1, 2])
    expect(traces.get(8)!.voltage).toHaveLength(1)
  })

  it('takes the longest stretch of a number that comes back', () => {
    const traces = cycleTraces(recordOf(Int32Array.of(1, 2, 2, 1, 1, 1)))
    expect(traces.get(1)!.time).toHaveLength(3)
  })
})
