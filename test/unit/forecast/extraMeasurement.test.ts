import { beforeAll, describe, expect, it } from 'vitest'
import { extraMeasurements } from '../../../src-shared/forecast/extraMeasurement.ts'
import type { ModelPackage } from '../../../src-shared/forecast/package.ts'
import type { Cycle } from '../../../src-shared/cell/cycle.ts'
import { evidenceToy, evidenceToyPackage } from '../training/evidenceToy.ts'

describe('what a further measurement would bring', () => {
  let model: ModelPackage
  beforeAll(() => {
    model = withErrors(evidenceToyPackage())
  }, 120_000)
  const [cell] = evidenceToy.cells
  const whole = cell.cycles[10]

  function asked(cycle: Cycle, more: { measuredCapacity_Ah?: number } = {}) {
    const description = { name: 'x', temperature_degC: null, simulated: false, ...cell.description }
    return (
      extraMeasurements({ model, cell: { name: 'x', description, cycles: [cycle] }, ...more })
        ?.measurements ?? []
    )
  }

  it('asks for no more of the charge where it is whole', () => {
    expect(
      asked(whole)
        .map(({ kind }) => kind)
        .filter((kind) => kind !== 'capacity'),
    ).toEqual([])
  })

  it('tells the best first, each narrower than now', () => {
    const { chargeCurve, ...rest } = whole
    const { from, to, charge } = chargeCurve!
    const step = (to! - from!) / (charge.length - 1)
    const late = charge.slice(26).map((q) => q - charge[26])
    const cycle = { ...rest, relaxation: null, chargeCurve: { from: from! + 26 * step, to, charge: late } }
    const advice = asked(cycle)
    expect(advice.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['lower-start', 'rest', 'whole']))
    const [best] = advice.filter(({ kind }) => kind !== 'capacity')
    expect(best).toMatchObject({ kind: 'whole', hasRest: true, charge: { from, to } })
    const widths = advice.map(({ widthThen_Ah }) => widthThen_Ah)
    expect(widths).toEqual(widths.toSorted((a, b) => a - b))
    for (const { widthNow_Ah, widthThen_Ah } of advice) expect(widthThen_Ah).toBeLessThan(widthNow_Ah)
  })

  it('has nothing to add to a capacity that was measured', () => {
    expect(asked(whole, { measuredCapacity_Ah: whole.dischargeCapacity! })).toEqual([])
  })
})

/** The package as if each part that a window lacks added as much to its error. */
function withErrors(model: ModelPackage): ModelPackage {
  const evidence = model.evidence!.map((type) => {
    const heads = type.present.heads.map((head) => {
      const { first, last, hasRest } = head.window
      return { ...head, error: 0.005 + 0.001 * (first + 49 - last) + (hasRest ? 0 : 0.01) }
    })
    return { ...type, present: { ...type.present, heads } }
  })
  return { ...model, evidence }
}
