import { fillInput, standardised } from '../../../src-shared/evidence/perceptron.ts'
import { signalsLength } from '../../../src-shared/evidence/signals.ts'
import { curvePoints, stateLength, type VoltageGrid } from '../../../src-shared/evidence/state.ts'
import type { SeededRandom } from '../../../src-shared/network/seededRandom.ts'
import { groupedBy } from '../problem/grouping.ts'
import type { PresentRow } from '../regression/presentRows.ts'

/** Rows that a perceptron learns from, and how they are drawn and read. */
export interface PerceptronRows {
  readonly rows: readonly PresentRow[]
  /** (N,T) capacities from each row on, relative to the rated one, NaN where not measured. */
  readonly truth: Float32Array
  /** (D) */
  readonly mean: Float32Array
  readonly scale: Float32Array
  /** V between two points of the curve. */
  readonly gridStep: number
}

/** A row of fewer known steps teaches no trend. */
const leastKnown = 5

export function perceptronRows(all: readonly PresentRow[], grid: VoltageGrid, T: number): PerceptronRows {
  const futures = all.map((row) => ({
    row,
    truth: Float32Array.from({ length: T }, (_, t) => row.capacity + row.lostAt(t)),
  }))
  const followed = futures.filter(({ truth }) => truth.filter(Number.isFinite).length >= leastKnown)
  const rows = followed.map(({ row }) => row)
  const truth = new Float32Array(rows.length * T)
  followed.forEach((one, n) => truth.set(one.truth, n * T))
  return { rows, truth, ...standardisation(rows), gridStep: (grid.to - grid.from) / (curvePoints - 1) }
}

/** What varies less never varied. */
const leastSpread = 1e-6
/** Added to every spread: a number that hardly varied is not blown up. */
const calm = 3e-5

function standardisation(rows: readonly PresentRow[]): { mean: Float32Array; scale: Float32Array } {
  const width = signalsLength + (rows[0]?.use.length ?? 0)
  const input = new Float64Array(width)
  const mean = new Float64Array(width)
  const variance = new Float64Array(width)
  for (const { state, use } of rows) {
    fillInput(input, state, use)
    for (let d = 0; d < width; d++) mean[d] += input[d] / rows.length
  }
  for (const { state, use } of rows) {
    fillInput(input, state, use)
    for (let d = 0; d < width; d++) variance[d] += (input[d] - mean[d]) ** 2 / rows.length
  }
  const scale = variance.map((value) => (value > leastSpread ** 2 ? 1 / (Math.sqrt(value) + calm) : 0))
  return { mean: Float32Array.from(mean), scale: Float32Array.from(scale) }
}

/** Draws places with replacement: a condition in proportion to the root of its rows. */
export function rowDrawer(rows: readonly PresentRow[], random: SeededRandom): () => number {
  const places = rows.map((row, place) => ({ place, condition: row.condition }))
  const groups = [...groupedBy(places, ({ condition }) => condition).values()]
  const shares = groups.map(({ length }) => Math.sqrt(length))
  const total = shares.reduce((sum, share) => sum + share, 0)
  return () => {
    let left = random.uniform() * total
    let index = 0
    while (index < groups.length - 1 && left >= shares[index]) left -= shares[index++]
    return groups[index][random.below(groups[index].length)].place
  }
}

/** Spread of what is changed in a row each time it is seen: grid steps, a share, and the rated capacity. */
const shiftSpread = 0.3
const gainSpread = 0.002
const curveNoise = 3e-4
/** In units of a state's rest (0.2 V): of all its samples together, and of each. */
const restNoise = 1.5e-3
const sampleNoise = 4.5e-4
/** What a shift of the voltage moves the rest by, in a state's units per V. */
const restPerVolt = 0.3 / 0.2

/** A state (64) as another charge of the same cell might look, and the gain that its capacities share. */
export function fillChanged(
  changed: Float64Array,
  state: Float64Array,
  { random, gridStep }: { random: SeededRandom; gridStep: number },
): number {
  const shift = shiftSpread * random.gaussian()
  const gain = 1 + gainSpread * random.gaussian()
  for (let i = 0; i < curvePoints; i++) {
    changed[i] = gain * between(state, i + shift) + curveNoise * random.gaussian()
  }
  const start = changed[0]
  for (let i = 0; i < curvePoints; i++) changed[i] -= start
  const common = restNoise * random.gaussian() + restPerVolt * gridStep * shift
  for (let i = curvePoints; i < stateLength; i++) {
    changed[i] = state[i] + common + sampleNoise * random.gaussian()
  }
  return gain
}

function between(state: Float64Array, at: number): number {
  const left = Math.min(Math.max(Math.floor(at), 0), curvePoints - 2)
  return state[left] + (at - left) * (state[left + 1] - state[left])
}

/** Standardises an input (D) in place. */
export function standardise(
  input: Float64Array,
  { mean, scale }: Pick<PerceptronRows, 'mean' | 'scale'>,
): void {
  for (let d = 0; d < input.length; d++) input[d] = standardised(input[d], mean[d], scale[d])
}
