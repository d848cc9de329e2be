import { describe, expect, it } from 'vitest'
import { createOnnxSession } from '../../../src-main/comparison/onnxSession.ts'
import { writeOnnx } from '../../../src-main/checkpoints/onnx.ts'
import { completePackage } from '../../../src-main/checkpoints/modelPackage.ts'
import { forward } from '../../../src-shared/network/forward.ts'
import { largestDifference, randomProblem } from '../comparison/randomProblem.ts'

const gate = { k: 2, alpha: 10 }

describe('a network written as ONNX', () => {
  it.each([
    { batches: [1, 3], T: 1, V: 1, F: 6, E: 2, U: 1 },
    { batches: [3, 1], T: 5, V: 7, F: 6, E: 5, U: 3 },
    { batches: [7, 2], T: 9, V: 13, F: 12, E: 4, U: 17 },
    { batches: [1, 33], T: 50, V: 50, F: 12, E: 5, U: 64 },
  ])('answers as the reference in onnxruntime, T=$T V=$V F=$F E=$E U=$U', async ({ batches, ...shape }) => {
    const { parameters } = randomProblem(shape, 1)
    const session = await createOnnxSession(writeOnnx(packageOf(shape, parameters)))
    for (const B of batches) {
      const { input } = randomProblem(shape, B)
      const ours = forward(parameters, shape, gate, input)
      const theirs = await session.run(shape, input)
      expect(largestDifference(ours.capacity, theirs.capacity)).toBeLessThan(1e-5)
      expect(largestDifference(ours.gateWeights, theirs.gateWeights)).toBeLessThan(1e-5)
      expect(largestDifference(ours.trend, theirs.trend)).toBeLessThan(1e-5)
    }
    await session.close()
  })

  it('carries the name and the hash of the model, and equal packages give equal bytes', () => {
    const shape = { T: 2, V: 3, F: 6, E: 3, U: 2 }
    const model = packageOf(shape, randomProblem(shape, 1).parameters)
    const bytes = writeOnnx(model)
    expect(new TextDecoder().decode(bytes)).toContain(model.sha256)
    expect(new TextDecoder().decode(bytes)).toContain('Netz ö')
    expect(writeOnnx(model)).toEqual(bytes)
  })
})

function packageOf(
  shape: { T: number; V: number; F: number; E: number; U: number },
  parameters: Record<string, Float32Array>,
) {
  return completePackage({
    manifest: {
      schema: 'pimoe-model/1',
      name: 'Netz ö',
      created: '2026-01-01T00:00:00.000Z',
      program: 'test',
      simulated: true,
      network: { ...shape, ...gate },
      input: { kind: 'legacy', features: 6, curveUnit: 'Ah', use: { mean: [0, 0, 0], scale: [1, 1, 1] } },
      scaler: null,
      domain: null,
      interval: null,
      training: null,
      metrics: null,
    },
    parameters,
  })
}
