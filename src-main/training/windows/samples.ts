import type { Cycle } from '../../../src-shared/cell/cycle.ts'
import {
  cycleInput,
  measuredUse,
  useInput,
  useRow,
  type UseRow,
} from '../../../src-shared/forecast/networkInput.ts'
import type { InputConvention, Scaler } from '../../../src-shared/forecast/package.ts'
import type { AmpereHour } from '../../../src-shared/units/quantities.ts'
import type { NetworkShape } from '../../../src-shared/network/shape.ts'
import { ratedCapacityOf, type TrainingCell } from '../problem/trainingCell.ts'

/** Windows of several cells as parallel arrays; window i belongs to cells[cell[i]] and starts at its row[i]. */
export interface Samples {
  readonly N: number
  readonly cells: readonly TrainingCell[]
  readonly cell: Int32Array // (N)
  readonly row: Int32Array // (N)
  readonly curve: Float32Array // (N,V)
  readonly features: Float32Array // (N,F) standardised
  readonly use: Float32Array // (N,T,3) scaled
  readonly target: Float32Array // (N,T) relative to rated capacity (joint) or Ah (legacy)
  readonly mask: Float32Array // (N,T) 1 where the target was measured
}

export interface SampleConvention {
  readonly input: InputConvention
  readonly scaler: Scaler | null
  readonly network: NetworkShape
  /** Rows that must follow a window's first, itself included. */
  readonly leastRows: number
}

/** Fewer rows say nothing of the trend. */
export const leastTrainingRows = 10

/**
 * Every window of the cells: curve and features of row i, use and capacity of rows i … i+T−1.
 *
 * Where the file ends sooner the last use is held and the target is masked. Rows without a curve (or the relaxation
 * that the network needs) start no window.
 */
export function samplesOf(cells: readonly TrainingCell[], convention: SampleConvention): Samples {
  const starts = cells.flatMap((cell, index) => windowsOf(cell, index, convention))
  const { T, V, F } = convention.network
  const N = starts.length
  const samples = {
    N,
    cells,
    cell: Int32Array.from(starts, (start) => start.cell),
    row: Int32Array.from(starts, (start) => start.row),
    curve: new Float32Array(N * V),
    features: new Float32Array(N * F),
    use: new Float32Array(N * T * 3),
    target: new Float32Array(N * T),
    mask: new Float32Array(N * T),
  }
  starts.forEach((start, i) => {
    samples.curve.set(start.curve, i * V)
    samples.features.set(start.features, i * F)
    fillFuture(samples, i, start, T)
  })
  return samples
}

interface CellFuture {
  readonly use: Float32Array // (R,3) scaled
  readonly target: Float32Array // (R), NaN where not measured
}

interface WindowStart {
  readonly cell: number
  readonly row: number
  readonly curve: Float32Array
  readonly features: Float32Array
  readonly future: CellFuture
}

function windowsOf(cell: TrainingCell, index: number, convention: SampleConvention): WindowStart[] {
  const { input, scaler, leastRows } = convention
  const ratedCapacity = input.kind === 'joint' ? ratedCapacityOf(cell) : 1
  const rows = cell.cycles.map((cycle) => useRowOf(cycle, input, cell.description.nominalCapacity_Ah))
  const future = {
    use: useInput(heldRows(rows), input.use),
    target: Float32Array.from(cell.cycles, (cycle) => (cycle.dischargeCapacity ?? NaN) / ratedCapacity),
  }
  const windows: WindowStart[] = []
  for (let row = 0; row + leastRows <= cell.cycles.length; row++) {
    if (rows[row] === null) continue
    const seen = cycleInput(cell.cycles[row], { input, scaler, ratedCapacity })
    if (seen !== null) windows.push({ cell: index, row, curve: seen.curve, features: seen.features, future })
  }
  return windows
}

function fillFuture(samples: Samples, i: number, { row, future }: WindowStart, T: number): void {
  const last = future.target.length - 1
  for (let t = 0; t < T; t++) {
    const from = Math.min(row + t, last)
    samples.use.set(future.use.subarray(from * 3, from * 3 + 3), (i * T + t) * 3)
    const target = row + t > last ? NaN : future.target[from]
    samples.target[i * T + t] = Number.isNaN(target) ? 0 : target
    samples.mask[i * T + t] = Number.isNaN(target) ? 0 : 1
  }
}

/** The stored numbers for legacy networks where there are any, else what the row says of its use; null where it says nothing. */
function useRowOf(cycle: Cycle, input: InputConvention, ratedCapacity: AmpereHour | null): UseRow | null {
  if (input.kind === 'legacy' && cycle.stored !== null) return cycle.stored
  if (ratedCapacity === null) return null
  const { chargeRate, dischargeRate, temperature } = measuredUse(cycle, ratedCapacity)
  if (chargeRate === null || dischargeRate === null || temperature === null) return null
  return useRow({ chargeRate, dischargeRate, temperature }, input, ratedCapacity)
}

/** Rows that do not say their use take the one before, or the first that says it. */
function heldRows(rows: readonly (UseRow | null)[]): UseRow[] {
  let held = rows.find((row) => row !== null) ?? ([0, 0, 0] as const)
  return rows.map((row) => {
    held = row ?? held
    return held
  })
}

/** The windows at the given places, in that order. */
export function selectSamples(samples: Samples, places: ArrayLike<number>): Samples {
  const N = places.length
  const wide = (values: Float32Array): Float32Array => {
    const width = values.length / samples.N
    const selected = new Float32Array(N * width)
    for (let i = 0; i < N; i++) {
      selected.set(values.subarray(places[i] * width, (places[i] + 1) * width), i * width)
    }
    return selected
  }
  return {
    N,
    cells: samples.cells,
    cell: Int32Array.from(places, (place) => samples.cell[place]),
    row: Int32Array.from(places, (place) => samples.row[place]),
    curve: wide(samples.curve),
    features: wide(samples.features),
    use: wide(samples.use),
    target: wide(samples.target),
    mask: wide(samples.mask),
  }
}
