import type { ModelPackage } from '../../src-shared/forecast/package.ts'
import { parameterSizes } from '../../src-shared/network/parameters.ts'
import { writeOnnx } from './onnx.ts'
import { writeSafetensors } from './safetensors.ts'

export type ExportFormat = 'safetensors' | 'onnx'

/** A package's network as one file for other programs; the same package gives the same bytes. */
export function exportNetwork(model: ModelPackage, format: ExportFormat): Uint8Array {
  return format === 'onnx' ? writeOnnx(model) : writeWeights(model)
}

/** Tensors by their published names; the manifest travels with them, so that an import knows what the numbers mean. */
function writeWeights({ manifest, parameters, sha256 }: ModelPackage): Uint8Array {
  const tensors = [...parameterSizes(manifest.network)].map(
    ([name, sizes]) => [name, { sizes, values: parameters[name] }] as const,
  )
  return writeSafetensors({
    tensors: new Map(tensors),
    metadata: { format: 'pt', name: manifest.name, sha256, manifest: JSON.stringify(manifest) },
  })
}
