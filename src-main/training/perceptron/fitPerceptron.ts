import { fillInput, type Perceptron } from '../../../src-shared/evidence/perceptron.ts'
import { stateLength, type VoltageGrid } from '../../../src-shared/evidence/state.ts'
import { seededRandom, type SeededRandom } from '../../../src-shared/network/seededRandom.ts'
import { mean } from '../problem/grouping.ts'
import { diverged } from '../network/networkRun.ts'
import { trajectoryLoss } from './perceptronLoss.ts'
import { createPerceptronMachine, type PerceptronMachine } from './perceptronMachine.ts'
import { fillChanged, perceptronRows, rowDrawer, standardise, type PerceptronRows } from './perceptronRows.ts'
import type { PresentRow } from '../regression/presentRows.ts'

/** Rows of a step, and of types that have few. */
const batch = 256
const smallBatch = 64
const fewRows = 4000
const hiddenUnits = 256
/** Directions of the loss. */
const directions = 4
/** Each row is seen about half as often. */
const epochs = 120
/** In an epoch of few rows. */
const leastSteps = 2
const mostSteps = 4000
const learningRate = 2e-3
const weightDecay = 0.1
/** Share of the units that are dropped in each step. */
const dropped = 0.1
/** Fewer rows that were followed to the end say nothing of a trend. */
const leastFollowed = 20
/** Present capacities that differ by less are one. */
const leastSpread = 0.01

export interface PerceptronOrder {
  readonly grid: VoltageGrid
  /** Steps, the present one included. */
  readonly T: number
  readonly seed: number
}

/**
 * A perceptron of a type's rows; null where too few were followed to the end. Deterministic for a seed.
 *
 * Loshchilov, Hutter, Decoupled weight decay regularization (2019); Smith, Topin, Super-convergence (2019) for the
 * learning rate; Srivastava et al., Dropout (2014). Throws `diverged`.
 */
export function fitPerceptron(
  all: readonly PresentRow[],
  { grid, T, seed }: PerceptronOrder,
): Perceptron | null {
  const known = perceptronRows(all, grid, T)
  const basis = lossDirections(known, T)
  if (basis === null) return null
  const capacities = known.rows.map(({ capacity }) => capacity)
  const level = mean(capacities)
  const spread = Math.max(leastSpread, Math.sqrt(mean(capacities.map((value) => (value - level) ** 2))))
  const axes = { level, spread, basis, T }
  const random = seededRandom(seed)
  const B = known.rows.length < fewRows ? smallBatch : batch
  const shape = { B, D: known.mean.length, H: hiddenUnits, O: 1 + directions }
  const machine = createPerceptronMachine(shape, random)
  const fill = batchFiller(known, { B, T, random, machine })
  const steps = Math.min(mostSteps, epochs * Math.max(leastSteps, Math.floor(known.rows.length / B / 2)))
  for (let step = 0; step < steps; step++) {
    const truth = fill()
    machine.forward(dropped)
    const loss = trajectoryLoss(machine, axes, truth)
    if (!Number.isFinite(loss)) throw diverged(step)
    machine.backward()
    machine.step({ learningRate: oneCycle(step / steps), weightDecay })
  }
  return { mean: known.mean, scale: known.scale, layers: machine.layers(), level, spread, basis }
}

/** Puts drawn rows, each a little changed, into the machine; (B,T) what they are to lead to. */
function batchFiller(
  known: PerceptronRows,
  { B, T, random, machine }: { B: number; T: number; random: SeededRandom; machine: PerceptronMachine },
): () => Float32Array {
  const draw = rowDrawer(known.rows, random)
  const state = new Float64Array(stateLength)
  const input = new Float64Array(known.mean.length)
  const truth = new Float32Array(B * T)
  return () => {
    for (let b = 0; b < B; b++) {
      const n = draw()
      const row = known.rows[n]
      const gain = fillChanged(state, row.state, { random, gridStep: known.gridStep })
      fillInput(input, state, row.use)
      standardise(input, known)
      machine.put(b, input)
      for (let t = 0; t < T; t++) truth[b * T + t] = gain * known.truth[n * T + t]
    }
    return truth
  }
}

/** Share of the steps in which the learning rate rises, and what it begins and ends with, relative to the highest. */
const warmUp = 0.1
const firstRate = 1 / 25
const lastRate = 4e-6

/** Up along half a cosine, then down along one. */
function oneCycle(progress: number): number {
  const along = (from: number, to: number, share: number): number =>
    learningRate * (to + (from - to) * 0.5 * (1 + Math.cos(Math.PI * share)))
  return progress < warmUp
    ? along(firstRate, 1, progress / warmUp)
    : along(1, lastRate, (progress - warmUp) / (1 - warmUp))
}

/**
 * (K,T) principal directions of what was lost, not centred, each scaled by its root mean square; by power iteration. Null
 * where too few rows were followed to the end.
 */
function lossDirections({ rows, truth }: PerceptronRows, T: number): Float32Array | null {
  const moments = new Float64Array(T * T)
  let count = 0
  rows.forEach((_, n) => {
    const lost = Array.from({ length: T }, (_, t) => truth[n * T + t] - truth[n * T])
    if (!lost.every(Number.isFinite)) return
    count++
    for (let i = 0; i < T; i++) for (let j = 0; j < T; j++) moments[i * T + j] += lost[i] * lost[j]
  })
  if (count < leastFollowed) return null
  const basis = new Float32Array(directions * T)
  for (let k = 0; k < directions; k++) {
    const { direction, size } = largest(moments, T)
    for (let i = 0; i < T; i++) {
      basis[k * T + i] = Math.sqrt(size / count) * direction[i]
      for (let j = 0; j < T; j++) moments[i * T + j] -= size * direction[i] * direction[j]
    }
  }
  return basis
}

const turns = 200

function largest(moments: Float64Array, T: number): { direction: Float64Array; size: number } {
  let direction = Float64Array.from({ length: T }, (_, i) => Math.cos(i))
  let size = 0
  for (let turn = 0; turn < turns; turn++) {
    const next = direction.map((_, i) =>
      direction.reduce((sum, value, j) => sum + moments[i * T + j] * value, 0),
    )
    size = Math.hypot(...next)
    if (size === 0) return { direction, size }
    direction = next.map((value) => value / size)
  }
  return { direction, size }
}
