import { describe, expect, it } from 'vitest'
import { calibrate } from '../../../../src-main/training/judging/calibrate.ts'
import { forecast, predict } from '../../../../src-main/training/network/predict.ts'
import { samplesOf } from '../../../../src-main/training/windows/samples.ts'
import { initialParameters } from '../../../../src-shared/network/initialParameters.ts'
import { seededRandom } from '../../../../src-shared/network/seededRandom.ts'
import { toyCell, toySettings } from '../toyCells.ts'

const { network, input } = toySettings
const { T } = network
const model = { network, input, parameters: initialParameters(network, seededRandom(1)) }
const convention = { network, input, scaler: null, leastRows: 10 }

function windowsOf(cells: number) {
  const numbers = Array.from({ length: cells }, (_, i) => i + 1)
  return samplesOf(
    numbers.map((number) => toyCell({ number, role: 'calibration', chargeRate: number % 2 === 0 ? 1 : 0.5 })),
    convention,
  )
}

describe('the interval', () => {
  it('holds at least its level of every calibration cell when there are few, and widens with distance', () => {
    const samples = windowsOf(4)
    const { score, slope, base, cells, coverage, level } = calibrate(model, samples)
    expect(cells).toBe(4)
    expect(score).toEqual([...score].sort((a, b) => a - b))
    expect(coverage).toBeGreaterThanOrEqual(level)
    const predicted = forecast(model, samples)
    for (let cell = 0; cell < 4; cell++) {
      for (let t = 0; t < T; t++) {
        const inside = Array.from(samples.cell.keys())
          .filter((i) => samples.cell[i] === cell && samples.mask[i * T + t] === 1)
          .map((i) => {
            const fade = Math.abs(predicted[i * T + t] - predicted[i * T])
            const error = Math.abs(predicted[i * T + t] - samples.target[i * T + t])
            return error <= score[t] * (base + slope * fade) * (1 + 1e-9)
          })
        expect(inside.filter(Boolean).length / inside.length).toBeGreaterThanOrEqual(level)
      }
    }
  })

  it('may leave a cell out when there are twenty, as a level of 90 % allows', () => {
    const some = calibrate(model, windowsOf(4)).score[0]
    const samples = windowsOf(20)
    const outlier = samples.target.map((value, at) =>
      samples.cell[Math.floor(at / T)] === 7 ? value + 5 : value,
    )
    expect(calibrate(model, { ...samples, target: outlier }).score[0]).toBeLessThan(some * 2)
  })
})

describe('a forecast', () => {
  it('keeps the present whatever is planned, and is the plain network for the own use held', () => {
    const samples = windowsOf(2)
    const plain = predict(model, samples)
    expect(forecast(model, samples)).toEqual(plain)
    const random = seededRandom(4)
    const use = samples.use.map((value, at) => (at % (T * 3) < 3 ? value : value + random.gaussian()))
    const changed = forecast(model, { ...samples, use })
    for (let i = 0; i < samples.N; i++) expect(changed[i * T]).toBeCloseTo(plain[i * T], 6)
    expect(changed).not.toEqual(plain)
  })
})
