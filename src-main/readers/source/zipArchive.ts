import { createReadStream } from 'node:fs'
import { pipeline, Readable } from 'node:stream'
import { crc32, createInflateRaw } from 'node:zlib'
import { Failure } from '../../../src-shared/failure/failure.ts'
import { damaged, encrypted } from '../containers/refusals.ts'
import {
  directoryOf,
  isDocument,
  localHeader_bytes,
  startOf,
  type ZipEntry,
} from '../containers/zipDirectory.ts'
import type { FileSource } from './fileSource.ts'

/** A file inside an archive; its name has forward slashes and no steps upwards. */
export interface ArchiveMember {
  readonly name: string
  readonly entry: ZipEntry
}

const mostMembers = 20_000
/** Most bytes that a member, and all of them, may unpack to. */
const memberLimit_bytes = 2 ** 32
const archiveLimit_bytes = 2 ** 34

/**
 * The files of a zip archive in the archive's order, hidden ones left out; null for a file that is no archive but, as a
 * workbook is, a zip all the same.
 *
 * Refuses an archive that is damaged, cut short, or unpacks to more than can be meant.
 */
export async function archiveMembers(source: FileSource): Promise<readonly ArchiveMember[] | null> {
  if (!isZip(await source.head(4))) return null
  const entries = await directoryOf(source)
  if (isDocument(entries)) return null
  const members = entries
    .map((entry) => ({ name: plainName(entry.name), entry }))
    .filter(({ name, entry }) => !/[\\/]$/.test(entry.name) && isVisible(name))
  const unpacked = members.reduce((sum, { entry }) => sum + entry.unpacked_bytes, 0)
  if (members.length > mostMembers || unpacked > archiveLimit_bytes) throw tooMuch()
  return members
}

export function isZip(head: Uint8Array): boolean {
  const mark = String.fromCharCode(...head.subarray(0, 4))
  return mark === 'PK\x03\x04' || mark === 'PK\x05\x06'
}

function plainName(name: string): string {
  const steps = name.split(/[\\/]/).filter((step) => step !== '' && step !== '.' && step !== '..')
  return steps.join('/')
}

function isVisible(name: string): boolean {
  return name !== '' && !name.split('/').some((step) => step.startsWith('.') || step === '__MACOSX')
}

/** A member as a file of its own; unpacked as it is read, never onto the disk. */
export function memberSource(
  { archive, path }: { archive: FileSource; path: string },
  { entry }: ArchiveMember,
): FileSource {
  if (entry.isEncrypted) throw encrypted('file in the archive')
  if (entry.unpacked_bytes > memberLimit_bytes) throw tooMuch()
  let held: Promise<Buffer> | null = null
  const stream = () => Readable.from(unpacked(archive, path, entry))
  const whole = (signal?: AbortSignal) => (held ??= collected(stream(), signal))
  return {
    size: entry.unpacked_bytes,
    isMember: true,
    stream,
    whole,
    head: (count) => firstOf(stream(), count),
    part: async (offset, count) => (await whole()).subarray(offset, offset + count),
  }
}

/** The content of an entry piece by piece; it must be as long, and sum up, as the directory says. */
async function* unpacked(archive: FileSource, path: string, entry: ZipEntry): AsyncGenerator<Buffer> {
  const header = await archive.part(entry.offset, localHeader_bytes(entry))
  const start = entry.offset + startOf(header, entry)
  if (start + entry.packed_bytes > archive.size) throw damaged('archive')
  let bytes = 0
  let sum = 0
  for await (const piece of content(path, start, entry)) {
    bytes += piece.length
    if (bytes > entry.unpacked_bytes) throw damaged('archive')
    sum = crc32(piece, sum)
    yield piece
  }
  if (bytes !== entry.unpacked_bytes || sum !== entry.checksum) throw damaged('archive')
}

async function* content(
  path: string,
  start: number,
  { method, packed_bytes }: ZipEntry,
): AsyncGenerator<Buffer> {
  if (packed_bytes === 0) return
  const packed = createReadStream(path, { start, end: start + packed_bytes - 1, highWaterMark: 1 << 18 })
  if (method === 0) {
    yield* packed as AsyncIterable<Buffer>
    return
  }
  if (method !== 8) throw otherMethod()
  const inflate = createInflateRaw({ chunkSize: 1 << 18 })
  // Who reads the far end is told of every failure.
  pipeline(packed, inflate, () => undefined)
  try {
    yield* inflate as AsyncIterable<Buffer>
  } catch (error) {
    if (error instanceof Error && 'code' in error && String(error.code).startsWith('Z_'))
      throw damaged('archive')
    throw error
  } finally {
    packed.destroy()
    inflate.destroy()
  }
}

async function firstOf(stream: Readable, count: number): Promise<Buffer> {
  const pieces: Buffer[] = []
  let bytes = 0
  for await (const piece of stream as AsyncIterable<Buffer>) {
    pieces.push(piece)
    bytes += piece.length
    if (bytes >= count) break
  }
  return Buffer.concat(pieces).subarray(0, count)
}

async function collected(stream: Readable, signal?: AbortSignal): Promise<Buffer> {
  const pieces: Buffer[] = []
  for await (const piece of stream as AsyncIterable<Buffer>) {
    signal?.throwIfAborted()
    pieces.push(piece)
  }
  return Buffer.concat(pieces)
}

function otherMethod(): Failure {
  return new Failure('refused', 'unsupported-format', 'The file is packed in a way that is not read.', {
    advice: 'Pack the archive anew as an ordinary zip (deflate), or unpack it and import the folder.',
  })
}

function tooMuch(): Failure {
  return new Failure('refused', 'too-large', 'The archive unpacks to more than can be read.', {
    advice: 'Unpack it and import the folder, or split it: up to 4 GB a file, 17 GB and 20,000 files in all.',
  })
}
