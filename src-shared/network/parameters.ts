import { Failure } from '../failure/failure.ts'
import { recurrentInputs } from './lstm.ts'
import type { NetworkShape, Parameters } from './shape.ts'

/** Every tensor of a network by its published name, with its sizes, in a fixed order. */
export function parameterSizes({ T, V, F, E, U }: NetworkShape): Map<string, readonly number[]> {
  const sizes = new Map<string, readonly number[]>([['w_noise', [E, E]]])
  for (let e = 0; e < E; e++) {
    sizes.set(expertWeightName(e), [T, V])
    sizes.set(expertBiasName(e), [T])
  }
  sizes.set('relaxation_fc.weight', [E, F])
  sizes.set('relaxation_fc.bias', [E])
  for (const suffix of ['', '_reverse']) {
    sizes.set(`lstm.weight_ih_l0${suffix}`, [4 * U, recurrentInputs])
    sizes.set(`lstm.weight_hh_l0${suffix}`, [4 * U, U])
    sizes.set(`lstm.bias_ih_l0${suffix}`, [4 * U])
    sizes.set(`lstm.bias_hh_l0${suffix}`, [4 * U])
  }
  sizes.set('fc_final.weight', [1, 2 * U])
  sizes.set('fc_final.bias', [1])
  return sizes
}

export function expertWeightName(e: number): string {
  return `capacity_fcs.${e}.weight`
}

export function expertBiasName(e: number): string {
  return `capacity_fcs.${e}.bias`
}

/** The published code calls two layers differently from the published checkpoints; ours are the checkpoints'. */
export function canonicalName(name: string): string {
  return name.replace(/^capacity_fc\./, 'capacity_fcs.').replace(/^features_fc\./, 'relaxation_fc.')
}

export function countParameters(shape: NetworkShape): number {
  let count = 0
  for (const sizes of parameterSizes(shape).values()) count += product(sizes)
  return count
}

/** Throws `parameters-mismatch` unless exactly the tensors of this shape are there, all finite. */
export function validateParameters(shape: NetworkShape, parameters: Parameters): void {
  const sizes = parameterSizes(shape)
  for (const [name, size] of sizes) {
    if (!Object.hasOwn(parameters, name)) throw mismatch(`The tensor ${name} is missing.`)
    const tensor = parameters[name]
    if (tensor.length !== product(size)) {
      throw mismatch(`${name} has ${tensor.length} values instead of ${size.join(' × ')}.`)
    }
    if (!tensor.every(Number.isFinite)) throw mismatch(`${name} holds a value that is not a number.`)
  }
  const stranger = Object.keys(parameters).find((name) => !sizes.has(name))
  if (stranger !== undefined) throw mismatch(`The tensor ${stranger} does not belong to this network.`)
}

/** Zero gradients, moments or float64 copies: one array for every tensor. */
export function emptyTensors(shape: NetworkShape): Record<string, Float64Array> {
  const tensors: Record<string, Float64Array> = {}
  for (const [name, sizes] of parameterSizes(shape)) tensors[name] = new Float64Array(product(sizes))
  return tensors
}

export function product(sizes: readonly number[]): number {
  return sizes.reduce((all, size) => all * size, 1)
}

function mismatch(message: string): Failure {
  return new Failure('refused', 'parameters-mismatch', message, {
    advice: 'Use weights that were trained with this network.',
  })
}
