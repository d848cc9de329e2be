import { recurrentInputs } from './lstm.ts'

export interface TrajectoryShape {
  readonly B: number
  readonly T: number
}

/**
 * roughness = Σ_b,t bend² / (B·(T−2)),  bend[b,t] = capacity[b,t−1] − 2·capacity[b,t] + capacity[b,t+1]
 *
 * Only over steps around which the use is held: a change of use may bend the capacity. capacity (B,T), recurrent
 * (T,B,4) with the use in columns 1…3. Not part of the published loss, whose trajectories waver from step to step.
 */
export function roughnessForward(
  capacity: Float64Array,
  recurrent: Float64Array,
  { B, T }: TrajectoryShape,
): number {
  let sum = 0
  for (let b = 0; b < B; b++) {
    for (let t = 1; t < T - 1; t++) {
      if (isHeld(recurrent, b, t, B)) sum += bend(capacity, b * T + t) ** 2
    }
  }
  return sum / Math.max(1, B * (T - 2))
}

/**
 * roughness = Σ_b,t bend² / (B·(T−2)),  bend[b,t] = capacity[b,t−1] − 2·capacity[b,t] + capacity[b,t+1]
 *
 * Adds weight times its gradient to dCapacity (B,T).
 */
export function roughnessBackward(
  dCapacity: Float64Array,
  capacity: Float64Array,
  recurrent: Float64Array,
  weight: number,
  { B, T }: TrajectoryShape,
): void {
  const scale = (2 * weight) / Math.max(1, B * (T - 2))
  for (let b = 0; b < B; b++) {
    for (let t = 1; t < T - 1; t++) {
      if (!isHeld(recurrent, b, t, B)) continue
      const at = b * T + t
      const d = scale * bend(capacity, at)
      dCapacity[at - 1] += d
      dCapacity[at] -= 2 * d
      dCapacity[at + 1] += d
    }
  }
}

/**
 * rise = Σ_b,t max(0, capacity[b,t] − capacity[b,t−1])² / (B·(T−1))
 *
 * Only while the use is held: a cell under unchanged use does not recover, and late in life no measured row says so.
 */
export function riseForward(
  capacity: Float64Array,
  recurrent: Float64Array,
  { B, T }: TrajectoryShape,
): number {
  let sum = 0
  for (let b = 0; b < B; b++) {
    for (let t = 1; t < T; t++) {
      if (isSameUse(recurrent, b, t, t - 1, B)) sum += rise(capacity, b * T + t) ** 2
    }
  }
  return sum / Math.max(1, B * (T - 1))
}

/**
 * rise = Σ_b,t max(0, capacity[b,t] − capacity[b,t−1])² / (B·(T−1))
 *
 * Adds weight times its gradient to dCapacity (B,T).
 */
export function riseBackward(
  dCapacity: Float64Array,
  capacity: Float64Array,
  recurrent: Float64Array,
  weight: number,
  { B, T }: TrajectoryShape,
): void {
  const scale = (2 * weight) / Math.max(1, B * (T - 1))
  for (let b = 0; b < B; b++) {
    for (let t = 1; t < T; t++) {
      if (!isSameUse(recurrent, b, t, t - 1, B)) continue
      const at = b * T + t
      const d = scale * rise(capacity, at)
      dCapacity[at] += d
      dCapacity[at - 1] -= d
    }
  }
}

function rise(capacity: Float64Array, at: number): number {
  return Math.max(0, capacity[at] - capacity[at - 1])
}

function bend(capacity: Float64Array, at: number): number {
  return capacity[at - 1] - 2 * capacity[at] + capacity[at + 1]
}

/** Whether the use of steps t−1, t and t+1 is the same. */
function isHeld(recurrent: Float64Array, b: number, t: number, B: number): boolean {
  return isSameUse(recurrent, b, t, t - 1, B) && isSameUse(recurrent, b, t, t + 1, B)
}

function isSameUse(recurrent: Float64Array, b: number, t: number, other: number, B: number): boolean {
  for (let i = 1; i < recurrentInputs; i++) {
    const now = recurrent[(t * B + b) * recurrentInputs + i]
    if (recurrent[(other * B + b) * recurrentInputs + i] !== now) return false
  }
  return true
}
