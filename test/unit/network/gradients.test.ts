import { describe, expect, it } from 'vitest'
import { backwardPass, createGradients } from '../../../src-shared/network/backward.ts'
import { forwardPass } from '../../../src-shared/network/forward.ts'
import { initialParameters } from '../../../src-shared/network/initialParameters.ts'
import { lossForward } from '../../../src-shared/network/loss.ts'
import { seededRandom } from '../../../src-shared/network/seededRandom.ts'
import type { NetworkShape } from '../../../src-shared/network/shape.ts'
import { createWorkspace, loadParameters } from '../../../src-shared/network/workspace.ts'

const gate = { k: 2, alpha: 10 }

describe('gradients against central differences', () => {
  it.each([
    { B: 1, T: 1, V: 1, F: 1, E: 2, U: 1, noise: false, masked: false },
    { B: 3, T: 5, V: 7, F: 6, E: 5, U: 3, noise: true, masked: false },
    { B: 7, T: 4, V: 5, F: 12, E: 4, U: 6, noise: true, masked: true },
    { B: 8, T: 6, V: 9, F: 12, E: 5, U: 8, noise: false, masked: true },
  ])('agree, B=$B T=$T V=$V F=$F E=$E U=$U noise=$noise masked=$masked', (row) => {
    const { B, noise, masked, ...shape } = row
    const problem = randomProblem(shape, B, { noise, masked })
    const gradients = problem.gradients()
    const random = seededRandom(5)
    for (const name in gradients) {
      const parameter = problem.parameters[name]
      const scale = gradients[name].reduce((most, g) => Math.max(most, Math.abs(g)), 1e-3)
      for (let check = 0; check < 6; check++) {
        const i = random.below(parameter.length)
        const numeric = centralDifference(problem, parameter, i)
        expect(Math.abs(numeric - gradients[name][i]) / scale, `${name}[${i}]`).toBeLessThan(2e-5)
      }
    }
  })
})

interface Problem {
  parameters: Record<string, Float32Array>
  loss(): number
  gradients(): Record<string, Float64Array>
}

function randomProblem(
  shape: NetworkShape,
  B: number,
  options: { noise: boolean; masked: boolean },
): Problem {
  const random = seededRandom(B + shape.T)
  const gaussians = (count: number) => Float32Array.from({ length: count }, () => random.gaussian())
  const parameters = initialParameters(shape, random)
  parameters['w_noise'].set(gaussians(shape.E * shape.E))
  const { T, V, F, E } = shape
  const input = { B, curve: gaussians(B * V), features: gaussians(B * F), use: gaussians(B * T * 3) }
  const epsilon = options.noise ? gaussians(B * E) : null
  const target = gaussians(B * T)
  const mask = options.masked
    ? Float32Array.from({ length: B * T }, () => (random.uniform() < 0.3 ? 0 : 3 * random.uniform()))
    : null
  const workspace = createWorkspace(shape, B)
  const gradients = createGradients(shape, B)
  const loss = () => {
    loadParameters(workspace, parameters)
    forwardPass(workspace, gate, input, epsilon)
    return lossForward(workspace.capacity, target, mask, workspace.gate, { B, T, E }).total
  }
  return {
    parameters,
    loss,
    gradients: () => {
      loss()
      backwardPass(gradients, workspace, gate, { target, mask, epsilon })
      return gradients.of
    },
  }
}

/** Parameters are float32, so the step really taken is measured. */
function centralDifference(problem: Problem, parameter: Float32Array, i: number): number {
  const kept = parameter[i]
  const evaluate = (value: number): [number, number] => {
    parameter[i] = value
    return [parameter[i], problem.loss()]
  }
  const [high, lossHigh] = evaluate(kept + 1e-3)
  const [low, lossLow] = evaluate(kept - 1e-3)
  parameter[i] = kept
  return (lossHigh - lossLow) / (high - low)
}
