import { describe, expect, it } from 'vitest'
import { aged } from '../../../assets/samples/make/ageing.ts'
import { newCell, openCircuit, withoutLithium, withoutMaterial } from '../../../assets/samples/make/cell.ts'
import { chance } from '../../../assets/samples/make/chance.ts'
import { fullCycle, restingAt } from '../../../assets/samples/make/cycle.ts'
import { negativePotential, positivePotential } from '../../../assets/samples/make/electrodes.ts'
import { exp, rounded, tanh } from '../../../assets/samples/make/exact.ts'
import { repeated, useOf } from '../../../assets/samples/make/plan.ts'
import { capacities } from '../../../assets/samples/make/life.ts'
import { ulProtocol } from '../../../assets/samples/make/retired.ts'
import type { Use } from '../../../assets/samples/make/ageing.ts'
import type { SimulatedCell } from '../../../assets/samples/make/cell.ts'
import type { Trace } from '../../../assets/samples/make/cycle.ts'

const cell = newCell(3.5, chance('physics'))
const mild = useOf(0.5, 1, 25)

describe('exact functions', () => {
  it('agree with the built-in ones to 1e-14', () => {
    for (let x = -60; x < 60; x += 0.37) {
      expect(Math.abs(exp(x) / Math.exp(x) - 1)).toBeLessThan(1e-14)
      expect(Math.abs(tanh(x) - Math.tanh(x))).toBeLessThan(1e-14)
    }
  })

  it('write zero without a sign', () => expect(rounded(-0.0001, 2)).toBe('0'))
})

describe('electrodes', () => {
  it('both fall as they take up lithium', () => {
    for (let s = 0.02; s < 0.98; s += 0.01) {
      expect(positivePotential(s + 0.01)).toBeLessThan(positivePotential(s))
      expect(negativePotential(s + 0.01)).toBeLessThan(negativePotential(s))
    }
  })
})

describe('degradation modes in dQ/dV at rest', () => {
  const fresh = stages(cell)

  it('loss of lithium moves the graphite stage to a higher voltage and keeps its width', () => {
    const aged = stages(withoutLithium(cell, 0.08))
    expect(aged.volt - fresh.volt).toBeGreaterThan(0.02)
    expect(aged.width / fresh.width).toBeCloseTo(1, 1)
  })

  it('loss of graphite narrows the stage in proportion and moves it to a lower voltage', () => {
    const aged = stages(withoutMaterial(cell, 'negative', 0.15))
    expect(aged.volt).toBeLessThan(fresh.volt)
    expect(aged.width / fresh.width).toBeCloseTo(0.85, 1)
    expect(aged.width / fresh.width).toBeLessThan(0.92)
  })

  it('loss of positive material moves the stage to a lower voltage and narrows it far less', () => {
    const aged = stages(withoutMaterial(cell, 'positive', 0.15))
    const graphite = stages(withoutMaterial(cell, 'negative', 0.15))
    expect(aged.volt).toBeLessThan(fresh.volt)
    expect(fresh.width - aged.width).toBeLessThan(0.5 * (fresh.width - graphite.width))
  })

  it('each of them costs capacity', () => {
    const full = capacity(cell)
    expect(capacity(withoutLithium(cell, 0.05))).toBeCloseTo(full - 0.05 * cell.nominal_Ah, 1)
    expect(capacity(withoutMaterial(cell, 'positive', 0.1))).toBeLessThan(full)
    expect(capacity(withoutMaterial(cell, 'negative', 0.1))).toBeLessThan(full)
  })
})

describe('a cycle', () => {
  const trace = fullCycle(cell, mild, ulProtocol, restingAt(cell, 3.2))

  it('counts the charge its current carries, both ways', () => {
    const { charged, discharged } = integral(trace)
    expect(charged / (trace.charged.at(-1) ?? 0)).toBeCloseTo(1, 3)
    expect(discharged / (trace.discharged.at(-1) ?? 0)).toBeCloseTo(1, 3)
  })

  it('stores what it charged and did not discharge', () => {
    const net = (trace.charged.at(-1) ?? 0) - (trace.discharged.at(-1) ?? 0)
    expect(trace.end.stored - restingAt(cell, 3.2).stored).toBeCloseTo(net, 9)
  })

  it('gives back less energy than it took', () => {
    expect(energy(trace)).toBeGreaterThan(0)
  })

  it('stays within the voltage limits and never runs backwards', () => {
    expect(Math.max(...trace.voltage)).toBeLessThanOrEqual(4.2 + 1e-9)
    expect(Math.min(...trace.voltage)).toBeGreaterThanOrEqual(2.65 - 1e-9)
    expect(trace.time.every((time, i) => i === 0 || time >= trace.time[i - 1])).toBe(true)
  })

  it('relaxes downwards after charge, the more the older the cell', () => {
    expect(lastRest(trace)).toBeLessThan(firstRest(trace))
    const older = fullCycle(after(100, mild), mild, ulProtocol, restingAt(cell, 3.2))
    expect(firstRest(older)).toBeLessThan(firstRest(trace))
    expect(lastRest(older)).toBeLessThan(lastRest(trace))
  })

  it('gives less at a higher rate and more when warm', () => {
    const [held] = capacities(cell, [mild], ulProtocol)
    expect(capacities(cell, [useOf(0.5, 2, 25)], ulProtocol)[0]).toBeLessThan(held)
    expect(capacities(cell, [useOf(0.5, 1, 45)], ulProtocol)[0]).toBeGreaterThan(held)
  })
})

describe('ageing', () => {
  it('lowers the capacity with every cycle', () => {
    const series = capacities(cell, repeated(mild, 25), ulProtocol)
    expect(series.every((value, i) => i === 0 || value < series[i - 1])).toBe(true)
  })

  it('is faster with the charge rate, and still faster when that is cold', () => {
    expect(lost(useOf(1, 1, 25))).toBeGreaterThan(1.4 * lost(mild))
    expect(lost(useOf(1, 1, 10))).toBeGreaterThan(lost(useOf(1, 1, 25)))
  })

  it('grows the surface layer faster when warm', () => {
    expect(aged(cell, useOf(0.5, 1, 45), 5).layer).toBeGreaterThan(aged(cell, mild, 5).layer)
  })

  it('grows the surface layer with the square root of time where nothing plates', () => {
    const still = useOf(0, 0, 25)
    const young = aged(cell, still, 1e4).layer
    expect(aged(cell, still, 4e4).layer / young).toBeCloseTo(2, 1)
  })
})

function after(cycles: number, use: Use): SimulatedCell {
  let older = cell
  for (let i = 0; i < cycles; i++) older = aged(older, use, 4.4)
  return older
}

function lost(use: Use): number {
  return cell.lithium_Ah - after(50, use).lithium_Ah
}

function capacity(of: SimulatedCell): number {
  return restingAt(of, 4.2).stored - restingAt(of, 2.65).stored
}

/**
 * The graphite stage from dQ/dV alone: the voltage of its lowest value between 3.65 and 4 V, where stage 2 gives way to
 * stage 1, and the charge (Ah) up to there from 3 V, where dilute graphite begins to fill.
 */
function stages(of: SimulatedCell): { volt: number; width: number } {
  let best = { slope: 0, volt: 0, stored: 0 }
  for (let q = restingAt(of, 3.65).stored; openCircuit(of, q) < 4; q += 0.004) {
    const slope = openCircuit(of, q + 0.004) - openCircuit(of, q - 0.004)
    if (slope > best.slope) best = { slope, volt: openCircuit(of, q), stored: q }
  }
  return { volt: best.volt, width: best.stored - restingAt(of, 3).stored }
}

function integral({ time, current }: Trace): { charged: number; discharged: number } {
  const sum = { charged: 0, discharged: 0 }
  for (let i = 1; i < time.length; i++) {
    if (current[i] * current[i - 1] <= 0) continue
    const charge = ((current[i] + current[i - 1]) / 2) * ((time[i] - time[i - 1]) / 3600)
    if (charge > 0) sum.charged += charge
    else sum.discharged -= charge
  }
  return sum
}

function energy({ time, voltage, current }: Trace): number {
  let sum = 0
  for (let i = 1; i < time.length; i++) sum += voltage[i] * current[i] * (time[i] - time[i - 1])
  return sum
}

function firstRest({ phase, voltage }: Trace): number {
  return voltage[phase.indexOf('rest') + 1]
}

function lastRest({ phase, voltage }: Trace): number {
  return voltage[phase.indexOf('discharge') - 1]
}
