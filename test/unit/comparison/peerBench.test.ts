import { expect, it } from 'vitest'
import { peerBench } from '../../../src-main/comparison/peerBench.ts'

it('times the same network in TensorFlow.js, which trains, and in onnxruntime-web, which does not', async () => {
  const sizes = { shape: { T: 3, V: 5, F: 6, E: 3, U: 2 }, batches: [1, 4], trainBatch: 3, runs: 1 }
  const measured = await peerBench(sizes)
  expect(measured.map(({ engine, threads }) => [engine, threads])).toEqual([
    ['tensorflow', 1],
    ['onnxruntime-web', 1],
  ])
  for (const { inference } of measured) {
    expect(inference.map(({ batch }) => batch)).toEqual([1, 4])
    expect(inference.every(({ ms_per_battery }) => ms_per_battery > 0)).toBe(true)
  }
  expect(measured.map(({ trainStep }) => trainStep?.batch ?? null)).toEqual([3, null])
})
