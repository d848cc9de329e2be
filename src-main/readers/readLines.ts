import { createHash } from 'node:crypto'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import type { TableMapping } from '../../src-shared/cell/mapping.ts'
import type { MappingTemplate } from '../../src-shared/cell/mappingTemplate.ts'
import type { Repair } from '../../src-shared/cell/repair.ts'
import { Failure } from '../../src-shared/failure/failure.ts'
import type { RowListener } from './cycleStream.ts'
import type { LastLines } from './lastLines.ts'
import { lineBlocks, type LineTaker } from './lineBlocks.ts'
import type { Opening } from './openingBytes.ts'
import { encodingOf, isWide, withoutRemnants } from './textEncoding.ts'

export interface ReadOptions {
  readonly signal?: AbortSignal | undefined
  /** What the user says of the cell, to hold its capacity against. */
  readonly nominalCapacity_Ah?: number | undefined
  /** What the user accepted to be changed. */
  readonly repairs?: readonly Repair[] | undefined
  /** How the table is to be read; what it leaves out is found in the file. */
  readonly mapping?: TableMapping | undefined
  /** Mappings to read by where a heading is known by its fingerprint and none is stated. */
  readonly templates?: readonly MappingTemplate[] | undefined
  /** Share of the file's bytes read so far, 0 … 1. */
  readonly onProgress?: ((fraction: number) => void) | undefined
  /** Of text, no more than about so many bytes are read, up to the end of a line; absent: all. */
  readonly part_bytes?: number | undefined
  /** Takes the whole signal, row by row; never called for per-cycle files. */
  readonly onRow?: RowListener | undefined
}

export interface FileIdentity {
  readonly encoding: string
  readonly sha256: string
  readonly bytes: number
}

export interface LineOptions extends ReadOptions, LineTaker {
  /** By its name on the web; absent: the file's first bytes tell. */
  readonly encoding?: string | undefined
}

export interface LinesRead {
  readonly identity: FileIdentity
  /** True where the last line has no line end: the file may be cut there. */
  readonly endsOpen: boolean
  readonly last: LastLines
}

/**
 * Streams a text file, gzipped or not, line by line to `onPlain`, and to `onLine` what that leaves; blank lines are
 * skipped, the first line is 1.
 *
 * Refuses with `not-readable`, `not-text`, `damaged` or `truncated`; what `onLine` throws passes through.
 */
export async function readLines(
  { source: file, compressed }: Pick<Opening, 'source' | 'compressed'>,
  { onLine, onPlain, signal, onProgress, encoding: stated, part_bytes = Infinity }: LineOptions,
): Promise<LinesRead> {
  const hash = createHash('sha256')
  let bytes = 0
  async function* hashed(source: AsyncIterable<Buffer>) {
    for await (const chunk of source) {
      hash.update(chunk)
      bytes += chunk.length
      onProgress?.(bytes / file.size)
      yield chunk
    }
  }
  let text: TextRead | null = null
  const consume = async (chunks: AsyncIterable<Buffer>) => {
    const read = await takeLines(chunks, { onLine, onPlain }, { stated, part_bytes })
    text = read
    if (read.isPart) throw new EnoughRead()
  }
  const source = file.stream()
  try {
    const options = signal === undefined ? {} : { signal }
    await (compressed
      ? pipeline(source, hashed, createGunzip({ chunkSize: 1 << 18 }), consume, options)
      : pipeline(source, hashed, consume, options))
  } catch (error) {
    if (!(error instanceof EnoughRead)) throw compressionFailure(error)
  }
  const { encoding, endsOpen, last } = readText(text)
  return { identity: { encoding, sha256: hash.digest('hex'), bytes }, endsOpen, last }
}

/** Ends the stream behind the part that was asked for; no failure. */
class EnoughRead extends Error {}

interface TextRead extends Pick<LinesRead, 'endsOpen' | 'last'> {
  readonly encoding: string
  readonly isPart: boolean
}

function readText(text: TextRead | null): TextRead {
  if (text === null) throw new Error('nothing was read')
  return text
}

async function takeLines(
  chunks: AsyncIterable<Buffer>,
  taker: LineTaker,
  { stated, part_bytes }: { stated: string | undefined; part_bytes: number },
): Promise<TextRead> {
  let encoding = stated ?? 'utf-8'
  let lines: ReturnType<typeof lineBlocks> | null = null
  let taken = 0
  for await (const chunk of chunks) {
    if (lines === null) {
      const isWhole = isWide(chunk) || encoding.startsWith('utf-16')
      const opening = isWhole ? chunk : withoutRemnants(chunk)
      encoding = stated ?? encodingOf(opening)
      lines = lineBlocks(encoding, taker)
      lines.push(opening)
    } else lines.push(chunk)
    taken += chunk.length
    if (taken >= part_bytes) return { encoding, isPart: true, ...lines.stop() }
  }
  lines ??= lineBlocks(encoding, taker)
  return { encoding, isPart: false, ...lines.end() }
}

function compressionFailure(error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'Z_BUF_ERROR') {
    return new Failure('refused', 'truncated', 'The compressed file is cut short.', {
      advice: 'Copy or download the file again.',
    })
  }
  if (typeof code !== 'string' || !code.startsWith('Z_')) return error
  return new Failure('refused', 'damaged', 'The compressed file is damaged.', {
    advice: 'Copy or download the file again.',
  })
}
