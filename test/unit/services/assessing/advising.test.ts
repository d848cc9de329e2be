import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { writeModelPackage } from '../../../../src-main/checkpoints/modelPackage.ts'
import { adviceFor, graded } from '../../../../src-main/services/assessing/advising.ts'
import { currentRules } from '../../../../src-main/services/grading/grading.ts'
import { wireParts, type Wired } from '../../../../src-main/services/application.ts'
import type { AssessedCell } from '../../../../src-main/services/library/assessedCell.ts'
import { runTraining } from '../../../../src-main/training/runTraining.ts'
import { evidenceToy } from '../../training/evidenceToy.ts'

let folder: string
let wired: Wired

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'pimoe-rat-'))
  await writeModelPackage(join(folder, 'toy'), runTraining(evidenceToy, () => undefined).draft)
  wired = wireParts({ libraryFolder: join(folder, 'library'), host: 'cli', modelFolders: [folder] })
}, 240_000)
afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }))

it('advises no measurement that was made already: the answer starts from the capacity stated of the cycle', async () => {
  const [{ description, cycles }] = evidenceToy.cells
  const cycle = cycles[10]
  const cell: AssessedCell = {
    name: 'x',
    description: { name: 'x', temperature_degC: null, simulated: false, ...description },
    cycles: [cycle],
    doubts: [],
  }
  const advice = await adviceFor(cell, { model: 'toy' }, wired.models)
  expect(advice?.measurements.map(({ kind }) => kind)).toContain('capacity')
  const stated = new Map([[cycle.row, cycle.dischargeCapacity!]])
  expect(await adviceFor({ ...cell, stated }, { model: 'toy' }, wired.models)).toBeNull()
})

it('tells by given rules what each measurement can make of the grade, and nothing without rules', async () => {
  const [{ description, cycles }] = evidenceToy.cells
  const described = { name: 'x', temperature_degC: null, simulated: false, ...description }
  const cell: AssessedCell = { name: 'x', description: described, cycles: [cycles[10]], doubts: [] }
  const advice = await adviceFor(cell, { model: 'toy' }, wired.models)
  const rules = currentRules(await wired.parts.library())
  const withRules = graded(advice, rules)
  expect(withRules.length).toBeGreaterThan(0)
  for (const { grade, ...measurement } of withRules) {
    expect(measurement).not.toHaveProperty('halves_Ah')
    expect(grade).toMatchObject({ rules: { name: rules.rules.name, version: 1, sha256: rules.sha256 } })
    if (grade?.effect === 'unknown') expect(grade.then).toEqual([])
    else expect(grade?.then.reduce((sum, { likelihood }) => sum + likelihood, 0)).toBeGreaterThan(0.95)
  }
  expect(graded(advice, null).map(({ grade }) => grade)).toEqual(withRules.map(() => null))
  expect(graded(null, rules)).toEqual([])
})
