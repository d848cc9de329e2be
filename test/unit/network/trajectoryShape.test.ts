import { describe, expect, it } from 'vitest'
import { seededRandom } from '../../../src-shared/network/seededRandom.ts'
import {
  riseBackward,
  riseForward,
  roughnessBackward,
  roughnessForward,
} from '../../../src-shared/network/trajectoryShape.ts'

const shape = { B: 2, T: 7 }

/** (T,B,4): trend of no meaning here, use held but for one change in window 1 at step 4. */
function recurrentInput(changed: boolean): Float64Array {
  const input = new Float64Array(shape.T * shape.B * 4).fill(1)
  if (changed) for (let t = 4; t < shape.T; t++) input[(t * shape.B + 1) * 4 + 3] = 45
  return input
}

describe('roughness', () => {
  it('is zero for straight trajectories', () => {
    const straight = Float64Array.from({ length: 14 }, (_, i) => 3 - 0.01 * (i % 7))
    expect(roughnessForward(straight, recurrentInput(false), shape)).toBeCloseTo(0, 20)
  })

  it('lets a change of use bend the capacity', () => {
    const step = Float64Array.from({ length: 14 }, (_, i) => (i >= 11 ? 2.8 : 3))
    expect(roughnessForward(step, recurrentInput(true), shape)).toBeCloseTo(0, 20)
    expect(roughnessForward(step, recurrentInput(false), shape)).toBeGreaterThan(1e-3)
  })
})

describe('rise', () => {
  it('is zero for trajectories that fall', () => {
    const falling = Float64Array.from({ length: 14 }, (_, i) => 3 - 0.01 * (i % 7) ** 2)
    expect(riseForward(falling, recurrentInput(false), shape)).toBe(0)
  })

  it('lets a change of use lift the capacity', () => {
    const step = Float64Array.from({ length: 14 }, (_, i) => (i >= 11 ? 3.2 : 3))
    expect(riseForward(step, recurrentInput(true), shape)).toBe(0)
    expect(riseForward(step, recurrentInput(false), shape)).toBeGreaterThan(1e-3)
  })
})

describe.each([
  ['roughness', roughnessForward, roughnessBackward],
  ['rise', riseForward, riseBackward],
] as const)('the gradient of %s', (_, forward, backward) => {
  it('agrees with central differences', () => {
    const random = seededRandom(4)
    const capacity = Float64Array.from({ length: 14 }, () => random.gaussian())
    const recurrent = recurrentInput(true)
    const gradient = new Float64Array(14)
    backward(gradient, capacity, recurrent, 3, shape)
    for (let i = 0; i < 14; i++) {
      const kept = capacity[i]
      const at = (value: number): number => {
        capacity[i] = value
        return 3 * forward(capacity, recurrent, shape)
      }
      const difference = (at(kept + 1e-5) - at(kept - 1e-5)) / 2e-5
      capacity[i] = kept
      expect(gradient[i]).toBeCloseTo(difference, 7)
    }
  })
})
