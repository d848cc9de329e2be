import type { Scalar, Tensor } from '@tensorflow/tfjs-core'
import { expertBiasName, expertWeightName, parameterSizes } from '../../src-shared/network/parameters.ts'
import type {
  GateConstants,
  NetworkForward,
  NetworkInput,
  NetworkShape,
  Parameters,
} from '../../src-shared/network/shape.ts'
import { loadTensorflow, type Tensorflow } from './tensorflow.ts'

/** PIMOE once more, in TensorFlow.js: shares no arithmetic with src-shared/network, so that one can prove the other. */

type Weights = Readonly<Record<string, Tensor>>

/** Tensors of a pass before they are read: capacity, trend (B,T), logits, weights of the gate (B,E). */
// A type, not an interface: tidy takes only what it can look through.
// eslint-disable-next-line @typescript-eslint/consistent-type-definitions
type Passed = {
  capacity: Tensor
  trend: Tensor
  logits: Tensor
  gate: Tensor
}

export interface TensorflowTarget {
  /** (B,T) Ah */
  readonly target: Float32Array
  /** (B,E) standard normal noise of the router; null without. */
  readonly epsilon: Float32Array | null
}

/** Loss and its gradient by parameter name. */
export interface TensorflowGradients {
  readonly loss: number
  readonly of: Readonly<Record<string, Float32Array>>
}

/** What runs the published network in TensorFlow.js; shapes as in src-shared/network/forward, without training noise. */
export async function tensorflowEngine(): Promise<NetworkForward> {
  const tf = await loadTensorflow()
  return (parameters, shape, gate, input) => {
    const weights = weightsOf(tf, parameters, shape)
    const passed = tf.tidy(() => pass(tf, weights, { shape, gate, input, epsilon: null }))
    const output = {
      capacity: valuesOf(passed.capacity),
      gateLogits: valuesOf(passed.logits),
      gateWeights: valuesOf(passed.gate),
      trend: valuesOf(passed.trend),
    }
    tf.dispose(passed)
    tf.dispose(weights)
    return output
  }
}

/** Gradient of the published loss, diversity included, by TensorFlow.js's own tape. */
export async function tensorflowGradients(
  parameters: Parameters,
  { shape, gate }: { shape: NetworkShape; gate: GateConstants },
  input: NetworkInput,
  { target, epsilon }: TensorflowTarget,
): Promise<TensorflowGradients> {
  const tf = await loadTensorflow()
  // Without noise the noise weights take no part.
  const names = [...parameterSizes(shape).keys()].filter((name) => epsilon !== null || name !== 'w_noise')
  const weights = weightsOf(tf, parameters, shape)
  const { value, grads } = tf.tidy(() =>
    tf.valueAndGrads((...tensors: Tensor[]) => {
      const named = Object.fromEntries(names.map((name, i) => [name, tensors[i]]))
      const passed = pass(tf, named, { shape, gate, input, epsilon })
      return loss(tf, passed, tf.tensor2d(target, [input.B, shape.T]))
    })(names.map((name) => weights[name])),
  )
  const of = Object.fromEntries(names.map((name, i) => [name, valuesOf(grads[i])]))
  if (epsilon === null) of['w_noise'] = new Float32Array(shape.E ** 2)
  const answer = { loss: valuesOf(value)[0], of }
  tf.dispose([value, ...grads])
  tf.dispose(weights)
  return answer
}

function weightsOf(tf: Tensorflow, parameters: Parameters, shape: NetworkShape): Record<string, Tensor> {
  return Object.fromEntries(
    [...parameterSizes(shape)].map(([name, sizes]) => [name, tf.tensor(parameters[name], [...sizes])]),
  )
}

function valuesOf(tensor: Tensor): Float32Array {
  return Float32Array.from(tensor.dataSync())
}

interface PassQuestion {
  readonly shape: NetworkShape
  readonly gate: GateConstants
  readonly input: NetworkInput
  readonly epsilon: Float32Array | null
}

/** trend = Σ_e gate_e · expert_e(curve);  capacity = v · BiLSTM([trend, use]) + c */
function pass(
  tf: Tensorflow,
  weights: Weights,
  { shape, gate: constants, input, epsilon }: PassQuestion,
): Passed {
  const { T, V, F, E, U } = shape
  const { B } = input
  const curve = tf.tensor2d(input.curve, [B, V])
  const features = tf.tensor2d(input.features, [B, F])
  const clean = linear(tf, features, weights['relaxation_fc.weight'], weights['relaxation_fc.bias'])
  const logits = epsilon === null ? clean : noisy(tf, clean, weights['w_noise'], tf.tensor2d(epsilon, [B, E]))
  const gate = gateWeights(tf, logits, constants)
  const shares = tf.split(gate, E, 1)
  const trend = shares
    .map((share, e) =>
      tf.mul(share, linear(tf, curve, weights[expertWeightName(e)], weights[expertBiasName(e)])),
    )
    .reduce((sum, part) => tf.add(sum, part))
  const use = tf.tensor3d(input.use, [B, T, 3])
  // Time first: the backend cuts steps out of the first axis without copying the whole.
  const recurrent = tf.transpose(tf.concat([tf.reshape(trend, [B, T, 1]), use], 2), [1, 0, 2])
  const ahead = lstm(tf, steps(tf, recurrent, weights, ''), weights['lstm.weight_hh_l0'])
  const back = lstm(
    tf,
    steps(tf, recurrent, weights, '_reverse').toReversed(),
    weights['lstm.weight_hh_l0_reverse'],
  ).toReversed()
  const hidden = tf.concat([tf.stack(ahead), tf.stack(back)], 2)
  const flat = tf.reshape(hidden, [T * B, 2 * U])
  const output = linear(tf, flat, weights['fc_final.weight'], weights['fc_final.bias'])
  const capacity = tf.transpose(tf.reshape(output, [T, B]))
  return { capacity, trend, logits, gate }
}

/** x (N,I) · weightᵀ (I,O) + bias (O) */
function linear(tf: Tensorflow, x: Tensor, weight: Tensor, bias: Tensor): Tensor {
  return tf.add(tf.matMul(x, tf.transpose(weight)), bias)
}

/** logits + ε · (softplus(logits · N) + 1e-5) */
function noisy(tf: Tensorflow, clean: Tensor, noise: Tensor, epsilon: Tensor): Tensor {
  const spread = tf.add(tf.softplus(tf.matMul(clean, noise)), 1e-5)
  return tf.add(clean, tf.mul(epsilon, spread))
}

/** softmax of α ln(p + 1) below the k-th largest logit, of α (exp(p) − 1) elsewhere;  p = softmax(logits) */
function gateWeights(tf: Tensorflow, logits: Tensor, { k, alpha }: GateConstants): Tensor {
  const share = tf.softmax(logits)
  const isBelow = belowKth(tf, logits, k)
  const below = tf.mul(isBelow, tf.log(tf.add(share, 1)))
  const kept = tf.mul(tf.sub(1, isBelow), tf.sub(tf.exp(share), 1))
  return tf.softmax(tf.mul(tf.add(below, kept), alpha))
}

/** 1 below the k-th largest of a row, else 0: constant almost everywhere, so its gradient is 0. */
function belowKth(tf: Tensorflow, logits: Tensor, k: number): Tensor {
  const compared = tf.customGrad((x) => {
    const kth = tf.min(tf.topk(x as Tensor, k).values, -1, true)
    return { value: tf.cast(tf.less(x as Tensor, kth), 'float32'), gradFunc: (dy) => tf.zerosLike(dy) }
  })
  return compared(logits)
}

/** Σ_i W_ih x + b_ih + b_hh of every step: T tensors (B,4U), gate order i f g o. */
function steps(tf: Tensorflow, x: Tensor, weights: Weights, suffix: string): Tensor[] {
  const [T, B, inputs] = x.shape
  const bias = tf.add(weights[`lstm.bias_ih_l0${suffix}`], weights[`lstm.bias_hh_l0${suffix}`])
  const flat = tf.reshape(x, [T * B, inputs])
  const gates = linear(tf, flat, weights[`lstm.weight_ih_l0${suffix}`], bias)
  return tf.unstack(tf.reshape(gates, [T, B, bias.size]))
}

/** Hidden states (B,U) in the order of the steps. */
function lstm(tf: Tensorflow, inputs: readonly Tensor[], weight: Tensor): Tensor[] {
  const hidden: Tensor[] = []
  const [, U = 0] = weight.shape
  const turned = tf.transpose(weight)
  let last = tf.zeros([inputs[0].shape[0], U])
  let memory = last
  for (const x of inputs) {
    const gates = tf.add(x, tf.matMul(last, turned))
    const [i, f, g, o] = tf.split(gates, 4, 1)
    memory = tf.add(tf.mul(tf.sigmoid(f), memory), tf.mul(tf.sigmoid(i), tf.tanh(g)))
    last = tf.mul(tf.sigmoid(o), tf.tanh(memory))
    hidden.push(last)
  }
  return hidden
}

/** mean (capacity − target)² + 0.5 · var_unbiased(I) / (mean(I)² + 1e-10),  I_e = Σ_b gate */
function loss(tf: Tensorflow, { capacity, gate }: Passed, target: Tensor): Scalar {
  const error = tf.sub(capacity, target)
  const meanSquare = tf.div(tf.sum(tf.mul(error, error)), target.size)
  const importance = tf.sum(gate, 0)
  const mean = tf.div(tf.sum(importance), importance.size)
  const deviation = tf.sub(importance, mean)
  const variance = tf.div(tf.sum(tf.mul(deviation, deviation)), importance.size - 1)
  const diversity = tf.div(variance, tf.add(tf.mul(mean, mean), 1e-10))
  return tf.add(meanSquare, tf.mul(diversity, 0.5))
}
