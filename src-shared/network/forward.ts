import { expertForward } from './experts.ts'
import { gateForward } from './gate.ts'
import { lstmForward, recurrentInputs } from './lstm.ts'
import { mixtureForward } from './mixture.ts'
import { outputForward } from './output.ts'
import { expertBiasName, expertWeightName } from './parameters.ts'
import { noiseForward, routerForward } from './router.ts'
import type { GateConstants, NetworkInput, NetworkOutput, NetworkShape, Parameters } from './shape.ts'
import { createWorkspace, loadParameters, lstmTensors, type Workspace } from './workspace.ts'

/** Windows computed at once: a block's hidden states stay in the processor's cache. */
const blockSize = 32

/**
 * What the network says of B windows, without training noise: the reference implementation.
 *
 * input: curve (B,V), features (B,F), use (B,T,3); output: capacity and trend (B,T), gate logits and weights (B,E).
 * Method: PIMOE, arXiv 2506.17755, as its published code computes it.
 */
export function forward(
  parameters: Parameters,
  shape: NetworkShape,
  gate: GateConstants,
  input: NetworkInput,
): NetworkOutput {
  const { T, E } = shape
  const output = {
    capacity: new Float32Array(input.B * T),
    gateLogits: new Float32Array(input.B * E),
    gateWeights: new Float32Array(input.B * E),
    trend: new Float32Array(input.B * T),
  }
  let workspace: Workspace | null = null
  for (let first = 0; first < input.B; first += blockSize) {
    const B = Math.min(blockSize, input.B - first)
    if (workspace?.B !== B) {
      workspace = createWorkspace(shape, B)
      loadParameters(workspace, parameters)
    }
    forwardPass(workspace, gate, windows(input, shape, first, B), null)
    output.capacity.set(workspace.capacity, first * T)
    output.gateLogits.set(workspace.logits, first * E)
    output.gateWeights.set(workspace.gate, first * E)
    output.trend.set(workspace.trend, first * T)
  }
  return output
}

/**
 * One pass over exactly the workspace's B windows, with its loaded parameters; everything computed stays there for
 * backwardPass. `epsilon` (B,E) is standard normal noise in training, null in inference.
 */
export function forwardPass(
  workspace: Workspace,
  gate: GateConstants,
  input: NetworkInput,
  epsilon: Float32Array | null,
): void {
  const { B, weights, expert, cleanLogits, logits, features, trend, recurrent, lstm } = workspace
  const { T, V, F, E, U } = workspace.shape
  workspace.curve.set(input.curve)
  features.set(input.features)
  for (let e = 0; e < E; e++) {
    const bias = weights[expertBiasName(e)]
    expertForward(expert, e, workspace.curve, weights[expertWeightName(e)], bias, { B, T, V })
  }
  const router = { B, F, E }
  routerForward(cleanLogits, features, weights['relaxation_fc.weight'], weights['relaxation_fc.bias'], router)
  if (epsilon === null) logits.set(cleanLogits)
  else noiseForward(logits, workspace.noiseRaw, cleanLogits, epsilon, weights['w_noise'], router)
  gateForward(workspace.gate, workspace.share, workspace.mask, logits, gate, { B, E })
  mixtureForward(trend, workspace.gate, expert, { B, E, T })
  fillRecurrent(recurrent, trend, input.use, T, B)
  lstmForward(lstm.forward, recurrent, lstmTensors(weights, 'forward'), 'forward', { T, B, U })
  lstmForward(lstm.reverse, recurrent, lstmTensors(weights, 'reverse'), 'reverse', { T, B, U })
  outputForward(
    workspace.capacity,
    lstm.forward.hidden,
    lstm.reverse.hidden,
    weights['fc_final.weight'],
    weights['fc_final.bias'],
    { T, B, U },
  )
}

/** recurrent[t,b] = [trend[b,t], charge, discharge, temperature of use[b,t]]; recurrent (T,B,4), use (B,T,3). */
function fillRecurrent(
  recurrent: Float64Array,
  trend: Float64Array,
  use: Float32Array,
  T: number,
  B: number,
): void {
  for (let t = 0; t < T; t++) {
    for (let b = 0; b < B; b++) {
      const at = (t * B + b) * recurrentInputs
      const from = (b * T + t) * 3
      recurrent[at] = trend[b * T + t]
      recurrent[at + 1] = use[from]
      recurrent[at + 2] = use[from + 1]
      recurrent[at + 3] = use[from + 2]
    }
  }
}

function windows(input: NetworkInput, { T, V, F }: NetworkShape, first: number, B: number): NetworkInput {
  return {
    B,
    curve: input.curve.subarray(first * V, (first + B) * V),
    features: input.features.subarray(first * F, (first + B) * F),
    use: input.use.subarray(first * T * 3, (first + B) * T * 3),
  }
}
