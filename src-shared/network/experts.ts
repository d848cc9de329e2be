import { addColumnSums, addProductABt, addProductAtB, block, fillRows } from './matrix.ts'

export interface ExpertShape {
  readonly B: number
  readonly T: number
  readonly V: number
}

/**
 * expert[e,b,t] = Σ_v A_e[t,v] · curve[b,v] + a_e[t]
 *
 * curve (B,V), weight A_e (T,V), bias a_e (T), expert (E,B,T). Linear, no activation. Writes expert e.
 */
export function expertForward(
  expert: Float64Array,
  e: number,
  curve: Float64Array,
  weight: Float64Array,
  bias: Float64Array,
  { B, T, V }: ExpertShape,
): void {
  const out = block(expert, e * B * T)
  fillRows(out, bias, B, T)
  addProductABt(out, block(curve), block(weight), B, T, V)
}

/**
 * expert[e,b,t] = Σ_v A_e[t,v] · curve[b,v] + a_e[t]
 *
 * Adds to dWeight (T,V) and dBias (T); the caller zeroes them. The curve is an input and needs no gradient.
 */
export function expertBackward(
  dWeight: Float64Array,
  dBias: Float64Array,
  dExpert: Float64Array,
  e: number,
  curve: Float64Array,
  { B, T, V }: ExpertShape,
): void {
  const dOut = block(dExpert, e * B * T)
  addProductAtB(block(dWeight), dOut, block(curve), T, V, B)
  addColumnSums(dBias, dOut, B, T)
}
