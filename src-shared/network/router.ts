import { addColumnSums, addProductABt, addProductAtB, block, fillRows } from './matrix.ts'

export interface RouterShape {
  readonly B: number
  readonly F: number
  readonly E: number
}

/** Least spread of the training noise, as published. */
const leastNoise = 1e-5

/**
 * clean[b,e] = Σ_f W[e,f] · features[b,f] + b[e]
 *
 * features (B,F) standardised, weight (E,F), bias (E), clean (B,E). Writes clean.
 */
export function routerForward(
  clean: Float64Array,
  features: Float64Array,
  weight: Float64Array,
  bias: Float64Array,
  { B, F, E }: RouterShape,
): void {
  fillRows(block(clean), bias, B, E)
  addProductABt(block(clean), block(features), block(weight), B, E, F)
}

/**
 * clean[b,e] = Σ_f W[e,f] · features[b,f] + b[e]
 *
 * Adds to dWeight (E,F) and dBias (E); the caller zeroes them.
 */
export function routerBackward(
  dWeight: Float64Array,
  dBias: Float64Array,
  dClean: Float64Array,
  features: Float64Array,
  { B, F, E }: RouterShape,
): void {
  addProductAtB(block(dWeight), block(dClean), block(features), E, F, B)
  addColumnSums(dBias, block(dClean), B, E)
}

/**
 * logits[b,j] = clean[b,j] + ε[b,j] · (softplus(raw[b,j]) + 1e-5),  raw[b,j] = Σ_i clean[b,i] · N[i,j]
 *
 * Training only. clean, ε, raw, logits (B,E); N (E,E). Writes raw and logits.
 */
export function noiseForward(
  logits: Float64Array,
  raw: Float64Array,
  clean: Float64Array,
  epsilon: Float32Array,
  noiseWeight: Float64Array,
  { B, E }: RouterShape,
): void {
  for (let b = 0; b < B; b++) {
    for (let j = 0; j < E; j++) {
      let sum = 0
      for (let i = 0; i < E; i++) sum += clean[b * E + i] * noiseWeight[i * E + j]
      raw[b * E + j] = sum
      logits[b * E + j] = clean[b * E + j] + epsilon[b * E + j] * (softplus(sum) + leastNoise)
    }
  }
}

/**
 * logits[b,j] = clean[b,j] + ε[b,j] · (softplus(raw[b,j]) + 1e-5),  raw[b,j] = Σ_i clean[b,i] · N[i,j]
 *
 * Writes dClean (B,E), adds to dNoiseWeight (E,E). softplus′ is the logistic function.
 */
export function noiseBackward(
  dClean: Float64Array,
  dNoiseWeight: Float64Array,
  dLogits: Float64Array,
  raw: Float64Array,
  clean: Float64Array,
  epsilon: Float32Array,
  noiseWeight: Float64Array,
  { B, E }: RouterShape,
): void {
  dClean.set(dLogits)
  for (let b = 0; b < B; b++) {
    for (let j = 0; j < E; j++) {
      const at = b * E + j
      const dRaw = (dLogits[at] * epsilon[at]) / (1 + Math.exp(-raw[at]))
      for (let i = 0; i < E; i++) {
        dClean[b * E + i] += dRaw * noiseWeight[i * E + j]
        dNoiseWeight[i * E + j] += dRaw * clean[b * E + i]
      }
    }
  }
}

function softplus(x: number): number {
  return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)))
}
