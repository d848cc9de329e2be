import { describe, expect, it } from 'vitest'
import {
  evidenceOfTensors,
  evidenceSummary,
  evidenceTensors,
} from '../../../src-main/checkpoints/evidenceTensors.ts'
import { cellRows, fitEvidence, rowsByType } from '../../../src-main/training/evidence/evidenceRows.ts'
import type { CellTypeRows } from '../../../src-main/training/evidence/evidenceRow.ts'
import { evidenceReader, type CellTypeEvidence } from '../../../src-shared/evidence/cellTypeEvidence.ts'
import { kernelName, useLength } from '../../../src-shared/evidence/presentCapacity.ts'
import { wholeWindow } from '../../../src-shared/evidence/state.ts'
import { toyCell, toySettings } from '../training/toyCells.ts'

const { input } = toySettings
const windows = [wholeWindow, { ...wholeWindow, hasRest: false }]

/** Every third charge follows a slow discharge, which lets it begin emptier. */
const alternating = (row: number): number => (row % 3 === 2 ? 0.25 : 1)

function typeRows(before: (row: number) => number | null): CellTypeRows {
  const cells = [1, 2, 3, 4, 5, 6].map((number) => toyCell({ number, role: 'train', cycles: 30, before }))
  return rowsByType(cells, input)[0]
}

const told = fitEvidence(typeRows(alternating), windows, { present: 1e-3, fade: 1e-2 })
const same = fitEvidence(
  typeRows(() => 1),
  windows,
  { present: 1e-3, fade: 1e-2 },
)

const cell = toyCell({ number: 9, role: 'test', cycles: 30, before: alternating })
const { grid } = told.present
const unseen = cellRows(cell, 0, { grid, input, ratedCapacity: 2 })

function readings(type: CellTypeEvidence, beforeOf: (own: number | null) => number | null) {
  return unseen.map(({ row, own, capacity }) => {
    const use = { ...own, beforeRate: beforeOf(own.beforeRate) }
    const reading = evidenceReader(type).read(cell.cycles[row], use, { ratedCapacity: 2 })!
    return { ...reading, off: Math.abs(reading.capacity - capacity) }
  })
}

const known = (rate: number | null) => rate
const hidden = () => null
const meanOff = (of: readonly { readonly off: number }[]) =>
  of.reduce((sum, { off }) => sum + off / of.length, 0)

describe('where the discharge before a charge varied in training', () => {
  it('tells more of the present capacity', () => {
    const { hiddenBeforeError, heads } = told.present
    expect(hiddenBeforeError).toBeGreaterThan(heads[0].error)
    expect(meanOff(readings(told, hidden))).toBeGreaterThan(2 * meanOff(readings(told, known)))
  })

  it('is assumed where it is not known, less surely', () => {
    const [knows, assumes] = [readings(told, known), readings(told, hidden)]
    expect(knows.every(({ assumedBefore, addedError }) => assumedBefore === null && addedError === 0)).toBe(
      true,
    )
    const added = told.present.hiddenBeforeError
    expect(
      assumes.every(({ assumedBefore, addedError }) => assumedBefore === added && addedError === added),
    ).toBe(true)
    const asAfter = readings(told, () => 1)
    expect(assumes.map(({ capacity }) => capacity)).toEqual(asAfter.map(({ capacity }) => capacity))
  })

  it('comes back from its files', () => {
    const [back] = stored(told)
    expect(back.present).toEqual(told.present)
    expect(back.present.hiddenBeforeError).toBe(told.present.hiddenBeforeError)
  })
})

describe('where it never varied', () => {
  it('changes no bit of an answer', () => {
    expect(same.present.hiddenBeforeError).toBe(0)
    const capacities = [known, hidden, () => 0.1].map((beforeOf) =>
      readings(same, beforeOf).map(({ capacity, held, assumedBefore }) => [
        capacity,
        held.at(9),
        assumedBefore,
      ]),
    )
    expect(capacities[1]).toEqual(capacities[0])
    expect(capacities[2]).toEqual(capacities[0])
  })

  it('answers as a package that knew nothing of it, its own cells included', () => {
    const { states, uses, heads } = same.present
    const correction = {
      states: states.slice(0, 128),
      uses: uses.slice(0, 2 * useLength),
      weights: heads.map(() => Float32Array.of(0.01, -0.02)),
    }
    const tuned = { ...same, present: { ...same.present, correction } }
    const [back] = stored(tuned)
    const [old] = stored(tuned, (values) => values.filter((_, i) => i % useLength < 3))
    expect(old.present).toEqual(back.present)
    expect(evidenceSummary([old])[0]).not.toHaveProperty('hiddenBeforeError')
    expect(() => stored(tuned, (values) => values.subarray(1))).toThrow('another size')
  })
})

/** As it is after a way through its files, the uses changed on it. */
function stored(
  type: CellTypeEvidence,
  change = (values: Float32Array): Float32Array => values,
): CellTypeEvidence[] {
  const tensors = evidenceTensors([type])
  for (const name of ['0.uses', '0.own.uses']) {
    const tensor = tensors.get(name)
    if (tensor !== undefined) tensors.set(name, { ...tensor, values: change(tensor.values) })
  }
  return evidenceOfTensors(tensors, { sha256: '', kernel: kernelName, types: evidenceSummary([type]) })
}
