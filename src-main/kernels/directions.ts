import type { Direction } from '../../src-shared/network/lstm.ts'

/**
 * The directions of the recurrent layer that are computed, in this order. A causal network's backward direction adds
 * exact zeros to answers and gradients: it is left out, with the same bits.
 */
export type Directions = readonly Direction[]

const both: Directions = ['forward', 'reverse']
const forwardAlone: Directions = ['forward']

/** Part of a memory that threads share: they all read what its leader wrote when parameters were loaded. */
interface DirectionPlace {
  readonly doubles: Float64Array
  readonly places: { readonly directions: number }
}

export function leaveOutReverse({ doubles, places }: DirectionPlace, isLeftOut: boolean): void {
  doubles[places.directions >> 3] = isLeftOut ? 1 : 2
}

export function directionsOf({ doubles, places }: DirectionPlace): Directions {
  return doubles[places.directions >> 3] === 1 ? forwardAlone : both
}
