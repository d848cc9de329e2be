import type { ModelPackage } from '../../src-shared/forecast/package.ts'
import { parameterSizes } from '../../src-shared/network/parameters.ts'
import { evidenceTensors } from './evidenceTensors.ts'
import { writeOnnx } from './onnx.ts'
import { writeSafetensors } from './safetensors.ts'

/** Before the names of tensors that belong to the evidence, not to the network. */
export const evidencePrefix = 'evidence.'

export type ExportFormat = 'safetensors' | 'onnx'

/** A package's network as one file for other programs; the same package gives the same bytes. */
export function exportNetwork(model: ModelPackage, format: ExportFormat): Uint8Array {
  return format === 'onnx' ? writeOnnx(model) : writeWeights(model)
}

/** Tensors by their published names; the manifest travels with them, so that an import knows what the numbers mean. */
function writeWeights({ manifest, parameters, evidence = [], sha256 }: ModelPackage): Uint8Array {
  const tensors = [...parameterSizes(manifest.network)].map(
    ([name, sizes]) => [name, { sizes, values: parameters[name] }] as const,
  )
  const known = [...evidenceTensors(evidence)].map(
    ([name, tensor]) => [`${evidencePrefix}${name}`, tensor] as const,
  )
  return writeSafetensors({
    tensors: new Map([...tensors, ...known]),
    metadata: { format: 'pt', name: manifest.name, sha256, manifest: JSON.stringify(manifest) },
  })
}
