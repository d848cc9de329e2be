import { readFile, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { z } from 'zod'
import { Failure } from '../../src-shared/failure/failure.ts'
import type { InputConvention, ModelPackage, Scaler } from '../../src-shared/forecast/package.ts'
import { canonicalName, expertWeightName, validateParameters } from '../../src-shared/network/parameters.ts'
import type { NetworkShape } from '../../src-shared/network/shape.ts'
import { evidenceOfTensors } from './evidenceTensors.ts'
import { evidencePrefix } from './exportNetwork.ts'
import { parseManifest } from './manifestSchema.ts'
import { completePackage, parametersOf, type PackageDraft } from './modelPackage.ts'
import { readPytorchCheckpoint, type Tensor } from './pytorchCheckpoint.ts'
import { readSafetensors, type SafetensorsFile } from './safetensors.ts'

export interface CheckpointQuestion {
  /** Path of the .pth or .safetensors file. */
  readonly checkpoint: string
  /** Path of a JSON file `{name: {mean, scale}}`: the entry named like the network's file, or the only one. */
  readonly scaler?: string
  readonly name: string
}

export interface ImportedCheckpoint {
  /** For writeModelPackage. */
  readonly draft: PackageDraft
  readonly package: ModelPackage
}

/**
 * A published network, saved as .pth or .safetensors, as a model package: legacy features, stored currents, never
 * refuses. A .safetensors file that `model export` wrote keeps its own manifest instead.
 *
 * Throws `checkpoint-damaged`, `checkpoint-unreadable`, `weights-damaged`, `manifest-invalid`, `parameters-mismatch` or
 * `scaler-invalid`.
 */
export async function importCheckpoint(question: CheckpointQuestion): Promise<ImportedCheckpoint> {
  const { tensors: all, metadata } = readNetwork(await readNamed(question.checkpoint))
  const tensors = new Map([...all].filter(([name]) => !name.startsWith(evidencePrefix)))
  const parameters = parametersOf(tensors)
  const draft = Object.hasOwn(metadata, 'manifest')
    ? { parameters, ...withEvidence(exportedPackage(question, metadata['manifest']), all) }
    : { parameters, ...(await legacyPackage(question, shapeOf(tensors))) }
  validateParameters(draft.manifest.network, parameters)
  return { draft, package: completePackage(draft) }
}

/** The evidence that the manifest speaks of, from the tensors beside the network's. */
function withEvidence(described: Described, all: SafetensorsFile['tensors']): Described {
  const { evidence: summary } = described.manifest
  if (summary === undefined) return described
  const tensors = new Map(
    [...all].flatMap(([name, tensor]) =>
      name.startsWith(evidencePrefix) ? [[name.slice(evidencePrefix.length), tensor] as const] : [],
    ),
  )
  return { ...described, evidence: evidenceOfTensors(tensors, summary) }
}

/** Both formats by their content: a .pth is a zip file. */
function readNetwork(bytes: Uint8Array): SafetensorsFile {
  // A safetensors file starts with the length of its header, then the header's brace.
  if (bytes[8] !== '{'.codePointAt(0)) {
    return { tensors: canonicalTensors(readPytorchCheckpoint(bytes)), metadata: {} }
  }
  const { tensors, metadata } = readSafetensors(bytes)
  return { tensors: canonicalTensors(tensors), metadata }
}

type Described = Omit<PackageDraft, 'parameters'>

async function legacyPackage(question: CheckpointQuestion, shape: NetworkShape): Promise<Described> {
  const scaler = await scalerFor(question, shape.F)
  return { manifest: legacyManifest(question.name, shape, scaler), card: card(question, shape, scaler) }
}

function exportedPackage({ name, checkpoint, scaler }: CheckpointQuestion, text: string): Described {
  if (scaler !== undefined) throw badScaler(scaler, 'the network brings its own', 'Leave the scaler out.')
  const manifest = parseManifest(text, checkpoint)
  const origin = `Imported from \`${basename(checkpoint)}\`, an export of the model ${manifest.name}.`
  return { manifest: { ...manifest, name }, card: `# ${name}\n\n${origin}\n` }
}

/** The published values of the gate: k = 2, α = 10. */
const gate = { k: 2, alpha: 10 }

function legacyManifest(name: string, shape: NetworkShape, scaler: Scaler | null): PackageDraft['manifest'] {
  return {
    schema: 'pimoe-model/1',
    name,
    created: new Date().toISOString(),
    program: 'published checkpoint, imported',
    simulated: false,
    network: { ...shape, ...gate },
    input: legacyInput(shape.F, scaler),
    scaler,
    domain: null,
    interval: null,
    training: null,
    metrics: null,
  }
}

/** In mAh, a mean largest charge is in the hundreds or thousands; in Ah it is a few. */
const mostAmpereHours = 20

function legacyInput(F: number, scaler: Scaler | null): InputConvention {
  const features = F === 6 ? 6 : 12
  // Largest curve value: third of the six curve features, ninth of all twelve.
  const curveMax = scaler?.mean.at(features === 6 ? 2 : 8) ?? 0
  return {
    kind: 'legacy',
    features,
    curveUnit: curveMax > mostAmpereHours ? 'mAh' : 'Ah',
    use: { mean: [0, 0, 0], scale: [1, 1, 1] },
  }
}

function canonicalTensors(tensors: ReadonlyMap<string, Tensor>): Map<string, Tensor> {
  return new Map([...tensors].map(([name, tensor]) => [canonicalName(name), tensor]))
}

function shapeOf(tensors: ReadonlyMap<string, Tensor>): NetworkShape {
  const [T, V] = sizesOf(tensors, expertWeightName(0))
  const [E, F] = sizesOf(tensors, 'relaxation_fc.weight')
  const U = sizesOf(tensors, 'lstm.weight_hh_l0')[1]
  if (F !== 12 && F !== 6) {
    throw mismatch(`It reads ${F} features; 12 or 6 are known.`)
  }
  return { T, V, F, E, U }
}

function sizesOf(tensors: ReadonlyMap<string, Tensor>, name: string): readonly [number, number] {
  const sizes = tensors.get(name)?.sizes ?? []
  if (sizes.length !== 2) throw mismatch(`It has no matrix ${name}.`)
  return [sizes[0], sizes[1]]
}

const scalerFile = z.record(
  z.string(),
  z.object({ mean: z.array(z.number()), scale: z.array(z.number().positive()) }),
)

async function scalerFor({ scaler, checkpoint }: CheckpointQuestion, F: number): Promise<Scaler | null> {
  if (scaler === undefined) return null
  const entries = parseScalers(new TextDecoder().decode(await readNamed(scaler)), scaler)
  const named = basename(checkpoint).replace(/\.(pth|safetensors)$/i, '')
  const only = Object.values(entries).length === 1 ? Object.values(entries)[0] : null
  const found = Object.hasOwn(entries, named) ? entries[named] : only
  if (found === null) throw badScaler(scaler, `it has no entry ${named}`)
  if (found.mean.length !== F || found.scale.length !== F) {
    throw badScaler(scaler, `its entry has ${found.mean.length} features, the network reads ${F}`)
  }
  return found
}

function parseScalers(text: string, file: string): Record<string, Scaler> {
  try {
    return scalerFile.parse(JSON.parse(text))
  } catch {
    throw badScaler(file, 'it is not JSON of the form {name: {mean, scale}}')
  }
}

function card({ name, checkpoint }: CheckpointQuestion, shape: NetworkShape, scaler: Scaler | null): string {
  const scaling =
    scaler === null
      ? 'No scaler was given: features enter unscaled, which the original never did. Its numbers mean nothing.'
      : 'Features are standardised with the scaler that was given.'
  return [
    `# ${name}`,
    '',
    `Imported from the checkpoint \`${basename(checkpoint)}\`.`,
    `T ${shape.T}, V ${shape.V}, F ${shape.F}, E ${shape.E}, U ${shape.U}; gate k ${gate.k}, α ${gate.alpha}.`,
    '',
    `${scaling} Currents enter as the published files store them.`,
    'It has no interval and no domain: it answers everything and never says how sure it is.',
    '',
  ].join('\n')
}

async function readNamed(path: string): Promise<Uint8Array> {
  const status = await stat(path).catch(() => null)
  // A device has no end, and no network of this kind is larger.
  if (status?.isFile() !== true || status.size > largestFile_bytes) throw unreadable(path)
  try {
    return await readFile(path)
  } catch {
    throw unreadable(path)
  }
}

const largestFile_bytes = 2 ** 30

function unreadable(file: string): Failure {
  return new Failure('refused', 'file-unreadable', 'The file cannot be read.', {
    advice: 'Check its name and your rights to it; it must be an ordinary file of less than 1 GB.',
    file,
  })
}

function mismatch(message: string): Failure {
  return new Failure('refused', 'parameters-mismatch', `This is not a PIMOE network. ${message}`, {
    advice: 'Choose a checkpoint saved by the published PIMOE code.',
  })
}

function badScaler(
  file: string,
  message: string,
  advice = 'Give a JSON file with one entry {mean, scale} named like the network’s file.',
): Failure {
  return new Failure('refused', 'scaler-invalid', `The scaler file cannot be used: ${message}.`, {
    advice,
    file,
  })
}
