import { forward } from '../../src-shared/network/forward.ts'
import type { GateConstants, NetworkShape, Parameters } from '../../src-shared/network/shape.ts'
import type { Samples } from './samples.ts'

export interface TrainedNetwork {
  readonly network: NetworkShape & GateConstants
  readonly parameters: Parameters
}

/** What the network says of every window: (N,T), in the target's unit. */
export function predict({ network, parameters }: TrainedNetwork, samples: Samples): Float32Array {
  const { N, curve, features, use } = samples
  return forward(parameters, network, network, { B: N, curve, features, use }).capacity
}
