import { describe, expect, it } from 'vitest'
import { byCondition, drawWindows, evenWindows } from '../../../../src-main/training/windows/drawWindows.ts'
import { samplesOf, selectSamples } from '../../../../src-main/training/windows/samples.ts'
import { refuseOverlap } from '../../../../src-main/training/problem/trainingCell.ts'
import { seededRandom } from '../../../../src-shared/network/seededRandom.ts'
import { toyCell, toyCells, toySettings } from '../toyCells.ts'

const { network, input } = toySettings
const { T, V } = network
const convention = { network, input, scaler: null, leastRows: 10 }

describe('training windows', () => {
  const cell = toyCell({ number: 1, role: 'train', cycles: 15 })

  it('see one row and the capacities from it on, relative to the rated one', () => {
    const samples = samplesOf([cell], convention)
    expect([...samples.row]).toEqual([0, 1, 2, 3, 4, 5])
    samples.row.forEach((row, i) => {
      expect(samples.curve[i * V + 49]).toBeCloseTo(cell.cycles[row].chargeCurve!.charge[49] / 2, 6)
      for (let t = 0; row + t < 15 && t < T; t++) {
        expect(samples.target[i * T + t]).toBeCloseTo(cell.cycles[row + t].dischargeCapacity! / 2, 6)
      }
    })
  })

  it('mask what the file no longer holds and hold the last use there', () => {
    const changing = {
      ...cell,
      cycles: cell.cycles.map((cycle, i) => ({ ...cycle, use: { ...cycle.use, temperature: 25 + i } })),
    }
    const samples = samplesOf([changing], convention)
    const i = samples.N - 1
    expect([...samples.mask.subarray(i * T, (i + 1) * T)]).toEqual([1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0])
    const temperatures = Array.from({ length: T }, (_, t) => samples.use[(i * T + t) * 3 + 2] * 10 + 35)
    expect(temperatures.map(Math.round)).toEqual([30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 39, 39])
  })

  it('mask capacities that were not measured and skip rows that cannot be read', () => {
    const holes = cell.cycles.map((cycle, i) => ({
      ...cycle,
      dischargeCapacity: i === 3 ? null : cycle.dischargeCapacity,
      chargeCurve: i === 1 ? null : cycle.chargeCurve,
    }))
    const samples = samplesOf([{ ...cell, cycles: holes }], convention)
    expect([...samples.row]).toEqual([0, 2, 3, 4, 5])
    expect(samples.mask[3]).toBe(0)
    expect(samples.target[3]).toBe(0)
  })

  it('take the stored currents and Ah for legacy networks', () => {
    const legacy = { ...input, kind: 'legacy' as const, use: { mean: [0, 0, 0], scale: [1, 1, 1] } }
    const samples = samplesOf([cell], { ...convention, input: legacy })
    expect([...samples.use.subarray(0, 3)]).toEqual([5, 1, 25])
    expect(samples.target[0]).toBeCloseTo(cell.cycles[0].dischargeCapacity!, 6)
  })

  it('keep together what belongs together when selected', () => {
    const all = samplesOf(toyCells(), convention)
    const some = selectSamples(all, [40, 3])
    expect([...some.row]).toEqual([all.row[40], all.row[3]])
    expect(some.curve.subarray(V, 2 * V)).toEqual(all.curve.subarray(3 * V, 4 * V))
    expect(some.mask).toHaveLength(2 * T)
  })
})

describe('drawing windows', () => {
  it('gives a condition its share by the root of its windows', () => {
    const cells = [
      toyCell({ number: 1, role: 'train', cycles: 409, condition: 'long' }),
      toyCell({ number: 1, role: 'train', cycles: 25, condition: 'short' }),
    ]
    const samples = samplesOf(cells, convention)
    const groups = byCondition(samples)
    expect([...groups.values()].map((group) => group.length)).toEqual([400, 16])
    const drawn = drawWindows(groups, 6000, seededRandom(1))
    const short = drawn.filter((i) => samples.cell[i] === 1).length
    expect(short / 6000).toBeGreaterThan(0.14)
    expect(short / 6000).toBeLessThan(0.195)
    const watched = evenWindows(groups, 20)
    expect(watched).toHaveLength(36)
    expect(new Set(watched).size).toBe(36)
  })
})

describe('the split', () => {
  it('refuses a cell in two roles, whatever it is called', () => {
    const cell = toyCell({ number: 1, role: 'train' })
    expect(() => refuseOverlap(toyCells())).not.toThrow()
    const again = [
      { ...cell, role: 'validation' as const },
      { ...cell, path: 'other.csv', cell: 'other', role: 'validation' as const },
      { ...cell, path: 'copy/toy A-#1.csv', sha256: 'another', role: 'calibration' as const },
    ]
    for (const other of again) {
      expect(() => refuseOverlap([cell, other])).toThrow(
        expect.objectContaining({ kind: 'refused', code: 'split-overlap' }),
      )
    }
  })
})
