import type { CellTypeEvidence } from '../../../src-shared/evidence/cellTypeEvidence.ts'
import { fillNetworkInput } from '../../../src-shared/evidence/networkAxes.ts'
import { curvePoints, stateLength } from '../../../src-shared/evidence/state.ts'
import type { SeededRandom } from '../../../src-shared/network/seededRandom.ts'
import type { EvidenceRow } from './evidenceRow.ts'
import type { TrainingSettings } from '../problem/settings.ts'
import type { Batch } from '../windows/windowBatch.ts'

/** Rows to train on, each with its cell type. */
export interface EvidenceSource {
  readonly rows: readonly EvidenceRow[]
  readonly types: readonly CellTypeEvidence[]
  /** Type of each row. */
  readonly typeOf: Int32Array
  readonly settings: TrainingSettings
  readonly random: SeededRandom
}

/** Spread of the health that stands for the present head's error. */
const healthNoise = 0.003

/** Writes the rows at `places`, each a little changed; the target is what the capacity loses from the first step on. */
export function fillEvidence(batch: Batch, places: Int32Array, source: EvidenceSource): void {
  const { rows, types, typeOf, settings, random } = source
  const { T, V, F } = settings.network
  for (let b = 0; b < batch.B; b++) {
    const row = rows[places[b]]
    const changed = {
      ...row,
      state: changedState(row.state, settings, random),
      capacity: row.capacity + healthNoise * random.gaussian(),
    }
    const features = batch.features.subarray(b * F, (b + 1) * F)
    fillNetworkInput(
      { experts: batch.curve.subarray(b * V, (b + 1) * V), features },
      types[typeOf[places[b]]].axes,
      changed,
    )
    for (let f = 0; f < F; f++) features[f] += settings.featureNoise * random.gaussian()
    fillFuture(batch, b, row, T)
  }
  for (let i = 0; i < batch.epsilon.length; i++) batch.epsilon[i] = random.gaussian()
}

/** use, target and mask of window b: what the cell went through from the row on. */
export function fillFuture(
  { use, target, mask }: Pick<Batch, 'use' | 'target' | 'mask'>,
  b: number,
  { row, future }: EvidenceRow,
  T: number,
): void {
  const last = future.capacity.length - 1
  const start = future.capacity[row]
  for (let t = 0; t < T; t++) {
    const from = Math.min(row + t, last)
    use.set(future.use.subarray(from * 3, from * 3 + 3), (b * T + t) * 3)
    const capacity = row + t > last ? NaN : future.capacity[from]
    target[b * T + t] = Number.isNaN(capacity) ? 0 : capacity - start
    mask[b * T + t] = Number.isNaN(capacity) ? 0 : 1
  }
}

/** Shifted along the voltage, scaled, with noise; the rest moved as a whole and sample by sample. */
function changedState(state: Float64Array, spread: TrainingSettings, random: SeededRandom): Float64Array {
  const changed = new Float64Array(stateLength)
  const gain = 1 + spread.curveGain * random.gaussian()
  const shift = spread.curveShift * random.gaussian()
  const start = between(state, shift)
  for (let i = 1; i < curvePoints; i++) {
    changed[i] = gain * (between(state, i + shift) - start) + spread.curveNoise * random.gaussian()
  }
  const common = spread.restNoise * random.gaussian()
  for (let i = curvePoints; i < stateLength; i++) {
    changed[i] = state[i] + common + 0.3 * spread.restNoise * random.gaussian()
  }
  return changed
}

function between(state: Float64Array, at: number): number {
  const left = Math.min(Math.max(Math.floor(at), 0), curvePoints - 2)
  return state[left] + (at - left) * (state[left + 1] - state[left])
}
