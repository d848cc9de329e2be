import { createLstmState, recurrentInputs, type Direction, type LstmState, type LstmWeights } from './lstm.ts'
import { emptyTensors } from './parameters.ts'
import type { NetworkShape, Parameters } from './shape.ts'

/** All that a pass over B windows writes: made once, used for every batch of that size. Float64 throughout. */
export interface Workspace {
  readonly B: number
  readonly shape: NetworkShape
  /** Float64 copies of the parameters, by name. */
  readonly weights: Record<string, Float64Array>
  readonly curve: Float64Array // (B,V)
  readonly features: Float64Array // (B,F)
  readonly recurrent: Float64Array // (T,B,4)
  readonly expert: Float64Array // (E,B,T)
  readonly cleanLogits: Float64Array // (B,E)
  readonly noiseRaw: Float64Array // (B,E)
  readonly logits: Float64Array // (B,E)
  readonly share: Float64Array // (B,E)
  readonly mask: Uint8Array // (B,E)
  readonly gate: Float64Array // (B,E)
  readonly trend: Float64Array // (B,T)
  readonly lstm: Readonly<Record<Direction, LstmState>>
  readonly capacity: Float64Array // (B,T)
}

export function createWorkspace(shape: NetworkShape, B: number): Workspace {
  const { T, V, F, E, U } = shape
  const perExpert = () => new Float64Array(B * E)
  return {
    B,
    shape,
    weights: emptyTensors(shape),
    curve: new Float64Array(B * V),
    features: new Float64Array(B * F),
    recurrent: new Float64Array(T * B * recurrentInputs),
    expert: new Float64Array(E * B * T),
    cleanLogits: perExpert(),
    noiseRaw: perExpert(),
    logits: perExpert(),
    share: perExpert(),
    mask: new Uint8Array(B * E),
    gate: perExpert(),
    trend: new Float64Array(B * T),
    lstm: { forward: createLstmState({ T, B, U }), reverse: createLstmState({ T, B, U }) },
    capacity: new Float64Array(B * T),
  }
}

/** Copies the parameters into the workspace; needed again after every change of them. */
export function loadParameters(workspace: Workspace, parameters: Parameters): void {
  for (const name in workspace.weights) workspace.weights[name].set(parameters[name])
}

/** One direction's tensors, from weights or from gradients. */
export function lstmTensors(
  tensors: Readonly<Record<string, Float64Array>>,
  direction: Direction,
): LstmWeights {
  const suffix = direction === 'forward' ? '' : '_reverse'
  return {
    inputWeight: tensors[`lstm.weight_ih_l0${suffix}`],
    hiddenWeight: tensors[`lstm.weight_hh_l0${suffix}`],
    inputBias: tensors[`lstm.bias_ih_l0${suffix}`],
    hiddenBias: tensors[`lstm.bias_hh_l0${suffix}`],
  }
}
