import { describe, expect, it } from 'vitest'
import { kernelNames, loadKernels } from '../../src-main/kernels/loadKernels.ts'
import { seededRandom } from '../../src-shared/network/seededRandom.ts'
import { createBench } from './kernelBench.ts'
import { kernelCases } from './kernelCases.ts'

// Alone, odd, whole and with a tail of every kind of tile and block, large.
const sizes = [1, 3, 8, 17, 37, 130]

describe.each(kernelNames)('%s', (name) => {
  it.each(sizes)('does what the reference does with %i rows', (n) => {
    for (const { found, expected } of kernelCases[name](createBench(seededRandom(n)), n)) {
      expect(found).toHaveLength(expected.length)
      const scale = Array.from(expected).reduce((most, x) => Math.max(most, Math.abs(x)), 1e-6)
      const errors = Array.from(found, (x, i) => Math.abs(x - expected[i]) / scale)
      expect(
        errors.every((error) => error < 3e-6),
        `${Math.max(...errors)}`,
      ).toBe(true)
    }
  })
})

it('all that the module exports are listed', () => {
  const exported = Object.keys(loadKernels(0).kernels).filter((name) => name !== 'memory')
  expect(exported.toSorted()).toEqual([...kernelNames])
})
