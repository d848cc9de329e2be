import { describe, expect, it } from 'vitest'
import { tensorflowEngine, tensorflowGradients } from '../../../src-main/comparison/tensorflowNetwork.ts'
import { backwardPass, createGradients } from '../../../src-shared/network/backward.ts'
import { forward, forwardPass } from '../../../src-shared/network/forward.ts'
import { lossForward } from '../../../src-shared/network/loss.ts'
import { createWorkspace, loadParameters } from '../../../src-shared/network/workspace.ts'
import { largestDifference, randomProblem } from './randomProblem.ts'

const gate = { k: 2, alpha: 10 }

const sizes = [
  { B: 1, T: 1, V: 1, F: 1, E: 2, U: 1 },
  { B: 3, T: 5, V: 7, F: 6, E: 5, U: 3 },
  { B: 7, T: 9, V: 13, F: 12, E: 4, U: 17 },
  { B: 2, T: 50, V: 50, F: 12, E: 5, U: 64 },
]

describe('an independent network in TensorFlow.js', () => {
  it.each(sizes)('answers as the reference, B=$B T=$T V=$V F=$F E=$E U=$U', async ({ B, ...shape }) => {
    const { parameters, input } = randomProblem(shape, B)
    const ours = forward(parameters, shape, gate, input)
    const theirs = (await tensorflowEngine())(parameters, shape, gate, input)
    for (const name of ['capacity', 'trend', 'gateLogits', 'gateWeights'] as const) {
      expect(largestDifference(ours[name], theirs[name]), name).toBeLessThan(1e-5)
    }
  })

  it.each(
    sizes.flatMap((size) => [
      { ...size, noise: false },
      { ...size, noise: true },
    ]),
  )('has the reference’s gradients, B=$B T=$T U=$U noise=$noise', async ({ B, noise, ...shape }) => {
    const { parameters, input, target, epsilon: drawn } = randomProblem(shape, B)
    const epsilon = noise ? drawn : null
    const workspace = createWorkspace(shape, B)
    const gradients = createGradients(shape, B)
    loadParameters(workspace, parameters)
    forwardPass(workspace, gate, input, epsilon)
    const { total } = lossForward(workspace.capacity, target, null, workspace.gate, { B, ...shape })
    backwardPass(gradients, workspace, gate, { target, mask: null, epsilon })
    const theirs = await tensorflowGradients(parameters, { shape, gate }, input, { target, epsilon })
    expect(Math.abs(theirs.loss - total) / Math.abs(total)).toBeLessThan(1e-5)
    for (const [name, ours] of Object.entries(gradients.of)) {
      const largest = ours.reduce((most, x) => Math.max(most, Math.abs(x)), 1e-6)
      expect(largestDifference(ours, theirs.of[name]) / largest, name).toBeLessThan(1e-4)
    }
  })
})
