import { describe, expect, it } from 'vitest'
import { fitWhitening, foldWhitening, whiten } from '../../../../src-main/training/windows/whitening.ts'
import { forward } from '../../../../src-shared/network/forward.ts'
import { initialParameters } from '../../../../src-shared/network/initialParameters.ts'
import { seededRandom } from '../../../../src-shared/network/seededRandom.ts'

const shape = { T: 5, V: 9, F: 6, E: 3, U: 4 }
const { V } = shape

describe('whitened curves', () => {
  const random = seededRandom(2)
  const N = 400
  const curves = new Float32Array(N * V)
  for (let n = 0; n < N; n++) {
    let charge = 1
    for (let i = 0; i < V; i++) curves[n * V + i] = charge += 0.1 * random.gaussian()
  }
  const whitening = fitWhitening(curves, V, 1e-6)
  const white = new Float32Array(N * V)
  for (let n = 0; n < N; n++)
    whiten(white.subarray(n * V, (n + 1) * V), curves.subarray(n * V, (n + 1) * V), whitening)

  it('have mean 0 and unit covariance', () => {
    for (let i = 0; i < V; i++) {
      for (let j = 0; j <= i; j++) {
        let product = 0
        let mean = 0
        for (let n = 0; n < N; n++) {
          product += white[n * V + i] * white[n * V + j]
          mean += white[n * V + i]
        }
        expect(mean / N).toBeCloseTo(0, 4)
        expect(product / N).toBeCloseTo(i === j ? 1 : 0, 3)
      }
    }
  })

  it('leave the network as it was once folded into the experts', () => {
    const parameters = initialParameters(shape, random)
    const rest = {
      B: N,
      features: new Float32Array(N * shape.F).fill(0.3),
      use: new Float32Array(N * shape.T * 3),
    }
    const gate = { k: 2, alpha: 10 }
    const trained = forward(parameters, shape, gate, { ...rest, curve: white })
    const folded = forward(foldWhitening(parameters, shape, whitening), shape, gate, {
      ...rest,
      curve: curves,
    })
    trained.capacity.forEach((value, i) => expect(folded.capacity[i]).toBeCloseTo(value, 5))
  })
})
