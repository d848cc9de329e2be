/** Sizes of a PIMOE network: T horizon, V curve points, F features, E experts, U hidden units per direction. */
export interface NetworkShape {
  readonly T: number
  readonly V: number
  readonly F: number
  readonly E: number
  readonly U: number
}

/** Gate constants of the published network: k = 2 experts kept by the logarithmic branch, α = 10. */
export interface GateConstants {
  readonly k: number
  readonly alpha: number
}

/** Tensors by their published names (`capacity_fcs.0.weight`, `lstm.weight_ih_l0`, …), row-major float32. */
export type Parameters = Readonly<Record<string, Float32Array>>

export interface NetworkInput {
  readonly B: number
  /** (B,V) charge curve. */
  readonly curve: Float32Array
  /** (B,F) standardised features. */
  readonly features: Float32Array
  /** (B,T,3) charge, discharge, temperature of each future row. */
  readonly use: Float32Array
  /** (B) first steps of each window's capacity that are read, the rest may be anything; absent: all T. */
  readonly steps?: Int32Array
}

export interface NetworkOutput {
  /** (B,T) */
  readonly capacity: Float32Array
  /** (B,E) */
  readonly gateLogits: Float32Array
  /** (B,E), each row sums to 1. */
  readonly gateWeights: Float32Array
  /** (B,T) latent, unitless. */
  readonly trend: Float32Array
}

/** What a network says of B windows, without training noise: the reference, or kernels that are held against it. */
export type NetworkForward = (
  parameters: Parameters,
  shape: NetworkShape,
  gate: GateConstants,
  input: NetworkInput,
) => NetworkOutput
