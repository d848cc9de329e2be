import { expect, it } from 'vitest'
import { bench } from '../../../src-main/comparison/bench.ts'
import { fitThreadModel, threadCurve } from '../../../src-main/comparison/trainStep.ts'

it('the bench times batches of 1 and 256 and a step of 128', async () => {
  const { inference, trainStep } = await bench({ runs: 1 })
  expect(inference.map(({ batch }) => batch)).toEqual([1, 256])
  expect(trainStep.batch).toBe(128)
  expect(trainStep.ms).toBeGreaterThan(0)
})

it('says how many threads it used, which is no more than it can use', async () => {
  expect((await bench({ runs: 1 })).threads).toBe(1)
  expect((await bench({ runs: 1, threads: 2 })).threads).toBe(2)
  expect((await bench({ runs: 1, threads: 200 })).threads).toBe(8)
})

it('the curve measures where there are cores and models the rest', async () => {
  const curve = await threadCurve(1, 2)
  expect(curve.map(({ threads, source }) => [threads, source])).toEqual([
    [1, 'measured'],
    [2, 'measured'],
    [4, 'modelled'],
    [8, 'modelled'],
  ])
  expect(await threadCurve(1, 1)).toHaveLength(1)
})

it('the model goes through one and two threads, and no part of it is negative', () => {
  const { serial, parallel } = fitThreadModel(36, 19)
  expect([serial + parallel, serial + parallel / 2]).toEqual([36, 19])
  expect(fitThreadModel(36, 17)).toEqual({ serial: 0, parallel: 36 })
  expect(fitThreadModel(36, 40)).toEqual({ serial: 36, parallel: 0 })
})
