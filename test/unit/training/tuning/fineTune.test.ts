import { describe, expect, it } from 'vitest'
import { readModelPackage, writeModelPackage } from '../../../../src-main/checkpoints/modelPackage.ts'
import { cellRows, fineTune } from '../../../../src-main/training/tuning/fineTune.ts'
import type { TuningCell } from '../../../../src-main/training/tuning/tunedCells.ts'
import { evidenceReader } from '../../../../src-shared/evidence/cellTypeEvidence.ts'
import type { ModelPackage } from '../../../../src-shared/forecast/package.ts'
import { temporaryFolder } from '../../../support/temporaryFolder.ts'
import { evidenceToyPackage } from '../evidenceToy.ts'
import { toyCell } from '../toyCells.ts'

const parent = evidenceToyPackage()
const [type] = parent.evidence ?? []
const step = (): Promise<void> => Promise.resolve()

/** Cells of another laboratory: at the same charge curve they hold another capacity. */
function ownCells(count: number, ratio: number): TuningCell[] {
  return Array.from({ length: count }, (_, place) => {
    const toy = toyCell({ number: 40 + place, role: 'train', cycles: 24, condition: 'own' })
    const cycles = toy.cycles.map((cycle) => ({
      ...cycle,
      dischargeCapacity: ratio * (cycle.dischargeCapacity ?? NaN),
    }))
    const cell = { ...toy, cycles }
    const rows = cellRows(cell, place, {
      grid: type.present.grid,
      input: parent.manifest.input,
      ratedCapacity: type.nominalCapacity_Ah,
    })
    return { cell, rows }
  })
}

function tuned(cells: readonly TuningCell[], known: readonly TuningCell[] = []) {
  const asked = { parent, parentCard: '# toy\n', type, left: [], name: 'own', program: 'test' }
  return fineTune({ ...asked, cells, known }, step)
}

const presentError = (model: ModelPackage, { cell, rows }: TuningCell): number => {
  const reader = evidenceReader(model.evidence?.[0] ?? type)
  const errors = rows.map(({ row, own, capacity }) => {
    const read = reader.read(cell.cycles[row], own, { ratedCapacity: type.nominalCapacity_Ah })
    return Math.abs((read?.capacity ?? NaN) - capacity)
  })
  return errors.reduce((sum, error) => sum + error, 0) / errors.length
}

describe('fine-tuning on own cells', { timeout: 120_000 }, () => {
  it('helps where own cells hold another capacity, on cells that it never saw too', async () => {
    const known = ownCells(2, 1)
    const { draft, tuning } = await tuned(ownCells(4, 0.95), known)
    expect(tuning.isBetter).toBe(true)
    expect(tuning.total.after.error).toBeLessThan(tuning.total.before.error / 2)
    expect(Math.abs(tuning.total.after.bias)).toBeLessThan(Math.abs(tuning.total.before.bias))
    expect(tuning.forgetting?.cells).toBe(2)
    expect(tuning.forgetting?.after).toBeGreaterThan(tuning.forgetting?.before ?? Infinity)
    expect(draft.card).toContain('Tuning helps on cells left out')
    expect(draft.manifest.tuning).toMatchObject({ parent: { name: 'toy', sha256: parent.sha256 }, cells: 4 })
  })

  it('is kept by the package, whose network, fade and axes stay', async () => {
    const [unseen] = ownCells(5, 0.95).slice(4)
    const { draft } = await tuned(ownCells(4, 0.95))
    const folder = temporaryFolder()
    const written = await writeModelPackage(folder, draft)
    const read = await readModelPackage(folder)
    expect(read.sha256).toBe(written.sha256)
    expect(read.sha256).not.toBe(parent.sha256)
    expect(presentError(read, unseen)).toBeLessThan(presentError(parent, unseen) / 2)
    const present = read.evidence?.[0].present
    expect(present?.states).toEqual(type.present.states)
    expect(present?.fades).toEqual(type.present.fades)
    expect(present?.correction?.uses.length).toBe(4 * (draft.manifest.tuning?.prototypes ?? 0))
    expect(read.parameters).toEqual(parent.parameters)
  })

  it('never narrows the interval on fewer than nine cells, and marks it so', async () => {
    const { draft, tuning } = await tuned(ownCells(3, 1))
    expect(tuning.isExtrapolated).toBe(true)
    const before = parent.manifest.interval?.conditions?.find(({ charge_rate }) => charge_rate === 0.5)
    const after = draft.manifest.interval?.conditions?.find(({ charge_rate }) => charge_rate === 0.5)
    expect(after?.cells).toBe(3)
    after?.error.forEach((error, t) => expect(error).toBeGreaterThanOrEqual(before?.error[t] ?? Infinity))
    const others = draft.manifest.interval?.conditions?.filter(({ charge_rate }) => charge_rate !== 0.5)
    expect(others).toEqual(
      parent.manifest.interval?.conditions?.filter(({ charge_rate }) => charge_rate !== 0.5),
    )
  })

  it('names no cell in the package', async () => {
    const { draft } = await tuned(ownCells(3, 0.95))
    expect(`${JSON.stringify(draft.manifest)}${draft.card}`).not.toContain('own-#')
  })

  it('can be tuned again', async () => {
    const first = await tuned(ownCells(3, 0.95))
    const folder = temporaryFolder()
    await writeModelPackage(folder, first.draft)
    const once = await readModelPackage(folder)
    const [evidence] = once.evidence ?? []
    const asked = { parentCard: '', left: [], name: 'again', program: 'test', known: [] }
    const { draft } = await fineTune(
      { ...asked, parent: once, type: evidence, cells: ownCells(4, 0.9) },
      step,
    )
    const hashes = [...ownCells(3, 1), ...ownCells(4, 1)].map(({ cell }) => cell.sha256)
    expect(draft.manifest.tuning?.data).toEqual(hashes)
    const again = { ...once, evidence: draft.evidence ?? [] }
    expect(presentError(again, ownCells(1, 0.9)[0])).toBeLessThan(presentError(once, ownCells(1, 0.9)[0]))
  })
})
