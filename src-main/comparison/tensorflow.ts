import { createRequire } from 'node:module'
import { dirname, sep } from 'node:path'
import type * as TensorflowCore from '@tensorflow/tfjs-core'
import { registerGradients } from './tensorflowGradientRules.ts'

export type Tensorflow = typeof TensorflowCore

let loading: Promise<Tensorflow> | null = null

/** TensorFlow.js on its WebAssembly backend, one thread; loaded on the first call, with the gradients its Node bundle lacks. */
export function loadTensorflow(): Promise<Tensorflow> {
  loading ??= load()
  return loading
}

async function load(): Promise<Tensorflow> {
  const tf = await import('@tensorflow/tfjs-core')
  const { setThreadsCount, setWasmPaths } = await import('@tensorflow/tfjs-backend-wasm')
  setThreadsCount(1)
  setWasmPaths(wasmFolder())
  await tf.setBackend('wasm')
  await tf.ready()
  registerGradients(tf)
  return tf
}

/** Beside the package's entry, from source and from the built program alike. */
function wasmFolder(): string {
  return dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm')) + sep
}
