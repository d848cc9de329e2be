import { expect, it } from 'vitest'
import type { Asking } from './quarantineCases.ts'

const block = { cycles: 20, charge_rate: 0.5, discharge_rate: 1, temperature_degC: 25 }
const scenario = { name: 'Next', blocks: [block, { ...block, temperature_degC: 45 }] }

/** Cells that follow a plan together. */
export function followingCases({ ask, failure }: Pick<Asking, 'ask' | 'failure'>): void {
  it('assessments/follow answers as assessments/preview does, of each cell in the order asked', async () => {
    const cells = (await ask('cells/list', {})).map(({ id }) => id).reverse()
    const rows = await ask('assessments/follow', { cells, scenario, upTo: 9 })
    expect(rows.map(({ cell }) => cell)).toEqual(cells)
    const answered = rows.filter(({ forecast }) => forecast !== null)
    expect(answered.length).toBeGreaterThanOrEqual(2)
    for (const { cell, cellName, forecast } of answered) {
      const alone = await ask('assessments/preview', { cell, scenario, upTo: 9 })
      expect(cellName).toBe(alone.cell)
      expect(forecast).toMatchObject({
        stateOfHealth: alone.stateOfHealth.value,
        endOfLife: alone.endOfLife,
        simulated: alone.simulated,
      })
      expect(forecast!.capacity_Ah).toHaveLength(alone.trajectory.length)
      forecast!.capacity_Ah.forEach((capacity, cycle) =>
        expect(capacity).toBeCloseTo(alone.trajectory[cycle].capacity_Ah, 4),
      )
      const dotted = alone.trajectory.filter(({ evidence }) => evidence === 'extrapolated').length
      expect(forecast!.estimatedSteps).toBe(alone.trajectory.length - dotted)
    }
  })

  it('assessments/follow gives a row with its reason where a cell has no answer, and knows every cell', async () => {
    const cells = (await ask('cells/list', {})).map(({ id }) => id)
    const rows = await ask('assessments/follow', { cells, scenario, model: 'no-such' }).catch(() => null)
    expect(rows).toBeNull()
    expect((await failure('assessments/follow', { cells: [cells[0], 'nobody'], scenario })).code).toBe(
      'no-such-cell',
    )
    await ask('cells/describe', { id: cells[0], changes: { chemistry: 'LFP' } })
    const [refused] = await ask('assessments/follow', { cells, scenario })
    expect(refused).toMatchObject({ forecast: null, failure: { code: 'unknown-chemistry' } })
    await ask('changes/undo', {})
  })
}
