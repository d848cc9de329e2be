import { inflateSync } from 'node:zlib'

interface FontTable {
  readonly tag: string
  readonly checksum: number
  readonly bytes: Uint8Array
}

/**
 * The TrueType file inside a WOFF file (W3C WOFF 1.0): its tables one after the other, no longer compressed, so that a
 * glyph can be taken without inflating them all again.
 */
export function unwrapWoff(file: Uint8Array): Uint8Array {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength)
  const tables = Array.from({ length: view.getUint16(12) }, (_, i) => readTable(file, view, 44 + 20 * i))
  const directory = Buffer.alloc(12 + 16 * tables.length)
  directory.writeUInt32BE(view.getUint32(4), 0)
  directory.writeUInt16BE(tables.length, 4)
  let offset = directory.length
  for (const [i, { tag, checksum, bytes }] of tables.entries()) {
    const entry = 12 + 16 * i
    directory.write(tag, entry, 'latin1')
    directory.writeUInt32BE(checksum, entry + 4)
    directory.writeUInt32BE(offset, entry + 8)
    directory.writeUInt32BE(bytes.length, entry + 12)
    offset += padded(bytes.length)
  }
  const bodies = tables.map(({ bytes }) => Buffer.concat([bytes], padded(bytes.length)))
  return Buffer.concat([directory, ...bodies])
}

function readTable(file: Uint8Array, view: DataView, entry: number): FontTable {
  const offset = view.getUint32(entry + 4)
  const stored = file.subarray(offset, offset + view.getUint32(entry + 8))
  const length = view.getUint32(entry + 12)
  return {
    tag: Buffer.from(file.subarray(entry, entry + 4)).toString('latin1'),
    checksum: view.getUint32(entry + 16),
    bytes: stored.length < length ? inflateSync(stored) : stored,
  }
}

/** Tables begin at multiples of four bytes. */
function padded(length: number): number {
  return Math.ceil(length / 4) * 4
}
