import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { exportNetwork } from '../../../src-main/checkpoints/exportNetwork.ts'
import { importCheckpoint } from '../../../src-main/checkpoints/importCheckpoint.ts'
import { readModelPackage, writeModelPackage } from '../../../src-main/checkpoints/modelPackage.ts'
import { evaluate } from '../../../src-main/training/judging/evaluate.ts'
import { runTraining } from '../../../src-main/training/runTraining.ts'
import { kernelName } from '../../../src-shared/evidence/presentCapacity.ts'
import { temporaryFolder } from '../../support/temporaryFolder.ts'
import { evidenceToy } from './evidenceToy.ts'
import { toyCell } from './toyCells.ts'

const trained = runTraining(evidenceToy, () => undefined)
const unseen = [0.5, 1].map((chargeRate) =>
  toyCell({
    number: 9,
    role: 'test',
    cycles: 30,
    chargeRate,
    condition: chargeRate === 1 ? 'toy B' : 'toy A',
  }),
)

describe('training on evidence', () => {
  it('learns present capacity and trend of cells it never saw', async () => {
    const model = await writeModelPackage(join(temporaryFolder(), 'toy'), trained.draft)
    const { conditions } = evaluate({ package: model, cells: unseen, horizon: 12 })
    for (const condition of conditions) {
      expect(condition.refused).toBe(0)
      expect(condition.step1Mape).toBeLessThan(0.3)
      expect(condition.mape).toBeLessThan(0.8)
    }
  })

  it('answers charges that start late, less surely', async () => {
    const model = await writeModelPackage(join(temporaryFolder(), 'toy'), trained.draft)
    const [whole, late] = [undefined, 3.9].map((startVoltage) =>
      evaluate({
        package: model,
        cells: unseen,
        horizon: 12,
        ...(startVoltage === undefined ? {} : { startVoltage }),
      }),
    )
    late.conditions.forEach((condition, i) => {
      expect(condition.refused).toBe(0)
      expect(condition.width90).toBeGreaterThanOrEqual(whole.conditions[i].width90!)
    })
  })

  it('comes back from its files as it was', async () => {
    const folder = join(temporaryFolder(), 'toy')
    const written = await writeModelPackage(folder, trained.draft)
    const read = await readModelPackage(folder)
    expect(read.sha256).toBe(written.sha256)
    expect(read.evidence).toEqual(written.evidence)
    const [a, b] = [written, read].map((model) => evaluate({ package: model, cells: unseen, horizon: 12 }))
    expect(b).toEqual(a)
    rmSync(join(folder, 'evidence.safetensors'))
    await expect(readModelPackage(folder)).rejects.toMatchObject({ code: 'model-missing' })
  })

  it('is refused where its weights were learned for another kernel', async () => {
    const folder = join(temporaryFolder(), 'toy')
    await writeModelPackage(folder, trained.draft)
    const file = join(folder, 'manifest.json')
    writeFileSync(file, readFileSync(file, 'utf8').replace(kernelName, 'radial 0.003'))
    await expect(readModelPackage(folder)).rejects.toMatchObject({
      code: 'manifest-invalid',
      message: expect.stringContaining('evidence.kernel') as string,
    })
  })

  it('comes back whole from the one file that an export writes', async () => {
    const folder = temporaryFolder()
    const written = await writeModelPackage(join(folder, 'toy'), trained.draft)
    const file = join(folder, 'toy.safetensors')
    writeFileSync(file, exportNetwork(written, 'safetensors'))
    const { package: imported } = await importCheckpoint({ checkpoint: file, name: 'toy' })
    expect(imported.evidence).toEqual(written.evidence)
    expect(imported.sha256).toBe(written.sha256)
  })

  it('says how far off it was on cells left out, and for how many', () => {
    const { interval, domain, metrics } = trained.draft.manifest
    expect(interval).toMatchObject({ level: 0.9, cells: 10 })
    expect(interval!.conditions!.map(({ cells }) => cells)).toEqual([5, 5])
    expect(domain!.conditions.map(({ type }) => type)).toEqual(['NCA 2 Ah', 'NCA 2 Ah'])
    expect(metrics!['left out mape % toy A']).toBeLessThan(1)
    expect(trained.draft.card).toContain('cells left out')
  })

  it.each([2, 80])(
    'ends as one that was never stopped, stopped after epoch %i',
    (after) => {
      const folder = join(temporaryFolder(), '.run')
      const kept = { ...evidenceToy, checkpoint: { folder, resume: false, everySeconds: 0 } }
      const stop = new Error('power cut')
      expect(() =>
        runTraining(kept, ({ epoch }) => {
          if (epoch === after) throw stop
        }),
      ).toThrow(stop)
      expect(existsSync(folder)).toBe(true)
      const resumed = runTraining(
        { ...evidenceToy, checkpoint: { folder, resume: true, everySeconds: 0 } },
        () => undefined,
      )
      expect(resumed.draft.parameters).toEqual(trained.draft.parameters)
      expect(resumed.draft.manifest.interval).toEqual(trained.draft.manifest.interval)
    },
    120_000,
  )
})
