import type { NetworkShape } from '../../src-shared/network/shape.ts'
import {
  expertBiasName,
  expertWeightName,
  parameterSizes,
  product,
} from '../../src-shared/network/parameters.ts'
import { padded } from './arena.ts'

/**
 * Where each tensor lies in one block of float32, padded with zeros to multiples of four: parameters, gradients and the
 * optimiser's moments share this layout, so that one kernel passes over all of them.
 *
 * Places are indices of floats. Padding has no gradient and stays zero.
 */
export interface BlockLayout {
  readonly experts: number // (ET, V) both padded
  readonly expertBias: number // (ET)
  readonly router: number // (E,F)
  readonly routerBias: number // (E)
  readonly noise: number // (E,E)
  readonly forward: RecurrentPlaces
  readonly reverse: RecurrentPlaces
  readonly outputBias: number
  readonly length: number
}

export interface RecurrentPlaces {
  readonly weight: number // (4U, U+4): hidden and input weights side by side, rows in groups of 4 units × i f g o
  readonly inputBias: number // (4U) in the same order
  readonly hiddenBias: number // (4U)
  readonly output: number // (U) this direction's part of the output layer
}

export function blockLayout({ T, V, F, E, U }: NetworkShape): BlockLayout {
  const units = padded(U)
  let next = 0
  const take = (count: number): number => {
    const at = next
    next += padded(count)
    return at
  }
  const direction = (): RecurrentPlaces => ({
    weight: take(4 * units * (units + 4)),
    inputBias: take(4 * units),
    hiddenBias: take(4 * units),
    output: take(units),
  })
  const places = {
    experts: take(padded(E * T) * padded(V)),
    expertBias: take(E * T),
    router: take(E * F),
    routerBias: take(E),
    noise: take(E * E),
    forward: direction(),
    reverse: direction(),
    outputBias: take(1),
  }
  return { ...places, length: next }
}

type Tensors = Readonly<Record<string, Float32Array | Float64Array>>

/** Calls `move` once for each value: the tensor's name, its index there, and its index in the block. */
function eachValue(shape: NetworkShape, move: (name: string, from: number, at: number) => void): void {
  const { T, V, F, E } = shape
  const layout = blockLayout(shape)
  for (let e = 0; e < E; e++) {
    for (let t = 0; t < T; t++) {
      const row = e * T + t
      move(expertBiasName(e), t, layout.expertBias + row)
      for (let v = 0; v < V; v++) move(expertWeightName(e), t * V + v, layout.experts + row * padded(V) + v)
    }
  }
  for (let i = 0; i < E * F; i++) move('relaxation_fc.weight', i, layout.router + i)
  for (let i = 0; i < E; i++) move('relaxation_fc.bias', i, layout.routerBias + i)
  for (let i = 0; i < E * E; i++) move('w_noise', i, layout.noise + i)
  eachRecurrentValue(shape, { places: layout.forward, suffix: '', firstOutput: 0 }, move)
  eachRecurrentValue(shape, { places: layout.reverse, suffix: '_reverse', firstOutput: shape.U }, move)
  move('fc_final.bias', 0, layout.outputBias)
}

function eachRecurrentValue(
  { U }: NetworkShape,
  direction: { places: RecurrentPlaces; suffix: string; firstOutput: number },
  move: (name: string, from: number, at: number) => void,
): void {
  const { places, suffix, firstOutput } = direction
  const K = padded(U) + 4
  for (let gate = 0; gate < 4; gate++) {
    for (let u = 0; u < U; u++) {
      const from = gate * U + u
      const row = (u >> 2) * 16 + gate * 4 + (u & 3)
      move(`lstm.bias_ih_l0${suffix}`, from, places.inputBias + row)
      move(`lstm.bias_hh_l0${suffix}`, from, places.hiddenBias + row)
      for (let k = 0; k < U; k++)
        move(`lstm.weight_hh_l0${suffix}`, from * U + k, places.weight + row * K + k)
      for (let k = 0; k < 4; k++)
        move(`lstm.weight_ih_l0${suffix}`, from * 4 + k, places.weight + row * K + padded(U) + k)
    }
  }
  for (let u = 0; u < U; u++) move('fc_final.weight', firstOutput + u, places.output + u)
}

/** For each tensor, where its values lie in the block. Made once a shape: copies happen at every iteration. */
export type TensorPlaces = ReadonlyMap<string, Int32Array>

export function tensorPlaces(shape: NetworkShape): TensorPlaces {
  const places = new Map(
    [...parameterSizes(shape)].map(([name, sizes]) => [name, new Int32Array(product(sizes))]),
  )
  eachValue(shape, (name, from, at) => {
    const tensor = places.get(name)
    if (tensor !== undefined) tensor[from] = at
  })
  return places
}

/** Writes the named tensors into a block. */
export function toBlock(block: Float32Array, places: TensorPlaces, parameters: Tensors): void {
  for (const [name, at] of places) {
    const tensor = parameters[name]
    for (let i = 0; i < at.length; i++) block[at[i]] = tensor[i]
  }
}

/** Writes a block into the named tensors. */
export function fromBlock(parameters: Tensors, places: TensorPlaces, block: Float32Array): void {
  for (const [name, at] of places) {
    const tensor = parameters[name]
    for (let i = 0; i < at.length; i++) tensor[i] = block[at[i]]
  }
}
