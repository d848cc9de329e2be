import { deflateRawSync } from 'node:zlib'

/** A zip file made by hand: stored or deflated entries, no checksums. */
export function zipOf(entries: Record<string, Uint8Array>, deflated = false): Uint8Array {
  const locals: Buffer[] = []
  const directory: Buffer[] = []
  let at = 0
  for (const [name, content] of Object.entries(entries)) {
    const packed = deflated ? deflateRawSync(content) : Buffer.from(content)
    const shared = Buffer.alloc(26)
    shared.writeUInt16LE(deflated ? 8 : 0, 4)
    shared.writeUInt32LE(packed.length, 14)
    shared.writeUInt32LE(content.length, 18)
    shared.writeUInt16LE(Buffer.byteLength(name), 22)
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), shared, Buffer.from(name), packed])
    const tail = Buffer.alloc(14)
    tail.writeUInt32LE(at, 10)
    directory.push(Buffer.concat([Buffer.from('PK\x01\x02\0\0'), shared, tail, Buffer.from(name)]))
    locals.push(local)
    at += local.length
  }
  const end = Buffer.alloc(18)
  end.writeUInt16LE(directory.length, 6)
  end.writeUInt32LE(at, 12)
  return Buffer.concat([...locals, ...directory, Buffer.from('PK\x05\x06'), end])
}

export interface PickledTensor {
  sizes: number[]
  strides?: number[]
  values: number[]
}

/** A state dictionary as torch.save writes it: pickle protocol 2, one storage file per tensor. */
export function checkpointOf(
  tensors: Record<string, PickledTensor>,
  { type = 'FloatStorage', deflated = false, callee = 'torch._utils\n_rebuild_tensor_v2\n' } = {},
): Uint8Array {
  const entries: Record<string, Uint8Array> = {}
  const parts: Buffer[] = [Buffer.from('\x80\x02ccollections\nOrderedDict\n)R(', 'latin1')]
  Object.entries(tensors).forEach(([name, { sizes, strides, values }], key) => {
    parts.push(text(name), Buffer.from(`c${callee}((`), text('storage'), Buffer.from(`ctorch\n${type}\n`))
    parts.push(text(String(key)), text('cpu'), int(values.length), Buffer.from('tQK\0', 'latin1'))
    parts.push(tuple(sizes), tuple(strides ?? rowMajor(sizes)))
    parts.push(Buffer.from('\x89ccollections\nOrderedDict\n)RtR', 'latin1'))
    entries[`archive/data/${key}`] = storage(type, values)
  })
  parts.push(Buffer.from('u.'))
  return zipOf({ 'archive/data.pkl': Buffer.concat(parts), ...entries }, deflated)
}

function storage(type: string, values: number[]): Uint8Array {
  if (type === 'DoubleStorage') return new Uint8Array(Float64Array.from(values).buffer)
  if (type === 'HalfStorage') return new Uint8Array(Uint16Array.from(values).buffer)
  return new Uint8Array(Float32Array.from(values).buffer)
}

function rowMajor(sizes: number[]): number[] {
  return sizes.map((_, i) => sizes.slice(i + 1).reduce((all, size) => all * size, 1))
}

function text(value: string): Buffer {
  const length = Buffer.alloc(5, 'X')
  length.writeUInt32LE(Buffer.byteLength(value), 1)
  return Buffer.concat([length, Buffer.from(value)])
}

function int(value: number): Buffer {
  const bytes = Buffer.alloc(5, 'J')
  bytes.writeInt32LE(value, 1)
  return bytes
}

function tuple(values: number[]): Buffer {
  return Buffer.concat([Buffer.from('('), ...values.map(int), Buffer.from('t')])
}
