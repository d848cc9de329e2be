import { describe, expect, it } from 'vitest'
import { compileKernels } from '../../src-main/kernels/build.ts'
import { createRunner } from '../../src-main/kernels/inference.ts'
import { kernelForward } from '../../src-main/kernels/kernelForward.ts'
import { kernelBytes } from '../../src-main/kernels/kernelBytes.ts'
import { firstFreeByte, loadKernels } from '../../src-main/kernels/loadKernels.ts'
import { createTrainingPass } from '../../src-main/kernels/trainingPass.ts'
import { adamStep, createAdamState } from '../../src-shared/network/adam.ts'
import { backwardPass, createGradients } from '../../src-shared/network/backward.ts'
import { makeCausal } from '../../src-shared/network/causality.ts'
import { forward, forwardPass } from '../../src-shared/network/forward.ts'
import { initialParameters } from '../../src-shared/network/initialParameters.ts'
import { lossBackward } from '../../src-shared/network/loss.ts'
import { seededRandom } from '../../src-shared/network/seededRandom.ts'
import type { NetworkShape } from '../../src-shared/network/shape.ts'
import { createWorkspace, loadParameters } from '../../src-shared/network/workspace.ts'
import { gaussians, randomWindows } from './randomWindows.ts'

const gate = { k: 2, alpha: 10 }
const published: NetworkShape = { T: 50, V: 50, F: 12, E: 5, U: 64 }
const shapes: readonly (NetworkShape & { B: number })[] = [
  { T: 1, V: 1, F: 1, E: 3, U: 1, B: 1 },
  { T: 3, V: 7, F: 2, E: 3, U: 5, B: 3 },
  { T: 10, V: 50, F: 6, E: 5, U: 33, B: 9 },
  { ...published, B: 1 },
  { ...published, B: 37 },
  { T: 10, V: 50, F: 6, E: 5, U: 128, B: 16 },
]

function seededNetwork({ B, ...shape }: NetworkShape & { B: number }) {
  const random = seededRandom(7)
  const parameters = initialParameters(shape, random)
  for (const tensor of Object.values(parameters))
    for (let i = 0; i < tensor.length; i++) tensor[i] += 0.05 * random.gaussian()
  const { T, E } = shape
  const input = randomWindows(shape, B, random)
  const epsilon = gaussians(B * E, random)
  return { shape, parameters, input, epsilon, target: gaussians(B * T, random) }
}

function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let largest = 0
  for (let i = 0; i < a.length; i++) largest = Math.max(largest, Math.abs(a[i] - b[i]))
  return largest
}

describe('activations', () => {
  it.each([
    ['logistic', (x: number) => 1 / (1 + Math.exp(-x))],
    ['tanh', Math.tanh],
  ] as const)('%s is within 1e-6 of the exact function, far out as well', (name, exact) => {
    const { kernels, memory } = loadKernels(1 << 20)
    const floats = new Float32Array(memory.buffer)
    const x = Float32Array.from({ length: 40_000 }, (_, i) => (i - 20_000) / 400)
    x.set([0, -0, 1e-30, 1e30, -1e30, 88, -88, 200])
    floats.set(x, firstFreeByte >> 2)
    const out = firstFreeByte + 4 * x.length
    kernels[name](out, firstFreeByte, x.length)
    const answer = floats.subarray(out >> 2, (out >> 2) + x.length)
    expect(largestDifference(answer, Array.from(x, exact))).toBeLessThan(1e-6)
  })
})

it('tanh keeps its relative accuracy near 0', () => {
  const { kernels, memory } = loadKernels(1 << 20)
  const floats = new Float32Array(memory.buffer)
  const x = Float32Array.from({ length: 4000 }, (_, i) => 10 ** (-7 + i / 600))
  floats.set(x, firstFreeByte >> 2)
  const out = firstFreeByte + 4 * x.length
  kernels.tanh(out, firstFreeByte, x.length)
  const errors = Array.from(x, (value, i) => Math.abs(floats[(out >> 2) + i] / Math.tanh(value) - 1))
  expect(Math.max(...errors)).toBeLessThan(5e-7)
})

describe('inference on kernels', () => {
  it.each(shapes)('matches the reference, B=$B T=$T V=$V U=$U', (sizes) => {
    const { shape, parameters, input } = seededNetwork(sizes)
    const expected = forward(parameters, shape, gate, input)
    const answer = kernelForward(parameters, shape, gate, input)
    expect(largestDifference(answer.capacity, expected.capacity)).toBeLessThan(1e-5)
    expect(largestDifference(answer.trend, expected.trend)).toBeLessThan(1e-5)
    expect(largestDifference(answer.gateLogits, expected.gateLogits)).toBeLessThan(1e-5)
    expect(largestDifference(answer.gateWeights, expected.gateWeights)).toBeLessThan(1e-5)
  })

  it('gives a window the same bits alone and in any batch', () => {
    const { shape, parameters, input } = seededNetwork({ ...published, B: 70 })
    const runner = createRunner(shape)
    runner.load(parameters)
    const together = runner.run(gate, input)
    const { T, V, F } = shape
    for (const first of [69, 68, 67, 60]) {
      const last = {
        B: 70 - first,
        curve: input.curve.slice(first * V),
        features: input.features.slice(first * F),
        use: input.use.slice(first * T * 3),
      }
      expect(runner.run(gate, last).capacity).toEqual(together.capacity.slice(first * T))
    }
  })

  it.each([true, false])(
    'gives the steps that are read the same bits as all of them, causal: %s',
    (isCausal) => {
      const B = 70
      const { shape, parameters, input } = seededNetwork({ ...published, B })
      if (isCausal) makeCausal(parameters, shape)
      const { T } = shape
      const whole = kernelForward(parameters, shape, gate, input)
      const steps = Int32Array.from({ length: B }, (_, b) => (b < 32 ? 1 : 1 + (b % 20)))
      const read = kernelForward(parameters, shape, gate, { ...input, steps })
      steps.forEach((count, b) => {
        const from = b * T
        expect(read.capacity.slice(from, from + count)).toEqual(whole.capacity.slice(from, from + count))
      })
      expect(read.gateWeights).toEqual(whole.gateWeights)
    },
  )
})

describe('training on kernels', () => {
  it.each(shapes)('matches the reference gradients, B=$B T=$T V=$V U=$U', (sizes) => {
    const { shape, parameters, input, epsilon, target } = seededNetwork(sizes)
    const { B } = sizes
    const workspace = createWorkspace(shape, B)
    const gradients = createGradients(shape, B)
    loadParameters(workspace, parameters)
    forwardPass(workspace, gate, input, epsilon)
    backwardPass(gradients, workspace, gate, { target, mask: null, epsilon })
    const pass = createTrainingPass(parameters, { shape, gate, B })
    pass.forward(input, epsilon)
    expect(largestDifference(pass.capacity, workspace.capacity)).toBeLessThan(1e-5)
    const [dCapacity, dGate] = [new Float64Array(B * shape.T), new Float64Array(B * shape.E)]
    lossBackward(dCapacity, dGate, pass.capacity, target, null, pass.gate, { B, T: shape.T, E: shape.E })
    pass.backward(dCapacity, dGate)
    const found = createGradients(shape, B).of
    pass.readGradients(found)
    for (const [name, expected] of Object.entries(gradients.of)) {
      const scale = expected.reduce((largest, x) => Math.max(largest, Math.abs(x)), 1e-6)
      expect(largestDifference(found[name], expected) / scale, name).toBeLessThan(1e-4)
    }
  })

  it('steps as the reference optimiser does', () => {
    const sizes = { T: 3, V: 7, F: 2, E: 3, U: 5, B: 3 }
    const { shape, parameters, input, epsilon, target } = seededNetwork(sizes)
    const pass = createTrainingPass(parameters, { shape, gate, B: 3 })
    const expected = Object.fromEntries(Object.entries(parameters).map(([name, p]) => [name, p.slice()]))
    const state = createAdamState(shape)
    const settings = { learningRate: 1e-3, weightDecay: 0.02 }
    const gradients = createGradients(shape, 3).of
    for (let i = 0; i < 5; i++) {
      pass.forward(input, epsilon)
      const [dCapacity, dGate] = [new Float64Array(9), new Float64Array(9)]
      lossBackward(dCapacity, dGate, pass.capacity, target, null, pass.gate, { B: 3, T: 3, E: 3 })
      pass.backward(dCapacity, dGate)
      pass.readGradients(gradients)
      pass.step(settings)
      adamStep(expected, gradients, state, settings)
    }
    const found = Object.fromEntries(Object.entries(parameters).map(([name, p]) => [name, p.slice()]))
    pass.readParameters(found)
    for (const name in expected)
      expect(largestDifference(found[name], expected[name]), name).toBeLessThan(2e-6)
  })
})

it('the bytes that ship are those of the sources', () => {
  expect(compileKernels().toString('base64')).toBe(kernelBytes)
}, 60_000)
