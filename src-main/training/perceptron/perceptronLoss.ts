import type { Fraction } from '../../../src-shared/units/quantities.ts'

/** What turns outputs (B,outputs) into trajectories. */
export interface TrajectoryAxes {
  readonly level: Fraction
  readonly spread: Fraction
  /** (K,T) */
  readonly basis: Float32Array
  readonly T: number
}

/** Outputs of B rows, and where their gradient goes: (B,stride), of which the first 1 + K count. */
export interface PerceptronOutput {
  readonly output: Float32Array
  readonly dOutput: Float32Array
  readonly stride: number
}

/** Error in percent beyond which it counts by its size, not its square. */
const huberDelta = 0.3
/** Weight of the present capacity beside the mean over all steps. */
const presentWeight = 0.3

/**
 * Mean Huber loss of the relative error in percent over the known steps of present + lost, and 0.3 × that of the present
 * alone; writes its gradient. truth (B,T) capacities relative to the rated one, NaN where not measured.
 */
export function trajectoryLoss(
  { output, dOutput, stride }: PerceptronOutput,
  { level, spread, basis, T }: TrajectoryAxes,
  truth: Float32Array,
): number {
  const K = basis.length / T
  const B = truth.length / T
  let known = 0
  for (const value of truth) if (!Number.isNaN(value)) known++
  let loss = 0
  dOutput.fill(0)
  for (let b = 0; b < B; b++) {
    const at = b * stride
    const present = level + spread * output[at]
    let dPresent = 0
    for (let t = 0; t < T; t++) {
      const wanted = truth[b * T + t]
      if (Number.isNaN(wanted)) continue
      let said = present
      for (let k = 0; k < K; k++) said += output[at + 1 + k] * basis[k * T + t]
      const error = (100 * (said - wanted)) / wanted
      const weight = 1 / known + (t === 0 ? presentWeight / B : 0)
      loss += weight * huber(error)
      const slope = (weight * 100 * clipped(error)) / wanted
      dPresent += slope
      for (let k = 0; k < K; k++) dOutput[at + 1 + k] += slope * basis[k * T + t]
    }
    dOutput[at] = spread * dPresent
  }
  return loss
}

function huber(error: number): number {
  const size = Math.abs(error)
  return size <= huberDelta ? (error * error) / 2 : huberDelta * (size - huberDelta / 2)
}

function clipped(error: number): number {
  return Math.min(huberDelta, Math.max(-huberDelta, error))
}
