import { describe, expect, it } from 'vitest'
import { foundCells, orderedCells } from '../../../src-renderer/components/library/cellOrder.ts'
import type { CellSummary } from '../../../src-shared/contract/cells.ts'

function cell(name: string, stateOfHealth: number | null, chemistry: string | null = 'NCA'): CellSummary {
  const assessed = { capacity_Ah: 3, evidence: 'estimated', assessedAt: '2026-11-22T00:00:00Z' }
  return {
    id: name,
    description: { name, chemistry, nominalCapacity_Ah: 3.5, temperature_degC: 25, simulated: false },
    label: { serial: null, maker: null, nominalVoltage_V: null, lot: null, tags: [] },
    grade: null,
    cycles: 1,
    assessed: stateOfHealth === null ? null : { ...assessed, stateOfHealth },
    importedAt: '2026-11-22T00:00:00Z',
  }
}

const cells = [cell('#10', 0.9), cell('#2', null), cell('#1', 0.7, 'LFP'), cell('#3', 0.8)]
const names = (shown: readonly CellSummary[]): string[] => shown.map(({ id }) => id)

describe('cells of the table', () => {
  it('counts in names', () => {
    expect(names(orderedCells(cells, { column: 'name', isDescending: false }))).toEqual([
      '#1',
      '#2',
      '#3',
      '#10',
    ])
  })

  it('puts what is unknown last, either way', () => {
    expect(names(orderedCells(cells, { column: 'soh', isDescending: false }))).toEqual([
      '#1',
      '#3',
      '#10',
      '#2',
    ])
    expect(names(orderedCells(cells, { column: 'soh', isDescending: true }))).toEqual([
      '#10',
      '#3',
      '#1',
      '#2',
    ])
  })

  it('finds every word, in name or chemistry, whatever its case', () => {
    expect(names(foundCells(cells, '#1 lfp'))).toEqual(['#1'])
  })

  it('leaves the given list alone', () => {
    const before = names(cells)
    orderedCells(cells, { column: 'soh', isDescending: true })
    expect(names(cells)).toEqual(before)
  })
})
