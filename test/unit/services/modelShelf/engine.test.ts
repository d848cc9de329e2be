import { join } from 'node:path'
import { expect, it } from 'vitest'
import { readModelPackage, writeModelPackage } from '../../../../src-main/checkpoints/modelPackage.ts'
import { shelfOn } from '../../../../src-main/services/modelShelf/engine.ts'
import { modelShelf } from '../../../../src-main/services/modelShelf/models.ts'
import { evaluate } from '../../../../src-main/training/judging/evaluate.ts'
import { initialParameters } from '../../../../src-shared/network/initialParameters.ts'
import { seededRandom } from '../../../../src-shared/network/seededRandom.ts'
import { temporaryFolder } from '../../../support/temporaryFolder.ts'
import { writeTestModel } from '../../../support/testModel.ts'
import { toyCell } from '../../training/toyCells.ts'

const network = { T: 12, V: 50, F: 12, E: 5, U: 4, k: 2, alpha: 10 }
const tensorflow = () => import('../../../../src-main/comparison/tensorflowNetwork.ts')

/** A published-style package that nobody trained, and one of this program's own kind. */
async function writeModels(): Promise<ReturnType<typeof modelShelf>> {
  const folder = temporaryFolder()
  const own = await readModelPackage(await writeTestModel(folder, 'pimoe'))
  await writeModelPackage(join(folder, 'published'), {
    manifest: {
      ...own.manifest,
      name: 'published',
      input: { kind: 'legacy', features: 12, curveUnit: 'mAh', use: { mean: [0, 0, 0], scale: [1, 1, 1] } },
      domain: null,
      interval: null,
    },
    parameters: initialParameters(network, seededRandom(5)),
    card: '',
  })
  return modelShelf({
    modelFolders: [folder],
    modelPackages: () => import('../../../../src-main/checkpoints/modelPackage.ts'),
    kernels: () => import('../../../../src-main/kernels/kernelForward.ts'),
    chosenDefault: () => Promise.resolve(null),
  })
}

it('judges a published network in TensorFlow.js as the kernels do', async () => {
  const models = await writeModels()
  const theirs = await shelfOn('tensorflow', { tensorflow }, models)
  const cells = [toyCell({ number: 1, role: 'test' })]
  const [ours, others] = await Promise.all(
    [models, theirs].map(async (shelf) => {
      const judged = evaluate({ package: await shelf.find('published'), cells, horizon: 12 })
      return judged.conditions[0]
    }),
  )
  expect(others.windows).toBe(ours.windows)
  expect(others.mape! / ours.mape!).toBeCloseTo(1, 4)
  // Another arithmetic: it is not the kernels under another name.
  expect(others.rmse_Ah).not.toBe(ours.rmse_Ah)
})

it('says which networks it does not run, and by default runs all on the kernels', async () => {
  const models = await writeModels()
  const theirs = await shelfOn('tensorflow', { tensorflow }, models)
  await expect(theirs.find('pimoe')).rejects.toMatchObject({
    kind: 'not-determinable',
    code: 'engine-unsupported',
    detail: { advice: expect.stringMatching(/legacy preset/) as string },
  })
  expect(await shelfOn('kernels', { tensorflow }, models)).toBe(models)
})
