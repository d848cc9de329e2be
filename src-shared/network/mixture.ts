export interface MixtureShape {
  readonly B: number
  readonly E: number
  readonly T: number
}

/**
 * trend[b,t] = Σ_e gate[b,e] · expert[e,b,t]
 *
 * gate (B,E), expert (E,B,T), trend (B,T): an arbitrary latent, unitless, its sign can flip. Writes trend.
 */
export function mixtureForward(
  trend: Float64Array,
  gate: Float64Array,
  expert: Float64Array,
  { B, E, T }: MixtureShape,
): void {
  trend.fill(0, 0, B * T)
  for (let e = 0; e < E; e++) {
    for (let b = 0; b < B; b++) {
      const weight = gate[b * E + e]
      const at = (e * B + b) * T
      for (let t = 0; t < T; t++) trend[b * T + t] += weight * expert[at + t]
    }
  }
}

/**
 * trend[b,t] = Σ_e gate[b,e] · expert[e,b,t]
 *
 * Adds to dGate (B,E), writes dExpert (E,B,T).
 */
export function mixtureBackward(
  dGate: Float64Array,
  dExpert: Float64Array,
  dTrend: Float64Array,
  gate: Float64Array,
  expert: Float64Array,
  { B, E, T }: MixtureShape,
): void {
  for (let e = 0; e < E; e++) {
    for (let b = 0; b < B; b++) {
      const weight = gate[b * E + e]
      const at = (e * B + b) * T
      let sum = 0
      for (let t = 0; t < T; t++) {
        sum += dTrend[b * T + t] * expert[at + t]
        dExpert[at + t] = dTrend[b * T + t] * weight
      }
      dGate[b * E + e] += sum
    }
  }
}
