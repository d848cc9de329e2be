import { expect, it } from 'vitest'
import { runTraining } from '../../../src-main/training/runTraining.ts'
import { cycleInput, fitScaler } from '../../../src-shared/forecast/networkInput.ts'
import { toyCells, toySettings } from './toyCells.ts'

it('features are scaled by the training cells alone', () => {
  const settings = { ...toySettings, epochs: 1, windowsPerEpoch: 32 }
  const cells = toyCells()
  const question = { name: 'toy', preset: 'toy', seed: 1, settings, cells, program: 'test' }
  const { scaler } = runTraining(question, () => undefined).draft.manifest
  const convention = { input: settings.input, scaler: null, ratedCapacity: 2 }
  const rows = (role: string) =>
    cells
      .filter((cell) => cell.role === role)
      .flatMap((cell) => cell.cycles.map((cycle) => cycleInput(cycle, convention)!.rawFeatures))
  expect(scaler).toEqual(fitScaler(rows('train')))
  expect(scaler).not.toEqual(fitScaler([...rows('train'), ...rows('validation')]))
})
