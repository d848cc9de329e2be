import { describe, expect, it } from 'vitest'
import { stepsOf } from '../../../src-shared/cell/steps.ts'
import { cyclerRecord } from '../../fixtures/cyclerRecord.ts'

describe('stepsOf', () => {
  it('names the steps of each cycle and covers every row once', () => {
    const record = cyclerRecord([{ number: 1 }, { number: 2, hasDischarge: false }])
    const steps = stepsOf(record)
    expect(steps.map(({ cycle, mode }) => `${cycle} ${mode}`)).toEqual([
      '1 constant-current charge',
      '1 rest',
      '1 discharge',
      '2 constant-current charge',
      '2 rest',
    ])
    expect(steps.map(({ start }) => start)).toEqual([0, ...steps.slice(0, -1).map(({ end }) => end)])
    expect(steps.at(-1)!.end).toBe(record.time.length)
  })

  it('is empty for an empty record', () => {
    expect(stepsOf(cyclerRecord([]))).toEqual([])
  })
})
