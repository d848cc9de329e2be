import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { readModelPackage } from '../../../src-main/checkpoints/modelPackage.ts'
import type { Cycle } from '../../../src-shared/cell/cycle.ts'
import type { CellTypeEvidence } from '../../../src-shared/evidence/cellTypeEvidence.ts'
import { useLength } from '../../../src-shared/evidence/presentCapacity.ts'
import { curvePoints } from '../../../src-shared/evidence/state.ts'
import { assess } from '../../../src-shared/forecast/assess.ts'
import type { Assessment } from '../../../src-shared/forecast/assessment.ts'
import { extraMeasurements } from '../../../src-shared/forecast/extraMeasurement.ts'

const shipped = await readModelPackage(fileURLToPath(new URL('../../../models/pimoe', import.meta.url)))
const lsd = shipped.evidence!.find(({ label }) => label.startsWith('NCM 2.4'))!

/** The package's own type as if the discharge before the charge had varied in its training as `beforeOf` says. */
function withBefore(
  type: CellTypeEvidence,
  beforeOf: (prototype: number) => number,
  hiddenBeforeError: number,
): CellTypeEvidence {
  const { perceptron: _, ...present } = type.present
  const uses = present.uses.map((value, i) => (i % useLength === 3 ? beforeOf((i / useLength) | 0) : value))
  return { ...type, present: { ...present, uses, hiddenBeforeError } }
}

function telling(type: CellTypeEvidence, hiddenBeforeError: number): CellTypeEvidence {
  return withBefore(type, (prototype) => prototype % 2, hiddenBeforeError)
}

/** (14) V of a state (64), which keeps them relative to 4.16 V in units of 0.2 V. */
function restVoltages(state: Float64Array): Float64Array {
  return state.slice(curvePoints).map((value) => 4.16 + 0.2 * value)
}

/** The most typical charge of the type. */
function cycleAfter(before: Cycle['use']['before']): Cycle {
  const { grid, spread } = lsd.present
  return {
    row: 1,
    number: 2,
    chargeCurve: { ...grid, charge: spread.mean.slice(0, curvePoints).map((q) => 2.4 * q) },
    relaxation: { time: null, voltage: restVoltages(spread.mean) },
    dischargeCapacity: null,
    use: { charge: { ampere: 1.2 }, discharge: { ampere: 2.4 }, before, temperature: 25 },
    stored: null,
  }
}

function request(type: CellTypeEvidence, before: Cycle['use']['before']) {
  const description = {
    name: 'a',
    chemistry: 'NCM',
    nominalCapacity_Ah: 2.4,
    temperature_degC: null,
    simulated: false,
  }
  const model = { ...shipped, evidence: [type] }
  return { model, cell: { name: 'a', description, cycles: [cycleAfter(before)] } }
}

function codes({ domain }: Assessment): string[] {
  return domain.findings.map(({ code }) => code)
}

function width({ presentCapacity: { low_Ah, high_Ah } }: Assessment): number {
  return high_Ah! - low_Ah!
}

describe('the discharge before a charge', () => {
  const ask = (type: CellTypeEvidence, before: Cycle['use']['before']) => assess(request(type, before))

  it('is said to be assumed where it matters and is not known, with a wider interval', () => {
    const known = ask(telling(lsd, 0.01), { ampere: 2.4 })
    const hidden = ask(telling(lsd, 0.01), null)
    expect(codes(known)).not.toContain('assumed-discharge-before')
    expect(codes(hidden)).toContain('assumed-discharge-before')
    expect(hidden.domain.findings.find(({ code }) => code === 'assumed-discharge-before')!.message).toBe(
      'The discharge before this charge is not in the record; the same rate as after it is assumed. That adds 1.0 % to the mean error.',
    )
    expect(hidden.presentCapacity.value_Ah).toBe(known.presentCapacity.value_Ah)
    expect(hidden.presentCapacity.evidence).toBe(known.presentCapacity.evidence)
    expect(width(hidden)).toBeGreaterThan(width(known))
  })

  it('moves the answer where it matters', () => {
    const [same, slow] = [2.4, 0.5].map((ampere) => ask(telling(lsd, 0.01), { ampere }))
    expect(slow.presentCapacity.value_Ah).not.toBe(same.presentCapacity.value_Ah)
  })

  it('counts in no answer of a package that never saw it', () => {
    const silent = withBefore(lsd, () => 0, 0)
    const answers = [null, { ampere: 2.4 }, { ampere: 0.5 }].map((before) => ask(silent, before))
    expect(answers[1]).toEqual(answers[0])
    expect(answers[2]).toEqual(answers[0])
  })

  it('is no reason to measure the rest of a charge', () => {
    const late = (before: Cycle['use']['before']) => {
      const asked = request(telling(lsd, 0.01), before)
      const [cycle] = asked.cell.cycles
      return extraMeasurements({
        ...asked,
        cell: { ...asked.cell, cycles: [{ ...cycle, relaxation: null }] },
      })
    }
    const gain = (of: ReturnType<typeof late>) =>
      (of?.measurements ?? [])
        .filter(({ kind }) => kind === 'rest')
        .map((one) => one.widthNow_Ah - one.widthThen_Ah)
    expect(gain(late(null)).every((narrowing, i) => narrowing <= gain(late({ ampere: 2.4 }))[i] + 1e-9)).toBe(
      true,
    )
  })
})
