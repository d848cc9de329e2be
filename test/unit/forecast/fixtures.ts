import type { CellDescription } from '../../../src-shared/cell/cell.ts'
import type { Cycle } from '../../../src-shared/cell/cycle.ts'
import type { Manifest, ModelPackage } from '../../../src-shared/forecast/package.ts'
import type { Parameters } from '../../../src-shared/network/shape.ts'

const shape = { T: 12, V: 50, F: 12, E: 5, U: 4, k: 2, alpha: 10 }

/** A small joint package with fixed pseudo-random weights, trained "on" two conditions. */
export function jointPackage(changes: Partial<Manifest> = {}): ModelPackage {
  const manifest: Manifest = {
    schema: 'pimoe-model/1',
    name: 'tiny',
    created: '2026-01-01T00:00:00.000Z',
    program: 'test',
    simulated: false,
    network: shape,
    input: {
      kind: 'joint',
      features: 12,
      curveUnit: 'Ah',
      use: { mean: [0.5, 1, 30], scale: [0.25, 0.5, 10] },
    },
    scaler: { mean: new Array<number>(12).fill(0), scale: new Array<number>(12).fill(1) },
    domain: {
      cellTypes: [{ label: 'Cell A', chemistry: 'NCA', nominalCapacity_Ah: 3.5 }],
      conditions: [
        { name: 'A', charge_rate: 0.5, discharge_rate: 1, temperature_degC: 45, cells: 9 },
        { name: 'B', charge_rate: 0.5, discharge_rate: 1, temperature_degC: 25, cells: 9 },
        { name: 'C', charge_rate: 1, discharge_rate: 2, temperature_degC: 25, cells: 9 },
      ],
      hasChangingUse: true,
      window: { from: 3.6, to: 4.15 },
      features: { low: new Array<number>(12).fill(-1e9), high: new Array<number>(12).fill(1e9) },
      stateOfHealth: { low: -1e9, high: 1e9 },
    },
    interval: {
      level: 0.9,
      base: 0.01,
      slope: 0.2,
      score: new Array<number>(12).fill(2),
      cells: 9,
      coverage: 0.95,
    },
    training: null,
    metrics: null,
    weightsSha256: '0',
    ...changes,
  }
  return { manifest, parameters: pseudoRandomParameters(), sha256: 'f'.repeat(64) }
}

function pseudoRandomParameters(): Parameters {
  const { T, V, F, E, U } = shape
  const experts = Array.from({ length: E }, (_, e): [string, number][] => [
    [`capacity_fcs.${e}.weight`, T * V],
    [`capacity_fcs.${e}.bias`, T],
  ])
  const recurrent = ['', '_reverse'].flatMap((direction): [string, number][] => [
    [`lstm.weight_ih_l0${direction}`, 4 * U * 4],
    [`lstm.weight_hh_l0${direction}`, 4 * U * U],
    [`lstm.bias_ih_l0${direction}`, 4 * U],
    [`lstm.bias_hh_l0${direction}`, 4 * U],
  ])
  const sizes: [string, number][] = [
    ['w_noise', E * E],
    ...experts.flat(),
    ['relaxation_fc.weight', E * F],
    ['relaxation_fc.bias', E],
    ...recurrent,
    ['fc_final.weight', 2 * U],
    ['fc_final.bias', 1],
  ]
  let seed = 1
  const next = (): number => {
    seed = (seed * 16807) % 2147483647
    return seed / 2147483647 - 0.5
  }
  return Object.fromEntries(sizes.map(([name, size]) => [name, Float32Array.from({ length: size }, next)]))
}

export function measuredCycle(changes: Partial<Cycle> = {}): Cycle {
  return {
    row: 0,
    number: 7,
    chargeCurve: { from: 3.6, to: 4.15, charge: Float64Array.from({ length: 50 }, (_, i) => i * 0.036) },
    relaxation: {
      time: Float64Array.from({ length: 14 }, (_, i) => 120 * i),
      voltage: Float64Array.from({ length: 14 }, (_, i) => 4.15 + 0.03 * Math.exp(-i / 4)),
    },
    dischargeCapacity: null,
    use: { charge: { ampere: 1.75 }, discharge: { ampere: 3.5 }, before: null, temperature: 25 },
    stored: null,
    ...changes,
  }
}

export const description: CellDescription = {
  name: 'cell 1',
  chemistry: 'NCA',
  nominalCapacity_Ah: 3.5,
  temperature_degC: null,
  simulated: false,
}
