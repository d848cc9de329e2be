import { createHash, randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { Failure } from '../../src-shared/failure/failure.ts'
import type { CellTypeEvidence } from '../../src-shared/evidence/cellTypeEvidence.ts'
import { kernelName } from '../../src-shared/evidence/presentCapacity.ts'
import type { EvidenceSummary, Manifest, ModelPackage } from '../../src-shared/forecast/package.ts'
import { parameterSizes, validateParameters } from '../../src-shared/network/parameters.ts'
import type { NetworkShape, Parameters } from '../../src-shared/network/shape.ts'
import { canonicalJson } from './canonicalJson.ts'
import { evidenceBytes, evidenceFrom, evidenceSummary } from './evidenceTensors.ts'
import { parseManifest } from './manifestSchema.ts'
import type { Tensor } from './pytorchCheckpoint.ts'
import { readSafetensors, writeSafetensors } from './safetensors.ts'

const weightsFile = 'weights.safetensors'
const evidenceFile = 'evidence.safetensors'
const manifestFile = 'manifest.json'
const cardFile = 'card.md'

/**
 * Reads a model package: manifest.json, weights.safetensors, card.md, and evidence.safetensors where it rests on evidence.
 *
 * Throws `model-missing`, `manifest-invalid`, `weights-changed` (hash), `weights-damaged` or `parameters-mismatch`.
 */
export async function readModelPackage(folder: string): Promise<ModelPackage> {
  const manifest = parseManifest(
    new TextDecoder().decode(await readPart(folder, manifestFile)),
    join(folder, manifestFile),
  )
  const weights = await readPart(folder, weightsFile)
  if (sha256(weights) !== manifest.weightsSha256) {
    throw changed(join(folder, weightsFile))
  }
  const { tensors } = readSafetensors(weights)
  const parameters = parametersOf(tensors)
  validateParameters(manifest.network, parameters)
  requireSizes(manifest.network, tensors)
  const evidence = await readEvidence(folder, manifest)
  return { manifest, parameters, ...evidence, sha256: identity(manifest, weights) }
}

async function readEvidence(folder: string, { evidence }: Manifest): Promise<Pick<ModelPackage, 'evidence'>> {
  if (evidence === undefined) return {}
  const bytes = await readPart(folder, evidenceFile)
  if (sha256(bytes) !== evidence.sha256) throw changed(join(folder, evidenceFile))
  return { evidence: evidenceFrom(bytes, evidence) }
}

function changed(file: string): Failure {
  return new Failure(
    'refused',
    'weights-changed',
    'The weights are not those the manifest was written for.',
    { advice: 'Copy the model package again, or train it again.', file },
  )
}

/** As many values in another order would be another network. */
function requireSizes(network: NetworkShape, tensors: ReadonlyMap<string, Tensor>): void {
  for (const [name, wanted] of parameterSizes(network)) {
    const found = tensors.get(name)?.sizes.join(' × ')
    if (found === wanted.join(' × ')) continue
    throw new Failure(
      'refused',
      'parameters-mismatch',
      `${name} is ${found ?? 'missing'}, not ${wanted.join(' × ')}.`,
      {
        advice: 'Copy the model package again, or train it again.',
      },
    )
  }
}

/** The page a person reads; empty where a package has none. */
export async function readModelCard(folder: string): Promise<string> {
  const path = join(folder, cardFile)
  return existsSync(path) ? readFile(path, 'utf8') : ''
}

/** A package before it is written: the weights' hash is not known yet. */
export interface PackageDraft {
  readonly manifest: Omit<Manifest, 'weightsSha256'>
  readonly parameters: Parameters
  readonly evidence?: readonly CellTypeEvidence[]
  readonly card: string
}

/** Completes a draft with its hashes, without writing it. */
export function completePackage({
  manifest,
  parameters,
  evidence,
}: Omit<PackageDraft, 'card'>): ModelPackage {
  const weights = weightsOf(manifest, parameters)
  const summary = evidence === undefined ? {} : { evidence: summaryOf(evidence) }
  const complete = { ...manifest, ...summary, weightsSha256: sha256(weights) }
  const inMemory = evidence === undefined ? {} : { evidence }
  return { manifest: complete, parameters, ...inMemory, sha256: identity(complete, weights) }
}

function summaryOf(evidence: readonly CellTypeEvidence[]): EvidenceSummary {
  return { sha256: sha256(evidenceBytes(evidence)), kernel: kernelName, types: evidenceSummary(evidence) }
}

/**
 * Writes a model package in one move: complete in a folder beside its place, then renamed, so no reader ever meets half
 * of one. A package that stands there already is replaced. Throws `not-writable` (usage) where the system refuses.
 */
export async function writeModelPackage(folder: string, draft: PackageDraft): Promise<ModelPackage> {
  const target = resolve(folder)
  const complete = completePackage(draft)
  const temporary = join(dirname(target), `.${basename(target)}-${randomUUID()}`)
  try {
    await mkdir(dirname(target), { recursive: true })
    await mkdir(temporary)
    await writeFile(join(temporary, weightsFile), weightsOf(draft.manifest, draft.parameters))
    if (draft.evidence !== undefined) {
      await writeFile(join(temporary, evidenceFile), evidenceBytes(draft.evidence))
    }
    await writeFile(join(temporary, manifestFile), `${JSON.stringify(complete.manifest, null, 1)}\n`)
    await writeFile(join(temporary, cardFile), draft.card)
    await replaceFolder(temporary, target)
  } catch (error) {
    throw notWritable(error, target)
  } finally {
    await rm(temporary, { recursive: true, force: true }).catch(() => undefined)
  }
  return complete
}

function notWritable(error: unknown, folder: string): unknown {
  if (!(error instanceof Error) || !('code' in error)) return error
  return new Failure('usage', 'not-writable', `The model cannot be written: ${error.message}`, {
    advice: 'Name a folder that can be written, on a disk with room.',
    file: folder,
  })
}

async function replaceFolder(temporary: string, target: string): Promise<void> {
  if (!existsSync(target)) return rename(temporary, target)
  const old = `${temporary}-old`
  await rename(target, old)
  await rename(temporary, target)
  await rm(old, { recursive: true, force: true })
}

/** Tensors by canonical name as parameters. */
export function parametersOf(tensors: ReadonlyMap<string, Tensor>): Record<string, Float32Array> {
  return Object.fromEntries([...tensors].map(([name, { values }]) => [name, values]))
}

export function weightsOf(
  manifest: { network: NetworkShape; name: string },
  parameters: Parameters,
): Uint8Array {
  const tensors = new Map<string, Tensor>()
  for (const [name, sizes] of parameterSizes(manifest.network)) {
    tensors.set(name, { sizes, values: parameters[name] })
  }
  return writeSafetensors({ tensors, metadata: { format: 'pt', name: manifest.name } })
}

/** Hash over the manifest in canonical JSON (keys sorted, no spaces) followed by the weights' bytes. */
function identity(manifest: Manifest, weights: Uint8Array): string {
  return createHash('sha256').update(canonicalJson(manifest)).update(weights).digest('hex')
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

async function readPart(folder: string, name: string): Promise<Uint8Array> {
  const path = join(folder, name)
  try {
    return await readFile(path)
  } catch {
    throw new Failure('refused', 'model-missing', `There is no readable ${name} in this folder.`, {
      advice: 'Name a folder with manifest.json and weights.safetensors, or train a model into it.',
      file: path,
    })
  }
}
