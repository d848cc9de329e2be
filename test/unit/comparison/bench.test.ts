import { expect, it } from 'vitest'
import { bench } from '../../../src-main/comparison/bench.ts'

it('the bench times batches of 1 and 256 and a step of 128', async () => {
  const { inference, trainStep } = await bench({ runs: 1 })
  expect(inference.map(({ batch }) => batch)).toEqual([1, 256])
  expect(trainStep.batch).toBe(128)
  expect(trainStep.ms).toBeGreaterThan(0)
})
