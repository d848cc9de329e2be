import { Failure } from '../../../src-shared/failure/failure.ts'
import type { ModelPackage } from '../../../src-shared/forecast/package.ts'
import type { ModelShelf } from './models.ts'
import type { Parts } from '../parts.ts'

/** What runs a network: our own kernels, or the independent one in TensorFlow.js. */
export type Engine = 'kernels' | 'tensorflow'

/**
 * The same models, run by an engine. `find` throws `engine-unsupported` (not determinable) for networks that TensorFlow.js
 * does not run: all but the published ones.
 */
export async function shelfOn(
  engine: Engine,
  parts: Pick<Parts, 'tensorflow'>,
  models: ModelShelf,
): Promise<ModelShelf> {
  if (engine === 'kernels') return models
  const { tensorflowEngine } = await parts.tensorflow()
  const forward = await tensorflowEngine()
  return {
    ...models,
    find: async (nameOrFolder) => {
      const model = await models.find(nameOrFolder)
      if (model.manifest.input.kind !== 'legacy') throw unsupported(model)
      return { ...model, forward }
    },
  }
}

function unsupported({ manifest }: ModelPackage): Failure {
  const message = `TensorFlow.js runs the published networks only, and ${manifest.name} is none.`
  return new Failure('not-determinable', 'engine-unsupported', message, {
    advice:
      'Name a model that was imported from a published checkpoint or trained by a legacy preset, or leave --engine out.',
    found: manifest.name,
  })
}
