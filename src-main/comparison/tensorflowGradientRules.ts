import type * as TensorflowCore from '@tensorflow/tfjs-core'
import type { GradConfig, Tensor } from '@tensorflow/tfjs-core'

type Tensorflow = typeof TensorflowCore

/**
 * Derivatives of the operations that the comparison network uses.
 *
 * The Node bundle of tfjs-core has the tape but registers no derivative, so these are written down here; TensorFlow.js
 * still applies the chain rule itself. A derivative that is registered already stays.
 */
export function registerGradients(tf: Tensorflow): void {
  for (const rule of [...arithmetic(tf), ...activations(tf), ...layout(tf)]) {
    if ((tf.getGradient(rule.kernelName) as GradConfig | undefined) === undefined) tf.registerGradient(rule)
  }
}

function arithmetic(tf: Tensorflow): GradConfig[] {
  return [
    rule('Add', ['a', 'b'], [], (dy, [a, b]) => ({
      a: () => reduced(tf, dy, a.shape),
      b: () => reduced(tf, dy, b.shape),
    })),
    rule('Sub', ['a', 'b'], [], (dy, [a, b]) => ({
      a: () => reduced(tf, dy, a.shape),
      b: () => reduced(tf, tf.neg(dy), b.shape),
    })),
    rule('Multiply', ['a', 'b'], [], (dy, [a, b]) => ({
      a: () => reduced(tf, tf.mul(dy, b), a.shape),
      b: () => reduced(tf, tf.mul(dy, a), b.shape),
    })),
    rule('RealDiv', ['a', 'b'], [], (dy, [a, b]) => ({
      a: () => reduced(tf, tf.div(dy, b), a.shape),
      b: () => reduced(tf, tf.neg(tf.div(tf.mul(dy, a), tf.mul(b, b))), b.shape),
    })),
    rule('Sum', ['x'], [], (dy, [x], { axis }) => ({
      x: () => {
        const summed = tf.util.parseAxisParam(axis as number[], x.shape)
        const kept = x.shape.map((size, i) => (summed.includes(i) ? 1 : size))
        return tf.mul(tf.reshape(dy, kept), tf.ones(x.shape))
      },
    })),
    // The backend is fast only where neither factor is marked as transposed, so they are turned beforehand.
    rule('BatchMatMul', ['a', 'b'], [], (dy, [a, b]) => ({
      a: () => tf.matMul(dy, tf.transpose(b)),
      b: () => tf.matMul(tf.transpose(a), dy),
    })),
  ]
}

function activations(tf: Tensorflow): GradConfig[] {
  return [
    rule('Exp', [], [true], (dy, [y]) => ({ x: () => tf.mul(dy, y) })),
    rule('Log', ['x'], [], (dy, [x]) => ({ x: () => tf.div(dy, x) })),
    rule('Softplus', ['x'], [], (dy, [x]) => ({ x: () => tf.mul(dy, tf.sigmoid(x)) })),
    rule('Sigmoid', [], [true], (dy, [y]) => ({ x: () => tf.mul(dy, tf.mul(y, tf.sub(1, y))) })),
    rule('Tanh', [], [true], (dy, [y]) => ({ x: () => tf.mul(dy, tf.sub(1, tf.mul(y, y))) })),
    rule('Softmax', [], [true], (dy, [y]) => ({
      logits: () => tf.mul(y, tf.sub(dy, tf.sum(tf.mul(dy, y), -1, true))),
    })),
  ]
}

function layout(tf: Tensorflow): GradConfig[] {
  return [
    // Two axes change places here, if any: turning back is turning again.
    rule('Transpose', [], [], (dy, _saved, { perm }) => ({ x: () => tf.transpose(dy, perm as number[]) })),
    rule('Reshape', ['x'], [], (dy, [x]) => ({ x: () => tf.reshape(dy, x.shape) })),
    {
      kernelName: 'Concat',
      saveAllInputs: true,
      gradFunc: (dy, saved, { axis }) => {
        const at = tf.util.parseAxisParam(axis as number, saved[0].shape)[0]
        const parts = tf.split(
          dy as Tensor,
          saved.map(({ shape }) => shape[at]),
          at,
        )
        return byIndex(parts)
      },
    },
    {
      kernelName: 'Pack',
      saveAllInputs: true,
      gradFunc: (dy, _saved, { axis }) => byIndex(tf.unstack(dy as Tensor, axis as number)),
    },
    {
      kernelName: 'Unpack',
      gradFunc: (dy, _saved, { axis }) => ({ value: () => tf.stack([dy].flat(), axis as number) }),
    },
    {
      kernelName: 'SplitV',
      gradFunc: (dy, _saved, { axis }) => ({ x: () => tf.concat(dy as Tensor[], axis as number) }),
    },
  ]
}

type GradientMap = ReturnType<GradConfig['gradFunc']>

type Derivative = (
  dy: Tensor,
  saved: Tensor[],
  attributes: Parameters<GradConfig['gradFunc']>[2],
) => GradientMap

/** A derivative of one result from the inputs and results that it names. */
function rule(
  kernelName: string,
  inputsToSave: string[],
  outputsToSave: boolean[],
  derivative: Derivative,
): GradConfig {
  return {
    kernelName,
    inputsToSave,
    outputsToSave,
    gradFunc: (dy, saved, attributes) => derivative(dy as Tensor, saved, attributes),
  }
}

/** Sums over the axes along which an operand of this shape was repeated. */
function reduced(tf: Tensorflow, dy: Tensor, shape: number[]): Tensor {
  const axes = tf.backend_util.getReductionAxes(shape, dy.shape)
  return tf.reshape(axes.length > 0 ? tf.sum(dy, axes) : dy, shape)
}

function byIndex(parts: readonly Tensor[]): GradientMap {
  return Object.fromEntries(parts.map((part, i) => [i, () => part]))
}
