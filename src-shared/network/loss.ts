export interface LossShape {
  readonly B: number
  readonly T: number
  readonly E: number
}

/** Weight of the diversity term in the published loss. */
export const publishedDiversityWeight = 0.5
/** Keeps the diversity's quotient finite. */
const leastImportance = 1e-10

export interface Loss {
  /** Mean squared error, weighted by the mask. */
  readonly meanSquare: number
  /** Squared coefficient of variation of the experts' importance. */
  readonly diversity: number
  /** meanSquare + diversityWeight · diversity */
  readonly total: number
}

/**
 * loss = Σ mask·(capacity − target)² / Σ mask + weight · var_unbiased(I) / (mean(I)² + 1e-10),  I[e] = Σ_b gate[b,e]
 *
 * capacity, target (B,T); mask (B,T) of weights, 0 = not measured; gate (B,E). Mask null (all 1) and weight 0.5 are the published loss.
 */
export function lossForward(
  capacity: Float64Array,
  target: Float32Array,
  mask: Float32Array | null,
  gate: Float64Array,
  shape: LossShape,
  diversityWeight = publishedDiversityWeight,
): Loss {
  let sum = 0
  const count = maskedCount(mask, shape)
  for (let i = 0; i < shape.B * shape.T; i++) {
    sum += (mask === null ? 1 : mask[i]) * (capacity[i] - target[i]) ** 2
  }
  const { mean, variance } = importance(gate, shape)
  const meanSquare = sum / count
  const diversity = variance / (mean * mean + leastImportance)
  return { meanSquare, diversity, total: meanSquare + diversityWeight * diversity }
}

/**
 * loss = Σ mask·(capacity − target)² / Σ mask + weight · var_unbiased(I) / (mean(I)² + 1e-10),  I[e] = Σ_b gate[b,e]
 *
 * Writes dCapacity (B,T) and dGate (B,E); the mixture adds its share to dGate afterwards. Σ_e I[e] = B always, so
 * mean(I) still gets its gradient, as automatic differentiation would give it.
 */
export function lossBackward(
  dCapacity: Float64Array,
  dGate: Float64Array,
  capacity: Float64Array,
  target: Float32Array,
  mask: Float32Array | null,
  gate: Float64Array,
  shape: LossShape,
  diversityWeight = publishedDiversityWeight,
): void {
  const { B, T, E } = shape
  const scale = 2 / maskedCount(mask, shape)
  for (let i = 0; i < B * T; i++) {
    dCapacity[i] = scale * (mask === null ? 1 : mask[i]) * (capacity[i] - target[i])
  }
  const { mean, variance, sums } = importance(gate, shape)
  const denominator = mean * mean + leastImportance
  for (let e = 0; e < E; e++) {
    const dVariance = (2 * (sums[e] - mean)) / (E - 1) / denominator
    const dMean = (variance * 2 * mean) / (denominator * denominator) / E
    const d = diversityWeight * (dVariance - dMean)
    for (let b = 0; b < B; b++) dGate[b * E + e] = d
  }
}

function importance(
  gate: Float64Array,
  { B, E }: LossShape,
): { sums: number[]; mean: number; variance: number } {
  const sums = Array.from({ length: E }, () => 0)
  for (let b = 0; b < B; b++) {
    for (let e = 0; e < E; e++) sums[e] += gate[b * E + e]
  }
  const mean = sums.reduce((all, x) => all + x, 0) / E
  const variance = sums.reduce((all, x) => all + (x - mean) ** 2, 0) / (E - 1)
  return { sums, mean, variance }
}

function maskedCount(mask: Float32Array | null, { B, T }: LossShape): number {
  if (mask === null) return B * T
  let count = 0
  for (let i = 0; i < B * T; i++) count += mask[i]
  return count > 0 ? count : 1
}
