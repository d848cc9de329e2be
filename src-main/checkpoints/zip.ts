import { inflateRawSync } from 'node:zlib'
import { Failure } from '../../src-shared/failure/failure.ts'

/** Entries of a zip file by name. Stored and deflated ones; no encryption, no zip64: a checkpoint has neither. */
export function readZip(bytes: Uint8Array): Map<string, Uint8Array> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const end = findEnd(view)
  const count = view.getUint16(end + 10, true)
  let at = view.getUint32(end + 16, true)
  const entries = new Map<string, Uint8Array>()
  for (let i = 0; i < count; i++) {
    const entry = readEntry(view, bytes, at)
    entries.set(entry.name, entry.content)
    at = entry.next
  }
  return entries
}

const endSignature = 0x06054b50
const directorySignature = 0x02014b50
const localSignature = 0x04034b50
const endSize = 22
/** A comment of up to 64 KiB may follow the end record. */
const longestComment = 65535

function findEnd(view: DataView): number {
  const last = view.byteLength - endSize
  for (let at = last; at >= Math.max(0, last - longestComment); at--) {
    if (view.getUint32(at, true) === endSignature) return at
  }
  throw damaged('It does not end like a zip file.')
}

function readEntry(
  view: DataView,
  bytes: Uint8Array,
  at: number,
): { name: string; content: Uint8Array; next: number } {
  if (!fits(view, at, 46) || view.getUint32(at, true) !== directorySignature) {
    throw damaged('The directory of its zip file is broken.')
  }
  const nameLength = view.getUint16(at + 28, true)
  const name = new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + nameLength))
  const next = at + 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true)
  return { name, content: readContent(view, bytes, at, name), next }
}

function readContent(view: DataView, bytes: Uint8Array, at: number, name: string): Uint8Array {
  const method = view.getUint16(at + 10, true)
  const packed = view.getUint32(at + 20, true)
  const size = view.getUint32(at + 24, true)
  const local = view.getUint32(at + 42, true)
  if (!fits(view, local, 30) || view.getUint32(local, true) !== localSignature) {
    throw damaged(`The entry ${name} is missing.`)
  }
  const start = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true)
  if (!fits(view, start, packed)) throw damaged(`The entry ${name} is cut short.`)
  const content = unpack(bytes.subarray(start, start + packed), method, size, name)
  if (content.length !== size) throw damaged(`The entry ${name} has the wrong size.`)
  return content
}

function unpack(content: Uint8Array, method: number, size: number, name: string): Uint8Array {
  if (method === 0) return content
  if (method !== 8) throw damaged(`The entry ${name} is packed in an unknown way.`)
  try {
    return inflateRawSync(content, { maxOutputLength: Math.max(size, 1) })
  } catch {
    throw damaged(`The entry ${name} cannot be unpacked.`)
  }
}

function fits(view: DataView, at: number, length: number): boolean {
  return at + length <= view.byteLength
}

function damaged(message: string): Failure {
  return new Failure('refused', 'checkpoint-damaged', `Not a complete PyTorch checkpoint. ${message}`, {
    advice: 'Copy the .pth file again; it must be saved by torch.save of PyTorch 1.6 or newer.',
  })
}
