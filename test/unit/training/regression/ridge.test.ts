import { expect, it } from 'vitest'
import { kernelAxes } from '../../../../src-shared/evidence/presentCapacity.ts'
import { stateLength } from '../../../../src-shared/evidence/state.ts'
import { seededRandom } from '../../../../src-shared/network/seededRandom.ts'
import { nearness, ridgeFits, type KernelRow } from '../../../../src-main/training/regression/ridge.ts'

const random = seededRandom(1)

function row(): KernelRow {
  const state = Float64Array.from({ length: stateLength }, (_, i) => 0.01 * i + 0.05 * random.uniform())
  return { state, use: [random.uniform(), 0, random.uniform(), 0] }
}

const points = Array.from({ length: 11 }, row)
const states = Float32Array.from(points.flatMap(({ state }) => [...state]))
const uses = Float32Array.from(points.flatMap(({ use }) => [...use]))
const axes = kernelAxes(states, uses, (state) => state)
const rows = Array.from({ length: 300 }, row)
const capacity = rows.map(({ state, use }) => state[20] + 0.1 * use[0])
/** Two of three rows were followed, one of them farther. */
const near = rows.map(({ state }, n) => (n % 3 === 0 ? NaN : state[30]))
const far = rows.map(({ use }, n) => (n % 3 === 2 ? use[2] : NaN))

it('several targets lead to the weights of each alone, on the rows that know it', () => {
  const together = ridgeFits(axes, rows, [
    { ridge: 1e-3, wanted: capacity },
    { ridge: 1e-2, wanted: near },
    { ridge: 1e-1, wanted: far },
  ])
  const alone = [
    ridgeFits(axes, rows, [{ ridge: 1e-3, wanted: capacity }]),
    ridgeFits(axes, rows, [{ ridge: 1e-2, wanted: near }]),
    ridgeFits(axes, rows, [{ ridge: 1e-1, wanted: far }]),
  ].flat()
  together.forEach(({ level, weights }, k) => {
    expect(level).toBeCloseTo(alone[k].level, 12)
    weights.forEach((weight, m) => expect(weight).toBeCloseTo(alone[k].weights[m], 5))
  })
})

it('says of the rows what they were to lead to, the closer the smaller the ridge', () => {
  const errorOf = (ridge: number): number => {
    const [{ level, weights }] = ridgeFits(axes, rows, [{ ridge, wanted: capacity }])
    const errors = rows.map((one, n) => {
      const said = nearness(axes, one).reduce((sum, value, m) => sum + value * weights[m], level)
      return (said - capacity[n]) ** 2
    })
    return errors.reduce((sum, error) => sum + error, 0)
  }
  expect(errorOf(1e-4)).toBeLessThan(errorOf(1e2))
})
