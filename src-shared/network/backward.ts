import { expertBackward } from './experts.ts'
import { gateBackward } from './gate.ts'
import { lossBackward } from './loss.ts'
import { lstmBackward, type Direction } from './lstm.ts'
import { mixtureBackward } from './mixture.ts'
import { outputBackward } from './output.ts'
import { emptyTensors, expertBiasName, expertWeightName } from './parameters.ts'
import { noiseBackward, routerBackward } from './router.ts'
import type { GateConstants, NetworkShape } from './shape.ts'
import { riseBackward, roughnessBackward } from './trajectoryShape.ts'
import { lstmTensors, type Workspace } from './workspace.ts'

/** Gradients and what their pass needs beside the forward workspace. */
export interface Gradients {
  /** By parameter name; backwardPass writes them anew. */
  readonly of: Record<string, Float64Array>
  readonly dCapacity: Float64Array // (B,T)
  readonly dHidden: Readonly<Record<Direction, Float64Array>> // (T,B,U)
  readonly dTrend: Float64Array // (B,T)
  readonly dExpert: Float64Array // (E,B,T)
  readonly dGate: Float64Array // (B,E)
  readonly dLogits: Float64Array // (B,E)
  readonly dCleanLogits: Float64Array // (B,E)
}

export function createGradients(shape: NetworkShape, B: number): Gradients {
  const { T, E, U } = shape
  return {
    of: emptyTensors(shape),
    dCapacity: new Float64Array(B * T),
    dHidden: { forward: new Float64Array(T * B * U), reverse: new Float64Array(T * B * U) },
    dTrend: new Float64Array(B * T),
    dExpert: new Float64Array(E * B * T),
    dGate: new Float64Array(B * E),
    dLogits: new Float64Array(B * E),
    dCleanLogits: new Float64Array(B * E),
  }
}

/** What a training pass is held against: target and mask (B,T), ε (B,E) as given to forwardPass. */
export interface TrainingTarget {
  readonly target: Float32Array
  readonly mask: Float32Array | null
  readonly epsilon: Float32Array | null
  readonly diversityWeight?: number
  /** Both 0 in the published loss. */
  readonly roughnessWeight?: number
  readonly riseWeight?: number
}

/** Gradient of the loss with respect to every parameter, after a forwardPass in the same workspace. */
export function backwardPass(
  gradients: Gradients,
  workspace: Workspace,
  gate: GateConstants,
  { target, mask, epsilon, diversityWeight, roughnessWeight = 0, riseWeight = 0 }: TrainingTarget,
): void {
  const { B, shape, lstm, weights } = workspace
  const { T, E, U } = shape
  const d = gradients.of
  for (const name in d) d[name].fill(0)
  gradients.dTrend.fill(0)
  lossBackward(
    gradients.dCapacity,
    gradients.dGate,
    workspace.capacity,
    target,
    mask,
    workspace.gate,
    { B, T, E },
    diversityWeight,
  )
  const { capacity, recurrent } = workspace
  roughnessBackward(gradients.dCapacity, capacity, recurrent, roughnessWeight, { B, T })
  riseBackward(gradients.dCapacity, capacity, recurrent, riseWeight, { B, T })
  outputBackward(
    gradients.dHidden.forward,
    gradients.dHidden.reverse,
    d['fc_final.weight'],
    d['fc_final.bias'],
    gradients.dCapacity,
    lstm.forward.hidden,
    lstm.reverse.hidden,
    weights['fc_final.weight'],
    { T, B, U },
  )
  recurrentBackward(gradients, workspace, 'forward')
  recurrentBackward(gradients, workspace, 'reverse')
  const { dGate, dExpert, dTrend, dLogits } = gradients
  mixtureBackward(dGate, dExpert, dTrend, workspace.gate, workspace.expert, { B, E, T })
  gateBackward(dLogits, dGate, workspace.gate, workspace.share, workspace.mask, gate, { B, E })
  gateInputsBackward(gradients, workspace, epsilon)
}

function recurrentBackward(gradients: Gradients, workspace: Workspace, direction: Direction): void {
  const { B, shape, recurrent, lstm, weights } = workspace
  lstmBackward(
    lstmTensors(gradients.of, direction),
    gradients.dTrend,
    gradients.dHidden[direction],
    lstm[direction],
    recurrent,
    lstmTensors(weights, direction),
    direction,
    { T: shape.T, B, U: shape.U },
  )
}

/** Router, its noise, and the experts: everything before the mixture. */
function gateInputsBackward(gradients: Gradients, workspace: Workspace, epsilon: Float32Array | null): void {
  const { B, shape, features, curve, cleanLogits, noiseRaw, weights } = workspace
  const { T, V, F, E } = shape
  const { of: d, dLogits, dCleanLogits } = gradients
  const router = { B, F, E }
  if (epsilon === null) dCleanLogits.set(dLogits)
  else {
    noiseBackward(
      dCleanLogits,
      d['w_noise'],
      dLogits,
      noiseRaw,
      cleanLogits,
      epsilon,
      weights['w_noise'],
      router,
    )
  }
  routerBackward(d['relaxation_fc.weight'], d['relaxation_fc.bias'], dCleanLogits, features, router)
  for (let e = 0; e < E; e++) {
    expertBackward(d[expertWeightName(e)], d[expertBiasName(e)], gradients.dExpert, e, curve, { B, T, V })
  }
}
