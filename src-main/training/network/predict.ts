import type { InputConvention } from '../../../src-shared/forecast/package.ts'
import type {
  GateConstants,
  NetworkForward,
  NetworkShape,
  Parameters,
} from '../../../src-shared/network/shape.ts'
import { kernelForward } from '../../kernels/kernelForward.ts'
import { selectSamples, type Samples } from '../windows/samples.ts'

export interface TrainedNetwork {
  readonly network: NetworkShape & GateConstants
  readonly input: InputConvention
  readonly parameters: Parameters
}

/** What the network says of every window: (N,T), in the target's unit. */
export function predict(
  { network, parameters }: TrainedNetwork,
  samples: Samples,
  forward: NetworkForward = kernelForward,
): Float32Array {
  const { N, curve, features, use } = samples
  return forward(parameters, network, network, { B: N, curve, features, use }).capacity
}

/**
 * What an assessment would say of every window, (N,T): net(own)[0] + net(plan)[t] − net(plan)[0] for joint networks, the
 * own use held, so that no plan moves the present; the plain network for legacy ones.
 */
export function forecast(
  model: TrainedNetwork,
  samples: Samples,
  forward: NetworkForward = kernelForward,
): Float32Array {
  const capacity = predict(model, samples, forward)
  if (model.input.kind === 'legacy') return capacity
  const { T } = model.network
  const changing = Int32Array.from(samples.row.keys()).filter((i) => isChangingUse(samples.use, i, T))
  const held = predict(model, heldUse(selectSamples(samples, changing), T), forward)
  changing.forEach((place, i) => {
    const shift = held[i * T] - capacity[place * T]
    for (let t = 0; t < T; t++) capacity[place * T + t] += shift
  })
  return capacity
}

function isChangingUse(use: Float32Array, i: number, T: number): boolean {
  for (let at = i * T * 3 + 3; at < (i + 1) * T * 3; at++) {
    if (use[at] !== use[at - 3]) return true
  }
  return false
}

function heldUse(samples: Samples, T: number): Samples {
  const use = samples.use.slice()
  for (let i = 0; i < samples.N; i++) {
    for (let t = 1; t < T; t++) use.copyWithin((i * T + t) * 3, i * T * 3, i * T * 3 + 3)
  }
  return { ...samples, use }
}
