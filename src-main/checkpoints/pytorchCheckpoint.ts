import { Failure } from '../../src-shared/failure/failure.ts'
import { PickleGlobal, unpickle, type PickleValue } from './unpickle.ts'
import { readZip } from './zip.ts'

/** A named tensor, row-major float32. */
export interface Tensor {
  readonly sizes: readonly number[]
  readonly values: Float32Array
}

/**
 * Tensors of a PyTorch checkpoint (`torch.save` of a state dictionary, zip form), without Python.
 *
 * Throws `checkpoint-damaged` for a broken zip, `checkpoint-unreadable` for anything but plain contiguous tensors.
 */
export function readPytorchCheckpoint(bytes: Uint8Array): Map<string, Tensor> {
  const entries = readZip(bytes)
  const pickle = [...entries.keys()].find((name) => name.endsWith('/data.pkl'))
  if (pickle === undefined) throw unreadable('It holds no data.pkl.')
  const folder = pickle.slice(0, -'data.pkl'.length)
  requireLittleEndian(entries.get(`${folder}byteorder`))
  const root = unpickle(contentOf(entries, pickle), {
    call: callTorch,
    load: (id) => loadStorage(id, folder, entries),
  })
  if (!(root instanceof Map)) throw unreadable('It holds no dictionary of tensors.')
  return tensorsOf(root)
}

/** Numbers of one file in the zip, already float32. */
class Storage {
  readonly values: Float32Array

  constructor(values: Float32Array) {
    this.values = values
  }
}

class LoadedTensor implements Tensor {
  readonly sizes: readonly number[]
  readonly values: Float32Array

  constructor(sizes: readonly number[], values: Float32Array) {
    this.sizes = sizes
    this.values = values
  }
}

function tensorsOf(root: Map<PickleValue, PickleValue>): Map<string, Tensor> {
  const tensors = new Map<string, Tensor>()
  for (const [name, value] of root) {
    if (typeof name !== 'string' || !(value instanceof LoadedTensor)) {
      throw unreadable('It holds more than named tensors.')
    }
    tensors.set(name, value)
  }
  return tensors
}

/** The only two things a file of tensors calls. */
function callTorch(callee: PickleValue, parameters: readonly PickleValue[]): PickleValue {
  const name = callee instanceof PickleGlobal ? callee.name : 'something unnamed'
  if (name === 'collections.OrderedDict') return new Map()
  if (name === 'torch._utils._rebuild_tensor_v2') return rebuildTensor(parameters)
  throw unreadable(`It wants to call ${name}.`)
}

/** _rebuild_tensor_v2(storage, offset, sizes, strides, …): contiguous tensors only. */
function rebuildTensor([storage, offset, sizes, strides]: readonly PickleValue[]): LoadedTensor {
  if (!(storage instanceof Storage) || typeof offset !== 'number' || !isSizes(sizes) || !isSizes(strides)) {
    throw unreadable('A tensor is described in an unknown way.')
  }
  let expected = 1
  for (let i = sizes.length - 1; i >= 0; i--) {
    if (sizes[i] > 1 && strides[i] !== expected) throw unreadable('A tensor is not contiguous.')
    expected *= sizes[i]
  }
  if (offset < 0 || offset + expected > storage.values.length)
    throw unreadable('A tensor is larger than its numbers.')
  return new LoadedTensor(sizes, storage.values.slice(offset, offset + expected))
}

function isSizes(value: PickleValue | undefined): value is number[] {
  return Array.isArray(value) && value.every((size) => typeof size === 'number' && size >= 0)
}

/** Persistent id: ('storage', type, key, device, count). */
function loadStorage(id: PickleValue, folder: string, entries: Map<string, Uint8Array>): Storage {
  if (!Array.isArray(id) || id[0] !== 'storage')
    throw unreadable('It refers to something else than a storage.')
  const [, type, key] = id
  if (!(type instanceof PickleGlobal) || typeof key !== 'string')
    throw unreadable('A storage has no type or name.')
  const read = storageTypes.get(type.name)
  if (read === undefined) throw unreadable(`It holds numbers of type ${type.name}.`)
  return new Storage(read(contentOf(entries, `${folder}data/${key}`)))
}

const storageTypes = new Map<string, (bytes: Uint8Array) => Float32Array>([
  ['torch.FloatStorage', (bytes) => numbers(bytes, 4, (view, at) => view.getFloat32(at, true))],
  ['torch.DoubleStorage', (bytes) => numbers(bytes, 8, (view, at) => view.getFloat64(at, true))],
  ['torch.HalfStorage', (bytes) => numbers(bytes, 2, (view, at) => halfToNumber(view.getUint16(at, true)))],
])

function numbers(
  bytes: Uint8Array,
  width: number,
  read: (view: DataView, at: number) => number,
): Float32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return Float32Array.from({ length: Math.floor(bytes.length / width) }, (_, i) => read(view, i * width))
}

/** IEEE 754 half precision: 1 sign, 5 exponent, 10 fraction bits. */
function halfToNumber(bits: number): number {
  const sign = bits >= 0x8000 ? -1 : 1
  const exponent = (bits >> 10) & 31
  const fraction = bits & 1023
  if (exponent === 31) return fraction === 0 ? sign * Infinity : NaN
  if (exponent === 0) return sign * fraction * 2 ** -24
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15)
}

function contentOf(entries: Map<string, Uint8Array>, name: string): Uint8Array {
  const content = entries.get(name)
  if (content === undefined) throw unreadable(`Its entry ${name} is missing.`)
  return content
}

function requireLittleEndian(content: Uint8Array | undefined): void {
  if (content === undefined) return
  const order = new TextDecoder().decode(content).trim()
  if (order !== 'little') throw unreadable(`Its numbers are in ${order}-endian order.`)
}

function unreadable(message: string): Failure {
  return new Failure(
    'refused',
    'checkpoint-unreadable',
    `This PyTorch checkpoint cannot be read. ${message}`,
    {
      advice: 'Save only the weights: torch.save(network.state_dict(), path).',
    },
  )
}
