import { Failure } from '../../src-shared/failure/failure.ts'
import type { Tensor } from './pytorchCheckpoint.ts'

export interface SafetensorsFile {
  readonly tensors: Map<string, Tensor>
  readonly metadata: Readonly<Record<string, string>>
}

/**
 * Reads a safetensors file: 8 bytes of header length, a JSON header, then the numbers. Float32 only.
 *
 * Throws `weights-damaged` when anything does not add up.
 */
export function readSafetensors(bytes: Uint8Array): SafetensorsFile {
  const { header, start } = readHeader(bytes)
  const tensors = new Map<string, Tensor>()
  let metadata: Record<string, string> = {}
  for (const [name, entry] of Object.entries(header)) {
    if (name === '__metadata__') metadata = textsOf(entry)
    else tensors.set(name, readTensor(bytes, start, name, entry))
  }
  return { tensors, metadata }
}

/** Writes float32 tensors, names in alphabetical order so that equal content gives equal bytes. */
export function writeSafetensors({ tensors, metadata }: SafetensorsFile): Uint8Array {
  const header: Record<string, unknown> = {}
  if (Object.keys(metadata).length > 0) header['__metadata__'] = sortedByKey(metadata)
  const names = [...tensors.keys()].sort()
  let size = 0
  for (const name of names) {
    const tensor = tensorOf(tensors, name)
    const end = size + tensor.values.length * 4
    header[name] = { dtype: 'F32', shape: tensor.sizes, data_offsets: [size, end] }
    size = end
  }
  return assemble(
    JSON.stringify(header),
    names.map((name) => tensorOf(tensors, name).values),
    size,
  )
}

function assemble(header: string, values: readonly Float32Array[], size: number): Uint8Array {
  // Numbers start on a multiple of 8; the format pads its header with spaces.
  const text = new TextEncoder().encode(header)
  const start = 8 + Math.ceil(text.length / 8) * 8
  const bytes = new Uint8Array(start + size).fill(0x20, 0, start)
  const view = new DataView(bytes.buffer)
  view.setBigUint64(0, BigInt(start - 8), true)
  bytes.set(text, 8)
  let at = start
  for (const tensor of values) {
    for (const value of tensor) {
      view.setFloat32(at, value, true)
      at += 4
    }
  }
  return bytes
}

function readHeader(bytes: Uint8Array): { header: Record<string, unknown>; start: number } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (bytes.length < 8) throw damaged('It is shorter than its header.')
  const length = Number(view.getBigUint64(0, true))
  if (8 + length > bytes.length) throw damaged('Its header is cut short.')
  const header = parseJson(new TextDecoder().decode(bytes.subarray(8, 8 + length)))
  if (!isRecord(header)) throw damaged('Its header is not a list of tensors.')
  return { header, start: 8 + length }
}

function readTensor(bytes: Uint8Array, start: number, name: string, entry: unknown): Tensor {
  if (!isRecord(entry)) throw damaged(`${name} is not described.`)
  const { dtype, shape, data_offsets: offsets } = entry
  if (dtype !== 'F32') throw damaged(`${name} is not float32.`)
  if (!isNumbers(shape) || !isNumbers(offsets) || offsets.length !== 2)
    throw damaged(`${name} is not described.`)
  const [from, to] = offsets
  const count = shape.reduce((all, size) => all * size, 1)
  if (from < 0 || to - from !== count * 4 || start + to > bytes.length) throw damaged(`${name} is cut short.`)
  const view = new DataView(bytes.buffer, bytes.byteOffset + start + from, count * 4)
  return {
    sizes: shape,
    values: Float32Array.from({ length: count }, (_, i) => view.getFloat32(i * 4, true)),
  }
}

function tensorOf(tensors: ReadonlyMap<string, Tensor>, name: string): Tensor {
  const tensor = tensors.get(name)
  if (tensor === undefined) throw new Error(`no tensor ${name}`)
  return tensor
}

function sortedByKey(record: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.keys(record)
      .sort()
      .map((key) => [key, record[key]]),
  )
}

function textsOf(value: unknown): Record<string, string> {
  if (!isRecord(value)) return {}
  return Object.fromEntries(Object.entries(value).map(([key, text]) => [key, String(text)]))
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isNumbers(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((x) => typeof x === 'number' && Number.isInteger(x))
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw damaged('Its header is not JSON.')
  }
}

function damaged(message: string): Failure {
  return new Failure('refused', 'weights-damaged', `These weights cannot be read. ${message}`, {
    advice: 'Copy the model package again, or train it again.',
  })
}
