import { describe, expect, it } from 'vitest'
import { traceOf } from '../../../src-shared/cell/trace.ts'
import type { CyclerRecord } from '../../../src-shared/cell/record.ts'
import { seededRandom } from '../../../src-shared/network/seededRandom.ts'

function cycleOf(rows: number): CyclerRecord {
  const random = seededRandom(3)
  const values = () => Float64Array.from({ length: rows }, () => random.uniform())
  return {
    time: Float64Array.from({ length: rows }, (_, i) => 100 + i),
    voltage: values(),
    current: values(),
    chargeCapacity: values(),
    dischargeCapacity: values(),
    cycle: new Int32Array(rows).fill(7),
    mode: new Uint8Array(rows),
  }
}

describe('the trace of a cycle', () => {
  it('keeps first, last, least and greatest in some 600 points', () => {
    const record = cycleOf(2000)
    const trace = traceOf(record)
    expect(trace.voltage.length).toBeLessThanOrEqual(602)
    expect(Math.max(...trace.voltage)).toBe(Math.fround(Math.max(...record.voltage)))
    expect(Math.min(...trace.voltage)).toBe(Math.fround(Math.min(...record.voltage)))
    expect(Math.max(...trace.current)).toBe(Math.fround(Math.max(...record.current)))
    expect(trace.time[0]).toBe(0)
    expect(trace.time.at(-1)).toBe(1999)
    expect([...trace.time]).toEqual([...trace.time].toSorted((a, b) => a - b))
  })

  it('keeps every sample of a short cycle', () => {
    expect([...traceOf(cycleOf(3)).time]).toEqual([0, 1, 2])
    expect(traceOf(cycleOf(1)).voltage).toHaveLength(1)
  })
})
