import { describe, expect, it } from 'vitest'
import {
  evidenceBytes,
  evidenceFrom,
  evidenceSummary,
} from '../../../../src-main/checkpoints/evidenceTensors.ts'
import { fitEvidence, rowsByType } from '../../../../src-main/training/evidence/evidenceRows.ts'
import type { EvidenceRow } from '../../../../src-main/training/evidence/evidenceRow.ts'
import { fitPerceptron } from '../../../../src-main/training/perceptron/fitPerceptron.ts'
import {
  bestShares,
  predictedAt,
  type JudgedRow,
} from '../../../../src-main/training/evidence/blendShares.ts'
import { evidenceReader, type CellTypeEvidence } from '../../../../src-shared/evidence/cellTypeEvidence.ts'
import { perceptronReader } from '../../../../src-shared/evidence/perceptron.ts'
import { kernelName } from '../../../../src-shared/evidence/presentCapacity.ts'
import { wholeWindow } from '../../../../src-shared/evidence/state.ts'
import { evidenceToy } from '../evidenceToy.ts'
import { toyCell } from '../toyCells.ts'

const cells = [1, 2, 3, 4, 5].map((number) => toyCell({ number, role: 'train', cycles: 24 }))
const [typeRows] = rowsByType(cells, evidenceToy.settings.input)
const late = { first: 20, last: 49, hasRest: false }
const alone = fitEvidence(typeRows, [wholeWindow, late], { present: 1e-3, fade: 1e-2 })
const network = fitPerceptron(typeRows.rows, { grid: typeRows.grid, T: 12, seed: 2 })!
const shared = (presentShare: number, fadeShare: number): CellTypeEvidence => ({
  ...alone,
  present: { ...alone.present, perceptron: { network, presentShare, fadeShare } },
})
const row = typeRows.rows[7]
const cycle = cells[row.cell].cycles[row.row]
const read = (type: CellTypeEvidence, startVoltage?: number) =>
  evidenceReader(type).read(cycle, row.own, { ratedCapacity: 2, startVoltage })!

describe('a perceptron beside the regression', () => {
  it('has its share of the present capacity in the widest window, and of the held fade in all', () => {
    const second = perceptronReader(network)(row.state, row.use)
    const [plain, both] = [read(alone), read(shared(0.25, 0.5))]
    expect(both.capacity).toBeCloseTo(0.75 * plain.capacity + 0.25 * second.capacity, 12)
    for (const step of [1, 6, 11]) {
      expect(both.held.at(step)).toBeCloseTo(0.5 * plain.held.at(step) + 0.5 * second.lost[step], 12)
    }
    expect(both.held.at(40)).toBeCloseTo(0.5 * plain.held.at(40) + 0.5 * second.lost[11], 12)
    const [plainLate, bothLate] = [read(alone, 3.8), read(shared(0.25, 0.5), 3.8)]
    expect(bothLate.isWhole).toBe(false)
    expect(bothLate.capacity).toBe(plainLate.capacity)
    expect(bothLate.held.at(6)).not.toBe(plainLate.held.at(6))
  })

  it('changes nothing without a share', () => {
    const [plain, none] = [read(alone), read(shared(0, 0))]
    expect(none.capacity).toBe(plain.capacity)
    expect([1, 5, 11].map((step) => none.held.at(step))).toEqual(
      [1, 5, 11].map((step) => plain.held.at(step)),
    )
  })

  it('comes back from the files of a package, and is absent where none was stored', () => {
    for (const type of [shared(0.5, 0.25), alone]) {
      const types = evidenceSummary([type])
      const bytes = evidenceBytes([type])
      const [found] = evidenceFrom(bytes, { sha256: '', kernel: kernelName, types })
      expect(found.present.perceptron).toEqual(type.present.perceptron)
      expect(read(found).capacity).toBe(read(type).capacity)
      expect(read(found).held.at(9)).toBe(read(type).held.at(9))
    }
    expect(evidenceSummary([alone])[0]).not.toHaveProperty('perceptron')
  })
})

describe('the shares of a type', () => {
  const held = (value: number): Float64Array => Float64Array.from({ length: 12 }, (_, t) => -value * t)
  const rows: EvidenceRow[] = typeRows.rows.filter((one) => Number.isFinite(one.lostAt(11))).slice(0, 20)
  const slope = -rows[0].lostAt(1)
  const judged = (change: Partial<JudgedRow>, off = 0.01): JudgedRow[] =>
    rows.map((one) => ({
      row: one,
      type: 0,
      present: one.capacity + off,
      planned: held(slope + 0.001),
      held: held(slope + 0.001),
      regressed: held(slope),
      opinion: { capacity: one.capacity - 0.01, lost: held(slope) },
      ...change,
    }))

  it('are those with the least error on cells left out', () => {
    expect(bestShares(judged({}), [typeRows])).toEqual([{ present: 0.5, trend: 0, fade: 1 }])
    const steep = judged({ regressed: held(slope + 0.002) })
    expect(bestShares(steep, [typeRows])[0]).toMatchObject({ present: 0.5, trend: 1, fade: 1 })
    const right = rows.flatMap((one) =>
      judged({ present: one.capacity }).filter(({ row: own }) => own === one),
    )
    expect(bestShares(right, [typeRows])[0].present).toBe(0)
  })

  it('are of the regression and the network where there is no second opinion', () => {
    const without = judged({ opinion: null }, 0)
    expect(bestShares(without, [typeRows])).toEqual([{ present: 0, trend: 0, fade: 1 }])
    const said = predictedAt(without[0], { present: 0, trend: 0, fade: 1 })
    expect(said[3]).toBeCloseTo(rows[0].capacity - 3 * slope, 10)
  })
})
