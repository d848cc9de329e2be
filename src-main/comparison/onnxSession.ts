import type { NetworkInput, NetworkOutput, NetworkShape } from '../../src-shared/network/shape.ts'

export interface OnnxSession {
  /** Shapes as in src-shared/network/forward; the file does not give the logits. */
  readonly run: (shape: NetworkShape, input: NetworkInput) => Promise<Omit<NetworkOutput, 'gateLogits'>>
  readonly close: () => Promise<void>
}

/** Loads an exported network into onnxruntime-web: its WebAssembly provider, one thread. */
export async function createOnnxSession(model: Uint8Array): Promise<OnnxSession> {
  const { env, InferenceSession, Tensor } = await import('onnxruntime-web')
  env.wasm.numThreads = 1
  const session = await InferenceSession.create(model, { executionProviders: ['wasm'], intraOpNumThreads: 1 })
  return {
    run: async ({ T, V, F }, { B, curve, features, use }) => {
      const output = await session.run({
        curve: new Tensor('float32', curve, [B, V]),
        features: new Tensor('float32', features, [B, F]),
        use: new Tensor('float32', use, [B, T, 3]),
      })
      return {
        capacity: output['capacity'].data as Float32Array,
        gateWeights: output['gate_weights'].data as Float32Array,
        trend: output['trend'].data as Float32Array,
      }
    },
    close: () => session.release(),
  }
}
