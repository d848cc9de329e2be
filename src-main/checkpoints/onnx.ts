import type { ModelPackage } from '../../src-shared/forecast/package.ts'
import { expertBiasName, expertWeightName } from '../../src-shared/network/parameters.ts'
import type { GateConstants, NetworkShape, Parameters } from '../../src-shared/network/shape.ts'
import { integers, node, numbers, onnxModel, type OnnxNode, type OnnxTensor } from './onnxModel.ts'

/**
 * A model package's network as an ONNX file (opset 17), for any runtime.
 *
 * inputs curve (batch,V), features (batch,F) standardised, use (batch,T,3) scaled; outputs capacity (batch,T),
 * gate_weights (batch,E), trend (batch,T). What they mean stands in the metadata: name, sha256, input, scaler. The
 * noise weights take part in training only and are left out.
 */
export function writeOnnx({ manifest, parameters, sha256 }: ModelPackage): Uint8Array {
  return onnxNetwork(manifest.network, parameters, {
    name: manifest.name,
    sha256,
    input: JSON.stringify(manifest.input),
    scaler: JSON.stringify(manifest.scaler),
  })
}

/** The network alone, with whatever metadata. */
export function onnxNetwork(
  network: NetworkShape & GateConstants,
  parameters: Parameters,
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array {
  const { T, V, F, E } = network
  return onnxModel({
    name: 'pimoe',
    nodes: [...gateNodes(), ...trendNodes(), ...recurrentNodes(network)],
    tensors: [
      ...gateTensors(network, parameters),
      ...trendTensors(network, parameters),
      ...recurrentTensors(network, parameters),
    ],
    inputs: { curve: ['batch', V], features: ['batch', F], use: ['batch', T, 3] },
    outputs: { capacity: ['batch', T], gate_weights: ['batch', E], trend: ['batch', T] },
    metadata,
  })
}

/** gate_weights = softmax of α ln(p + 1) below the k-th largest logit, of α (exp(p) − 1) elsewhere; p = softmax(logits) */
function gateNodes(): OnnxNode[] {
  return [
    node('Gemm', ['features', 'router_weight', 'router_bias'], ['logits'], { transB: 1 }),
    node('Softmax', ['logits'], ['share'], { axis: 1 }),
    node('TopK', ['logits', 'kept_count'], ['largest', 'largest_at'], { axis: 1 }),
    node('ReduceMin', ['largest'], ['kth_largest'], { axes: [1], keepdims: 1 }),
    node('Less', ['logits', 'kth_largest'], ['is_below']),
    node('Add', ['share', 'one'], ['share_plus_one']),
    node('Log', ['share_plus_one'], ['below']),
    node('Exp', ['share'], ['share_exp']),
    node('Sub', ['share_exp', 'one'], ['kept']),
    node('Where', ['is_below', 'below', 'kept'], ['score']),
    node('Mul', ['score', 'alpha'], ['scaled_score']),
    node('Softmax', ['scaled_score'], ['gate_weights'], { axis: 1 }),
  ]
}

function gateTensors({ F, E, k, alpha }: NetworkShape & GateConstants, parameters: Parameters): OnnxTensor[] {
  return [
    numbers('router_weight', [E, F], parameters['relaxation_fc.weight']),
    numbers('router_bias', [E], parameters['relaxation_fc.bias']),
    numbers('one', [], Float32Array.of(1)),
    numbers('alpha', [], Float32Array.of(alpha)),
    integers('kept_count', [k]),
  ]
}

/** trend[b,t] = Σ_e gate[b,e] · expert[b,e,t], all experts in one product. */
function trendNodes(): OnnxNode[] {
  return [
    node('Gemm', ['curve', 'expert_weight', 'expert_bias'], ['experts_flat'], { transB: 1 }),
    node('Reshape', ['experts_flat', 'experts_sizes'], ['experts']),
    node('Unsqueeze', ['gate_weights', 'row_axis'], ['gate_row']),
    node('MatMul', ['gate_row', 'experts'], ['trend_row']),
    node('Squeeze', ['trend_row', 'row_axis'], ['trend']),
  ]
}

function trendTensors({ T, V, E }: NetworkShape, parameters: Parameters): OnnxTensor[] {
  const experts = Array.from({ length: E }, (_, e) => e)
  const weight = chained(experts.map((e) => parameters[expertWeightName(e)]))
  const bias = chained(experts.map((e) => parameters[expertBiasName(e)]))
  return [
    numbers('expert_weight', [E * T, V], weight),
    numbers('expert_bias', [E * T], bias),
    // 0 keeps the size that is there.
    integers('experts_sizes', [0, E, T]),
    integers('row_axis', [1]),
  ]
}

/** capacity = v · BiLSTM([trend, use]) + c */
function recurrentNodes({ U }: NetworkShape): OnnxNode[] {
  return [
    node('Unsqueeze', ['trend', 'column_axis'], ['trend_column']),
    node('Concat', ['trend_column', 'use'], ['steps'], { axis: 2 }),
    node('Transpose', ['steps'], ['recurrent'], { perm: [1, 0, 2] }),
    node('LSTM', ['recurrent', 'lstm_input', 'lstm_hidden', 'lstm_bias'], ['hidden'], {
      hidden_size: U,
      direction: 'bidirectional',
    }),
    node('Transpose', ['hidden'], ['hidden_by_battery'], { perm: [2, 0, 1, 3] }),
    node('Reshape', ['hidden_by_battery', 'hidden_sizes'], ['hidden_flat']),
    node('MatMul', ['hidden_flat', 'output_weight'], ['output']),
    node('Add', ['output', 'output_bias'], ['capacity_column']),
    node('Squeeze', ['capacity_column', 'column_axis'], ['capacity']),
  ]
}

function recurrentTensors({ U }: NetworkShape, parameters: Parameters): OnnxTensor[] {
  const both = (name: string): Float32Array =>
    chained(['', '_reverse'].map((suffix) => gatesReordered(parameters[`lstm.${name}${suffix}`])))
  const biases = ['bias_ih_l0', 'bias_hh_l0', 'bias_ih_l0_reverse', 'bias_hh_l0_reverse']
  return [
    numbers('lstm_input', [2, 4 * U, 4], both('weight_ih_l0')),
    numbers('lstm_hidden', [2, 4 * U, U], both('weight_hh_l0')),
    numbers(
      'lstm_bias',
      [2, 8 * U],
      chained(biases.map((name) => gatesReordered(parameters[`lstm.${name}`]))),
    ),
    numbers('output_weight', [2 * U, 1], parameters['fc_final.weight']),
    numbers('output_bias', [1], parameters['fc_final.bias']),
    integers('hidden_sizes', [0, 0, 2 * U]),
    integers('column_axis', [2]),
  ]
}

/** Gates of a (4U,·) tensor from the published order i f g o to ONNX's i o f g. */
function gatesReordered(values: Float32Array): Float32Array {
  const quarter = values.length / 4
  return chained([0, 3, 1, 2].map((gate) => values.subarray(gate * quarter, (gate + 1) * quarter)))
}

function chained(parts: readonly Float32Array[]): Float32Array {
  return Float32Array.from(parts.flatMap((part) => [...part]))
}
