import { promisify } from 'node:util'
import { crc32, inflateRaw } from 'node:zlib'
import { damaged, encrypted, truncated, unpackedLimit_bytes, unpacksTooLarge } from './refusals.ts'

const inflate = promisify(inflateRaw)

/** One file inside a zip, as the central directory declares it. */
export interface ZipEntry {
  readonly name: string
  readonly isEncrypted: boolean
  /** 0 stored, 8 deflated. */
  readonly method: number
  readonly checksum: number
  readonly packed_bytes: number
  readonly unpacked_bytes: number
  /** Where the entry's own header starts in the file. */
  readonly offset: number
}

/** Most bytes before the end of a zip in which its closing record can start: its size and the longest comment. */
const closingRecord_bytes = 22 + 0xffff

interface DirectoryPlace {
  readonly offset: number
  readonly bytes: number
  readonly entries: number
}

/** Where the central directory lies, read from the last bytes of the file; refuses a zip that is cut short. */
function directoryPlace(tail: Buffer): DirectoryPlace {
  const at = tail.lastIndexOf('PK\x05\x06', tail.length, 'latin1')
  if (at === -1 || at + 22 > tail.length) throw truncated('zip file')
  const place = {
    entries: tail.readUInt16LE(at + 10),
    bytes: tail.readUInt32LE(at + 12),
    offset: tail.readUInt32LE(at + 16),
  }
  return place.offset === absent ? (largeDirectoryPlace(tail, at) ?? place) : place
}

/** Stands in a 32-bit field whose value follows in 64 bits elsewhere. */
const absent = 0xffffffff

/** The place as the zip64 record before the closing one says it, null where that is not in `tail`. */
function largeDirectoryPlace(tail: Buffer, closing: number): DirectoryPlace | null {
  const at = tail.lastIndexOf('PK\x06\x06', closing, 'latin1')
  if (at === -1 || at + 56 > tail.length) return null
  return {
    entries: Number(tail.readBigUInt64LE(at + 32)),
    bytes: Number(tail.readBigUInt64LE(at + 40)),
    offset: Number(tail.readBigUInt64LE(at + 48)),
  }
}

/** The zip64 record and its locator, which may stand between directory and closing record. */
const largeRecord_bytes = 56 + 20

/** The entries of a central directory, `directory` being exactly its bytes. */
function directoryEntries(directory: Buffer, count: number): readonly ZipEntry[] {
  const entries: ZipEntry[] = []
  let at = 0
  while (entries.length < count) {
    if (at + 46 > directory.length || directory.readUInt32LE(at) !== 0x02014b50) throw damaged('zip file')
    const name_bytes = directory.readUInt16LE(at + 28)
    entries.push(entryAt(directory, at, name_bytes))
    at += 46 + name_bytes + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32)
  }
  return entries
}

function entryAt(directory: Buffer, at: number, name_bytes: number): ZipEntry {
  const fieldsAt = at + 46 + name_bytes
  const fields = directory.subarray(fieldsAt, fieldsAt + directory.readUInt16LE(at + 30))
  const [unpacked_bytes = 0, packed_bytes = 0, offset = 0] = largeSizes(fields, [
    directory.readUInt32LE(at + 24),
    directory.readUInt32LE(at + 20),
    directory.readUInt32LE(at + 42),
  ])
  return {
    name: entryName(directory.subarray(at + 46, fieldsAt)),
    isEncrypted: (directory.readUInt16LE(at + 8) & 1) === 1,
    method: directory.readUInt16LE(at + 10),
    checksum: directory.readUInt32LE(at + 16),
    packed_bytes,
    unpacked_bytes,
    offset,
  }
}

const wide = new TextDecoder('utf-8', { fatal: true })

/** Names are UTF-8, or as Chinese Windows packs them; any other bytes stand for themselves. */
function entryName(bytes: Uint8Array): string {
  try {
    return wide.decode(bytes)
  } catch {
    return new TextDecoder('gb18030').decode(bytes)
  }
}

/** The zip64 field (1) lists, in this order, only those sizes that are absent from the record itself. */
function largeSizes(fields: Buffer, sizes: readonly number[]): readonly number[] {
  let at = 0
  while (at + 4 <= fields.length && fields.readUInt16LE(at) !== 1) at += 4 + fields.readUInt16LE(at + 2)
  let next = at + 4
  return sizes.map((size) => {
    if (size !== absent || next + 8 > fields.length) return size
    next += 8
    return Number(fields.readBigUInt64LE(next - 8))
  })
}

/** The entries of a whole zip in memory; refuses bytes that are no part of it, at which some unpackers wait for ever. */
export function zipEntries(bytes: Buffer): readonly ZipEntry[] {
  const place = directoryPlace(bytes.subarray(-closingRecord_bytes))
  const end = place.offset + place.bytes
  if (end > bytes.length) throw truncated('zip file')
  const at = bytes.lastIndexOf('PK\x05\x06', bytes.length, 'latin1')
  const isWhole = at + 22 + bytes.readUInt16LE(at + 20) === bytes.length
  if (!isWhole || (at !== end && at !== end + largeRecord_bytes)) throw damaged('zip file')
  return directoryEntries(bytes.subarray(place.offset, place.offset + place.bytes), place.entries)
}

/**
 * Unpacks every entry once and forgets it, so that what comes after may trust sizes and checksums.
 *
 * An entry that unpacks to more than it declares is a bomb or damage, and stops at the declared size. `look` sees each.
 */
export async function verifyEntries(
  bytes: Buffer,
  entries: readonly ZipEntry[],
  look: (entry: ZipEntry, content: Buffer) => void = () => undefined,
): Promise<void> {
  if (entries.some(({ isEncrypted }) => isEncrypted)) throw encrypted('workbook')
  const unpacked_bytes = entries.reduce((sum, entry) => sum + entry.unpacked_bytes, 0)
  if (unpacked_bytes > unpackedLimit_bytes) throw unpacksTooLarge('workbook')
  for (const entry of entries) {
    const content = await unpack(bytes, entry)
    if (content.length !== entry.unpacked_bytes || crc32(content) !== entry.checksum)
      throw damaged('workbook')
    look(entry, content)
  }
}

async function unpack(bytes: Buffer, entry: ZipEntry): Promise<Buffer> {
  const { packed_bytes, unpacked_bytes, method } = entry
  const start = entry.offset + startOf(bytes.subarray(entry.offset), entry, 'workbook')
  const packed = bytes.subarray(start, start + packed_bytes)
  if (method === 0) return packed
  if (method !== 8) throw damaged('workbook')
  try {
    return await inflate(packed, { maxOutputLength: Math.max(1, unpacked_bytes) })
  } catch {
    throw damaged('workbook')
  }
}

/** As many bytes as the own header of an entry may have. */
export function localHeader_bytes({ name }: ZipEntry): number {
  return 30 + 4 * name.length + 0xffff
}

/**
 * Where the content of an entry starts behind its own header, `header` being the bytes from there on. Refuses one that
 * contradicts the directory; sizes may be 0 there, to follow the content.
 */
export function startOf(header: Buffer, entry: ZipEntry, what = 'archive'): number {
  const { name, method, packed_bytes, unpacked_bytes } = entry
  if (header.length < 30 || header.readUInt32LE(0) !== 0x04034b50) throw damaged(what)
  const nameEnd = 30 + header.readUInt16LE(26)
  const start = nameEnd + header.readUInt16LE(28)
  if (start > header.length) throw damaged(what)
  const [unpacked = 0, packed = 0] = largeSizes(header.subarray(nameEnd, start), [
    header.readUInt32LE(22),
    header.readUInt32LE(18),
  ])
  const agrees =
    header.readUInt16LE(8) === method &&
    [0, packed_bytes].includes(packed) &&
    [0, unpacked_bytes].includes(unpacked) &&
    entryName(header.subarray(30, nameEnd)) === name
  if (!agrees) throw damaged(what)
  return start
}

/** Most bytes of a central directory; a workbook's has some hundred entries. */
const directoryLimit_bytes = 2 ** 24

/** The entries of a zip that can be read in parts. */
export async function directoryOf({
  size,
  part,
}: {
  readonly size: number
  readonly part: (offset: number, count: number) => Promise<Buffer>
}): Promise<readonly ZipEntry[]> {
  const tail_bytes = Math.min(size, closingRecord_bytes)
  const place = directoryPlace(await part(size - tail_bytes, tail_bytes))
  if (place.bytes > directoryLimit_bytes) throw damaged('zip file')
  if (place.offset + place.bytes > size) throw truncated('zip file')
  return directoryEntries(await part(place.offset, place.bytes), place.entries)
}

/** True for a zip that is no archive of files but one document, whichever program's. */
export function isDocument(entries: readonly ZipEntry[]): boolean {
  return entries.some(({ name }) =>
    /^(xl\/workbook\.(xml|bin)|content\.xml|\[Content_Types\]\.xml)$|\.ndc$/i.test(name),
  )
}
