import type { NetworkShape } from '../../src-shared/network/shape.ts'
import { padded } from './arena.ts'
import { directionsOf } from './directions.ts'
import type { Kernels } from './loadKernels.ts'
import type { BlockLayout } from './parameterBlock.ts'

/** Where the forward kernels read their weights: byte offsets. */
export interface PackedPlaces {
  readonly parameters: number
  readonly directions: number
  readonly packedExperts: number
  readonly forward: PackedDirection
  readonly reverse: PackedDirection
}

interface PackedDirection {
  readonly packed: number
  readonly bias: number
}

interface Packing {
  readonly kernels: Kernels
  readonly floats: Float32Array
  readonly doubles: Float64Array
  readonly shape: NetworkShape
  readonly layout: BlockLayout
  readonly places: PackedPlaces
}

/** Brings the parameter block into the order of the forward kernels; again after every change of the parameters. */
export function packWeights(packing: Packing): void {
  const { kernels, floats, shape, layout, places } = packing
  const { T, V, E } = shape
  const U = padded(shape.U)
  const at = (place: number): number => places.parameters + 4 * place
  kernels.packExperts(places.packedExperts, at(layout.experts), V, padded(E * T), padded(V))
  for (const name of directionsOf(packing)) {
    const { weight, inputBias, hiddenBias } = layout[name]
    kernels.lstmPack(places[name].packed, at(weight), 4 * U, U + 4)
    const bias = places[name].bias >> 2
    const [input, hidden] = [at(inputBias) >> 2, at(hiddenBias) >> 2]
    for (let i = 0; i < 4 * U; i++) floats[bias + i] = floats[input + i] + floats[hidden + i]
  }
}
