import { expect, it } from 'vitest'
import { batchBench } from '../../../../src-main/services/batch/batchBench.ts'

it('times a batch from the library to the file', async () => {
  const measured = await batchBench({ cells: 3, threads: 1 })
  expect(measured).toMatchObject({ cells: 3, scenarios: 4, threads: 1 })
  // Every cell has an answer: a refusal is much shorter than a trajectory.
  expect(measured.file_MB).toBeGreaterThan(3 * 4 * 0.005)
  expect(measured.time_s).toBeGreaterThan(0)
})
