import type { NetworkShape } from './shape.ts'

/**
 * Takes the backward direction out of the recurrent layer: with these zeros it says 0, and no gradient ever moves them,
 * so what is planned later cannot change what comes before.
 */
export function makeCausal(parameters: Record<string, Float32Array>, { U }: NetworkShape): void {
  for (const name in parameters) if (isReverse(name)) parameters[name].fill(0)
  parameters['fc_final.weight'].fill(0, U)
}

/** Whether every value of the backward direction is zero: it then need not be computed, forward or backward. */
export function isCausal(
  tensors: Readonly<Record<string, Float32Array | Float64Array>>,
  { U }: NetworkShape,
): boolean {
  const isZero = (value: number): boolean => value === 0
  return (
    Object.entries(tensors).every(([name, tensor]) => !isReverse(name) || tensor.every(isZero)) &&
    tensors['fc_final.weight'].subarray(U).every(isZero)
  )
}

function isReverse(name: string): boolean {
  return name.endsWith('_reverse')
}
