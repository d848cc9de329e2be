import { describe, expect, it } from 'vitest'
import { assess, type AssessmentRequest } from '../../../src-shared/forecast/assess.ts'
import type { Assessment } from '../../../src-shared/forecast/assessment.ts'
import type { ScenarioBlock } from '../../../src-shared/forecast/scenario.ts'
import type { ModelPackage } from '../../../src-shared/forecast/package.ts'
import { evidenceToyPackage } from '../training/evidenceToy.ts'
import { toyCell } from '../training/toyCells.ts'

const model = evidenceToyPackage()
const toy = toyCell({ number: 7, role: 'test' })
const cell = {
  name: 'toy',
  description: {
    name: 'toy',
    chemistry: 'NCA',
    nominalCapacity_Ah: 2,
    temperature_degC: 25,
    simulated: false,
  },
  cycles: toy.cycles,
}

function block(cycles: number, charge_rate = 0.5): ScenarioBlock {
  return { cycles, charge_rate, discharge_rate: 1, temperature_degC: 25 }
}

function under(blocks: readonly ScenarioBlock[], changes: Partial<AssessmentRequest> = {}): Assessment {
  return assess({ model, cell, cycle: 7, scenario: { name: 'plan', blocks }, horizon: 30, ...changes })
}

function capacities(answer: Assessment): number[] {
  return answer.trajectory.map(({ capacity_Ah }) => capacity_Ah)
}

describe('a forecast on evidence', () => {
  it('never lets the plan move the present capacity', () => {
    const present = [[block(30)], [block(30, 1)], [block(3, 1), block(30, 0.25)]].map(
      (blocks) => under(blocks).presentCapacity,
    )
    expect(present[1]).toEqual(present[0])
    expect(present[2]).toEqual(present[0])
  })

  it('is causal: what is planned later changes nothing before', () => {
    const plain = capacities(under([block(30)]))
    const changed = capacities(under([block(9), block(21, 1)]))
    expect(changed.slice(0, 9)).toEqual(plain.slice(0, 9))
    expect(changed[20]).not.toBe(plain[20])
  })

  it('takes two equal blocks for one, and a block of no cycles for nothing', () => {
    const one = capacities(under([block(30)]))
    expect(capacities(under([block(15), block(15)]))).toEqual(one)
    expect(capacities(under([block(30), block(0, 1)]))).toEqual(one)
  })

  it('gives the same short answer whatever the horizon', () => {
    const long = capacities(under([block(60)], { horizon: 60 }))
    expect(long).toHaveLength(60)
    expect(long.slice(0, 30)).toEqual(capacities(under([block(60)])))
    const width = under([block(60)], { horizon: 60 }).trajectory.map(
      ({ low_Ah, high_Ah }) => high_Ah! - low_Ah!,
    )
    for (let t = 1; t < 60; t++) expect(width[t]).toBeGreaterThanOrEqual(width[t - 1] - 1e-12)
  })

  it('starts from a measured capacity, its band at nothing', () => {
    const answer = under([block(30)], { measuredCapacity_Ah: 1.8 })
    expect(answer.presentCapacity).toEqual({ value_Ah: 1.8, low_Ah: 1.8, high_Ah: 1.8, evidence: 'measured' })
  })

  it('does not care for the order of its experts', () => {
    const order = [2, 0, 1]
    const { E, F } = model.manifest.network
    const parameters = { ...model.parameters }
    order.forEach((from, to) => {
      for (const part of ['weight', 'bias']) {
        parameters[`capacity_fcs.${to}.${part}`] = model.parameters[`capacity_fcs.${from}.${part}`]
      }
    })
    const rows = (name: string, width: number): Float32Array =>
      Float32Array.from({ length: E * width }, (_, i) => {
        return model.parameters[name][order[Math.floor(i / width)] * width + (i % width)]
      })
    parameters['relaxation_fc.weight'] = rows('relaxation_fc.weight', F)
    parameters['relaxation_fc.bias'] = rows('relaxation_fc.bias', 1)
    const permuted: ModelPackage = { ...model, parameters }
    const [a, b] = [model, permuted].map((one) => capacities(under([block(30)], { model: one })))
    b.forEach((value, t) => expect(value).toBeCloseTo(a[t], 5))
  })

  it('says what a short charge is worth, and when it is too little', () => {
    const cut = (from: number): AssessmentRequest['cell'] => {
      const [cycle] = toy.cycles.filter(({ number }) => number === 7)
      const { charge } = cycle.chargeCurve!
      const at = (voltage: number): number => {
        const place = Math.min(48.999, ((voltage - 3.6) / 0.55) * 49)
        const left = Math.floor(place)
        return charge[left] + (place - left) * (charge[left + 1] - charge[left])
      }
      const late = Float64Array.from({ length: 50 }, (_, i) => at(from + ((4.15 - from) * i) / 49) - at(from))
      return {
        ...cell,
        cycles: [{ ...cycle, chargeCurve: { from, to: 4.15, charge: late }, relaxation: null }],
      }
    }
    const short = under([block(30)], { cell: cut(3.8) })
    expect(short.domain.findings.map(({ code }) => code)).toContain('narrow-window')
    expect(() => under([block(30)], { cell: cut(4.1) })).toThrow(/less than 0\.2 V/)
  })

  it('refuses a charge unlike any trained cell', () => {
    const [cycle] = toy.cycles.filter(({ number }) => number === 7)
    const charge = cycle.chargeCurve!.charge.map((q, i) => (i > 10 && i < 30 ? 0.4 * q : q))
    const odd = { ...cell, cycles: [{ ...cycle, chargeCurve: { from: 3.6, to: 4.15, charge } }] }
    expect(() => under([block(30)], { cell: odd })).toThrow(/look like none of the cells/)
  })
})
