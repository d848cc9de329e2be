import { crc32, gunzipSync, gzipSync, inflateRawSync } from 'node:zlib'
import { zipOf } from '../fixtures/workbook.ts'

/** The content of a gzip file, or one named part of a zip archive. */
export interface Part {
  readonly name: string
  readonly bytes: Buffer
}

export interface Packed {
  readonly parts: readonly Part[]
  pack(parts: readonly Part[]): Buffer
}

/** What a gzip file or an archive holds; null for any other file, and for a damaged one. */
export function unpacked(bytes: Buffer): Packed | null {
  try {
    if (bytes[0] === 0x1f && bytes[1] === 0x8b)
      return {
        parts: [{ name: '', bytes: gunzipSync(bytes) }],
        pack: ([part]) => gzipSync(part.bytes),
      }
    return bytes.subarray(0, 4).toString('latin1') === 'PK\x03\x04'
      ? {
          parts: zipParts(bytes),
          pack: (parts) => zipOf(parts.map((part) => ({ name: part.name, content: part.bytes }))),
        }
      : null
  } catch {
    return null
  }
}

/** Parts by the directory at the archive's end: names, places and sizes stand there. */
function zipParts(bytes: Buffer): Part[] {
  const end = bytes.lastIndexOf('PK\x05\x06', undefined, 'latin1')
  const parts: Part[] = []
  let at = bytes.readUInt32LE(end + 16)
  for (let i = 0; i < bytes.readUInt16LE(end + 10); i++) {
    const [crc, packed] = [bytes.readUInt32LE(at + 16), bytes.readUInt32LE(at + 20)]
    const [name, extra, comment] = [28, 30, 32].map((field) => bytes.readUInt16LE(at + field))
    const local = bytes.readUInt32LE(at + 42)
    const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28)
    const stored = bytes.subarray(start, start + packed)
    const content = bytes.readUInt16LE(at + 10) === 0 ? stored : inflateRawSync(stored)
    if (crc32(content) !== crc) throw new Error('damaged')
    parts.push({ name: bytes.toString('utf8', at + 46, at + 46 + name), bytes: Buffer.from(content) })
    at += 46 + name + extra + comment
  }
  return parts
}
