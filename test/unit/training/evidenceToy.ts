import { completePackage } from '../../../src-main/checkpoints/modelPackage.ts'
import { runTraining } from '../../../src-main/training/runTraining.ts'
import type { TrainingConfig } from '../../../src-main/training/problem/trainingConfig.ts'
import { expertInputs } from '../../../src-shared/evidence/networkAxes.ts'
import type { ModelPackage } from '../../../src-shared/forecast/package.ts'
import { toyCell, toySettings } from './toyCells.ts'

/** Eight cells of two uses, small enough for seconds. */
export const evidenceToy: TrainingConfig = {
  name: 'toy',
  preset: 'toy',
  seed: 3,
  settings: {
    ...toySettings,
    recipe: 'evidence',
    network: { ...toySettings.network, V: expertInputs },
    input: { ...toySettings.input, kind: 'evidence', curveUnit: 'Ah' },
    epochs: 90,
    windowsPerEpoch: 256,
    huber: 0.003,
    firstStepWeight: 1,
    planChange: 0,
    curveNoise: 1e-4,
    restNoise: 1e-3,
  },
  cells: [0.5, 1].flatMap((chargeRate) =>
    [1, 2, 3, 4, 5].map((number) =>
      toyCell({
        number,
        role: 'train',
        cycles: 24,
        chargeRate,
        condition: chargeRate === 1 ? 'toy B' : 'toy A',
      }),
    ),
  ),
  program: 'test',
}

/** The toy's package, trained once for whoever asks in this file. */
export function evidenceToyPackage(): ModelPackage {
  return completePackage(runTraining(evidenceToy, () => undefined).draft)
}
