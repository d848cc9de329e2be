import { fitScaler, cycleInput } from '../../../src-shared/forecast/networkInput.ts'
import type { Scaler } from '../../../src-shared/forecast/package.ts'
import { forward } from '../../../src-shared/network/forward.ts'
import { lossForward } from '../../../src-shared/network/loss.ts'
import type { SeededRandom } from '../../../src-shared/network/seededRandom.ts'
import type { TrainedNetwork } from './predict.ts'
import { samplesOf, selectSamples, type Samples } from '../windows/samples.ts'
import type { TrainingSettings } from '../problem/settings.ts'
import type { TrainingCell } from '../problem/trainingCell.ts'
import type { Whitening } from '../windows/whitening.ts'

// How the authors' public code trains, where it differs from the joint recipe.

/**
 * Whole windows only: rows 0 … rows−T−1 of a cell, LSD 1 … rows−T; of these the first `windowsPerCell` where that is
 * not 0.
 */
export function publishedWindows(
  cells: readonly TrainingCell[],
  settings: TrainingSettings,
  scaler: Scaler | null,
): Samples {
  const { network, input, windowsPerCell } = settings
  const all = samplesOf(cells, { network, input, scaler, leastRows: network.T })
  const most = windowsPerCell === 0 ? Infinity : windowsPerCell
  const places = Int32Array.from(all.row.keys()).filter((i) => {
    const { condition, cycles } = cells[all.cell[i]]
    const first = condition === 'LSD' ? 1 : 0
    const row = all.row[i] - first
    return row >= 0 && row < most && all.row[i] <= cycles.length - network.T - 1 + first
  })
  return selectSamples(all, places)
}

/** Mean and spread over the rows that start a training window; null where there is none. */
export function publishedScaler(cells: readonly TrainingCell[], settings: TrainingSettings): Scaler | null {
  const { N, cell, row } = publishedWindows(cells, settings, null)
  const convention = { input: settings.input, scaler: null, ratedCapacity: 1 }
  const rows = Array.from({ length: N }, (_, i) => cycleInput(cells[cell[i]].cycles[row[i]], convention))
  return N === 0 ? null : fitScaler(rows.flatMap((seen) => (seen === null ? [] : [seen.rawFeatures])))
}

/** 0 … N−1 in random order (Fisher and Yates 1938); the last batch is filled up with the first windows. */
export function shuffledWindows(N: number, batch: number, random: SeededRandom): Int32Array {
  const order = Int32Array.from({ length: N }, (_, i) => i)
  for (let i = N - 1; i > 0; i--) {
    const other = random.below(i + 1)
    const held = order[i]
    order[i] = order[other]
    order[other] = held
  }
  return Int32Array.from({ length: Math.ceil(N / batch) * batch }, (_, i) => order[i % N])
}

/** Mean squared error and the weighted diversity of the experts, over all windows at once, without the router's noise. */
export function publishedLoss(
  { network, parameters }: TrainedNetwork,
  { N: B, curve, features, use, target, mask }: Samples,
  diversityWeight: number,
): number {
  const said = forward(parameters, network, network, { B, curve, features, use })
  const [capacity, gate] = [said.capacity, said.gateWeights].map((values) => Float64Array.from(values))
  const shape = { B, T: network.T, E: network.E }
  return lossForward(capacity, target, mask, gate, shape, diversityWeight).total
}

/** Leaves curves as they are. */
export function noWhitening(V: number): Whitening {
  const inverse = new Float64Array(V * V)
  for (let i = 0; i < V; i++) inverse[i * V + i] = 1
  return { mean: new Float64Array(V), inverse }
}
