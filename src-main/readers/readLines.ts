import { createHash } from 'node:crypto'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import type { TableMapping } from '../../src-shared/cell/mapping.ts'
import type { MappingTemplate } from '../../src-shared/cell/mappingTemplate.ts'
import type { Repair } from '../../src-shared/cell/repair.ts'
import { Failure } from '../../src-shared/failure/failure.ts'
import type { RowListener } from './cycleStream.ts'
import { lineSplitter } from './lineSplitter.ts'
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
  /** Takes the whole signal, row by row; never called for per-cycle files. */
  readonly onRow?: RowListener | undefined
}

export interface FileIdentity {
  readonly encoding: string
  readonly sha256: string
  readonly bytes: number
}

export interface LineOptions extends ReadOptions {
  readonly onLine: (text: string, number: number) => void
  /** By its name on the web; absent: the file's first bytes tell. */
  readonly encoding?: string | undefined
}

export interface LinesRead {
  readonly identity: FileIdentity
  /** True where the last line has no line end: the file may be cut there. */
  readonly endsOpen: boolean
}

/**
 * Streams a text file, gzipped or not, line by line to `onLine`; blank lines are skipped, the first line is 1.
 *
 * Refuses with `not-readable`, `not-text`, `damaged` or `truncated`; what `onLine` throws passes through.
 */
export async function readLines(
  { source: file, compressed }: Pick<Opening, 'source' | 'compressed'>,
  { onLine, signal, onProgress, encoding: stated }: LineOptions,
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
  let text: DecodedText = { encoding: stated ?? 'utf-8', endsOpen: false }
  const consume = async (chunks: AsyncIterable<Buffer>) => {
    text = await decodeLines(chunks, { onLine, stated })
  }
  const source = file.stream()
  try {
    const options = signal === undefined ? {} : { signal }
    await (compressed
      ? pipeline(source, hashed, createGunzip({ chunkSize: 1 << 18 }), consume, options)
      : pipeline(source, hashed, consume, options))
  } catch (error) {
    throw compressionFailure(error)
  }
  const { encoding, endsOpen } = text
  return { identity: { encoding, sha256: hash.digest('hex'), bytes }, endsOpen }
}

interface DecodedText {
  readonly encoding: string
  readonly endsOpen: boolean
}

async function decodeLines(
  chunks: AsyncIterable<Buffer>,
  { onLine, stated }: { onLine: LineOptions['onLine']; stated: string | undefined },
): Promise<DecodedText> {
  let decoder: InstanceType<typeof TextDecoder> | null = null
  let encoding = stated ?? 'utf-8'
  const lines = lineSplitter(onLine)
  for await (const chunk of chunks) {
    if (decoder === null) {
      const isWhole = isWide(chunk) || encoding.startsWith('utf-16')
      const opening = isWhole ? chunk : withoutRemnants(chunk)
      encoding = stated ?? encodingOf(opening)
      decoder = new TextDecoder(encoding, { fatal: true })
      lines.push(decodeText(decoder, 1, opening))
    } else lines.push(decodeText(decoder, lines.count() + 1, chunk))
  }
  if (decoder !== null) lines.push(decodeText(decoder, lines.count() + 1))
  return { encoding, endsOpen: lines.end() }
}

function decodeText(decoder: InstanceType<typeof TextDecoder>, line: number, chunk?: Buffer): string {
  try {
    const text = decoder.decode(chunk, { stream: chunk !== undefined })
    if (!text.includes('\0')) return text
  } catch (error) {
    if (!(error instanceof TypeError)) throw error
  }
  throw new Failure('refused', 'not-text', `The file is not text in ${decoder.encoding}.`, {
    advice: 'Export the measurement as csv, encoded in UTF-8, or state its encoding in a mapping.',
    line,
  })
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
