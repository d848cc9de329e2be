import { join } from 'node:path'
import { writeModelPackage } from '../../src-main/checkpoints/modelPackage.ts'
import { initialParameters } from '../../src-shared/network/initialParameters.ts'
import { seededRandom } from '../../src-shared/network/seededRandom.ts'

const network = { T: 12, V: 50, F: 12, E: 5, U: 4, k: 2, alpha: 10 }

/** Writes a small untrained package that answers NCA cells; returns its folder. */
export async function writeTestModel(parent: string, name: string, { seed = 1 } = {}): Promise<string> {
  const folder = join(parent, name)
  await writeModelPackage(folder, {
    parameters: initialParameters(network, seededRandom(seed)),
    card: `# ${name}\n`,
    manifest: {
      schema: 'pimoe-model/1',
      name,
      created: '2026-01-01T00:00:00.000Z',
      program: 'test',
      simulated: name === 'demo',
      network,
      input: {
        kind: 'joint',
        features: 12,
        curveUnit: 'mAh',
        use: { mean: [0.5, 1, 30], scale: [0.25, 0.5, 10] },
      },
      scaler: { mean: new Array<number>(12).fill(0), scale: new Array<number>(12).fill(1) },
      domain: {
        cellTypes: [{ label: 'NCA 3.5 Ah', chemistry: 'NCA', nominalCapacity_Ah: 3.5 }],
        conditions: [{ name: 'A', charge_rate: 0.5, discharge_rate: 1, temperature_degC: 25, cells: 9 }],
        window: { from: 3.6, to: 4.15 },
        features: { low: new Array<number>(12).fill(-1e9), high: new Array<number>(12).fill(1e9) },
        stateOfHealth: { low: -1e9, high: 1e9 },
      },
      interval: {
        level: 0.9,
        base: 0.01,
        slope: 0.2,
        score: new Array<number>(12).fill(2),
        cells: 9,
        coverage: 0.95,
      },
      training: null,
      metrics: null,
    },
  })
  return folder
}
